/** Staff on their own phone: the link that a manager made lets one person in, once. */
import type { NewAudit } from '../rules/audit.ts'
import type { Invitation } from '../store/invitations.ts'
import type { Person } from '../store/people.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'
import { setPassword } from './set-password.ts'

export interface InvitationAsked {
  readonly cafeId: number
  readonly id: string
  readonly atMs: number
}

/** What they set for themselves with the link; hashed before. */
export interface SetByThem {
  readonly pinHash: string | null
  readonly password: { readonly hash: string; readonly email: string | null } | null
}

/** Whom a link would let in now; null for one that is over, was used, or never was. */
export async function personInvited(
  store: { readonly [Noun in 'people' | 'invitations']: Pick<Tx[Noun], 'find'> },
  { cafeId, id, atMs }: InvitationAsked,
): Promise<Person | null> {
  const invitation = await store.invitations.find(cafeId, id)
  if (invitation === null || !isOpen(invitation, atMs) || invitation.personId === null) return null
  const person = await store.people.find(cafeId, invitation.personId)
  return person === null || person.disabledAtMs !== null ? null : person
}

/** Spends the link, and keeps what they set with it. @param lineOf the audit log's line for each act */
export async function useInvitation(
  tx: Tx,
  { set, ...asked }: InvitationAsked & { readonly set: SetByThem },
  lineOf: (act: 'invitation-used' | 'pin-changed' | 'password-changed') => NewAudit,
): Promise<Outcome<'link-over' | 'email-taken'>> {
  const { cafeId, id, atMs } = asked
  const person = await personInvited(tx, asked)
  if (person === null) return { ok: false, reason: 'link-over' }
  const email = set.password?.email ?? null
  if (email !== null && (await tx.people.findByEmail(cafeId, email)) !== null)
    return { ok: false, reason: 'email-taken' } // before the link is spent
  if (!(await tx.invitations.use(cafeId, id, atMs))) return { ok: false, reason: 'link-over' }
  if (set.password !== null) {
    const input = { cafeId, personId: person.id, ...set.password }
    const outcome = await setPassword(tx, input, lineOf('password-changed'))
    if (!outcome.ok) return outcome
  }
  if (set.pinHash !== null) {
    await tx.people.setPin(cafeId, person.id, set.pinHash)
    await tx.audits.append(cafeId, lineOf('pin-changed'))
  }
  await tx.audits.append(cafeId, lineOf('invitation-used'))
  await tx.tell(cafeId, 'people')
  return doneAt(atMs)
}

function isOpen({ purpose, usedAtMs, expiresAtMs }: Invitation, atMs: number): boolean {
  return purpose === 'staff' && usedAtMs === null && expiresAtMs > atMs
}
