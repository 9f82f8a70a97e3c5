/** A new password for a person of the café. */
import type { NewAudit } from '../rules/audit.ts'
import type { Tx } from '../store/store.ts'

export interface PasswordInput {
  readonly cafeId: number
  readonly personId: string
  /** Made before: hashing takes too long for a transaction. */
  readonly hash: string
  /** With the password, where they had none to sign in by; null to leave it as it is. */
  readonly email: string | null
}

/** Wrong tries of before are forgotten. Whoever calls it ends the person's sessions (safety.md S24). */
export async function setPassword(
  tx: Tx,
  { cafeId, personId, hash, email }: PasswordInput,
  line: NewAudit,
): Promise<{ ok: true } | { ok: false; reason: 'email-taken' | 'link-over' }> {
  const person = await tx.people.find(cafeId, personId)
  if (person === null || person.disabledAtMs !== null) return { ok: false, reason: 'link-over' }
  if (email !== null && !(await tx.people.setEmail(cafeId, personId, email)))
    return { ok: false, reason: 'email-taken' }
  await tx.people.setPassword(cafeId, personId, hash)
  await tx.audits.append(cafeId, line)
  await tx.tell(cafeId, 'people')
  return { ok: true }
}
