/** A new password by a link: the link is done, and whoever had the old password is out. */
import type { NewAudit } from '../rules/audit.ts'
import type { Person } from '../store/people.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'
import { setPassword } from './set-password.ts'

export interface ResetInput {
  readonly cafeId: number
  readonly invitationId: string
  readonly hash: string
  readonly lineFor: (person: Person) => NewAudit
  readonly atMs: number
}

export async function resetPassword(tx: Tx, input: ResetInput): Promise<Outcome<'link-over'>> {
  const { cafeId, invitationId, hash, atMs } = input
  const link = await tx.invitations.find(cafeId, invitationId)
  const person = link?.personId ? await tx.people.find(cafeId, link.personId) : null
  if (link?.purpose !== 'reset' || person === null) return { ok: false, reason: 'link-over' }
  if (!(await tx.invitations.finish(cafeId, link.id))) return { ok: false, reason: 'link-over' }
  const change = { cafeId, personId: person.id, hash, email: null }
  const outcome = await setPassword(tx, change, input.lineFor(person))
  if (!outcome.ok) return { ok: false, reason: 'link-over' }
  return doneAt(atMs)
}
