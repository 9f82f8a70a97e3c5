/** Staff on their own phone: the link that a manager made lets one person in, once. */
import type { NewAudit } from '../rules/audit.ts'
import type { Invitation } from '../store/invitations.ts'
import type { Person } from '../store/people.ts'
import type { Tx } from '../store/store.ts'

/** Whom a link would let in now; null for one that is over, was used, or never was. */
export async function personInvited(
  store: { readonly [Noun in 'people' | 'invitations']: Pick<Tx[Noun], 'find'> },
  { cafeId, id, atMs }: { readonly cafeId: number; readonly id: string; readonly atMs: number },
): Promise<Person | null> {
  const invitation = await store.invitations.find(cafeId, id)
  if (invitation === null || !isOpen(invitation, atMs) || invitation.personId === null) return null
  const person = await store.people.find(cafeId, invitation.personId)
  return person === null || person.disabledAtMs !== null ? null : person
}

/** Spends the link, and keeps what they set with it. @param line of the audit log, for the person */
export async function useInvitation(
  tx: Tx,
  input: { readonly cafeId: number; readonly id: string; readonly atMs: number },
  lineFor: (person: Person) => NewAudit,
): Promise<{ ok: true; person: Person } | { ok: false; reason: 'link-over' }> {
  const person = await personInvited(tx, input)
  if (person === null || !(await tx.invitations.use(input.cafeId, input.id, input.atMs)))
    return { ok: false, reason: 'link-over' }
  await tx.audits.append(input.cafeId, lineFor(person))
  await tx.tell(input.cafeId, 'people')
  return { ok: true, person }
}

function isOpen({ purpose, usedAtMs, expiresAtMs }: Invitation, atMs: number): boolean {
  return purpose === 'staff' && usedAtMs === null && expiresAtMs > atMs
}
