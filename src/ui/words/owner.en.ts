// English, plain and warm, for the owner and managers.
import type { OwnerWords } from './owner-words.ts'

export const en: OwnerWords = {
  menu: 'Menu',
  places: {
    home: 'Today',
    customers: 'Customers',
    programme: 'Programme',
    devices: 'Branches · devices',
    staff: 'Staff',
    audit: 'Audit log',
    security: 'Account · security',
  },
  roles: { owner: 'Owner', manager: 'Manager', staff: 'Staff' },
  signedIn: ({ name, role }) => `${name} · ${en.roles[role]}`,
  signOut: 'Sign out',
}
