/** The people of a café, and who of them may do what the others may not. */

export const ROLES = ['owner', 'manager', 'staff'] as const

export type Role = (typeof ROLES)[number]

/** Whether someone may do what managers do: undo later, with a reason, and clear a device's wait. */
export function isManager(role: Role): boolean {
  return role !== 'staff'
}

/** Whose account somebody may change: the owner everybody's, a manager that of staff. */
export function mayManage(role: Role, other: Role): boolean {
  return role === 'owner' || (role === 'manager' && other === 'staff')
}
