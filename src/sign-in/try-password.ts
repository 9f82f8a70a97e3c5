/** One try at a password, from the limits to the answer, in the one order that tells a stranger nothing. */
import type { Clock, Random } from '../clock.ts'
import { normaliseEmail } from '../rules/email.ts'
import { NIL_ID } from '../rules/id.ts'
import type { Person, Proofs } from '../store/people.ts'
import type { Store } from '../store/store.ts'
import { type Attempt, admitPassword, forgivePassword, isPasswordOff } from './admission.ts'
import type { Limiters } from './limits.ts'
import { hashPassword, needsRehash, verifyNobody, verifyPassword } from './password.ts'

export interface SignInParts {
  readonly store: Store
  readonly limiters: Limiters
  readonly clock: Clock
  readonly random: Random
}

export interface TooMany {
  readonly ok: false
  readonly reason: 'too-many-tries'
  readonly againAtMs: number
}

export type PasswordOutcome =
  | { readonly ok: true; readonly person: Person }
  | { readonly ok: false; readonly reason: 'wrong-password' }
  | TooMany

const FAILURE_KEPT_MS = 24 * 60 * 60_000 // for nothing but the cost of keeping it

/**
 * Whether this is the password of whoever has this e-mail. An e-mail that nobody has, somebody who may do nothing any more, and a password
 * that was switched off are answered like a wrong one, at the same cost: the same questions, one hash, one write (safety.md S33).
 *
 * @throws Busy, StoreUnavailable: then nobody is let in
 */
export async function tryPassword(
  parts: SignInParts,
  attempt: Attempt & { readonly password: string },
): Promise<PasswordOutcome> {
  const admitted = await admitPassword(parts.limiters, attempt)
  if (!admitted.ok) return { ok: false, reason: 'too-many-tries', againAtMs: admitted.againAtMs }
  const { cafeId, email, password } = attempt
  const person = await parts.store.people.findByEmail(cafeId, email)
  const proofs = await parts.store.people.proofsOf(cafeId, person?.id ?? NIL_ID) // where there is nobody, as much is asked
  const stored = usableHash(person, proofs, attempt)
  const isRight = stored === null ? await verifyNobody(password) : await verifyPassword(password, stored)
  if (person !== null && stored !== null && isRight) {
    await noteRight(parts, person, { attempt, stored, failures: proofs?.passwordFailures ?? 0 })
    return { ok: true, person }
  }
  await noteWrong(parts, person?.id ?? NIL_ID, attempt)
  return { ok: false, reason: 'wrong-password' }
}

/** Whether this is the password of somebody who is signed in, asked again before what is worth it. @throws as above */
export async function confirmPassword(
  { store, limiters }: Pick<SignInParts, 'store' | 'limiters'>,
  { cafeId, personId, password }: { cafeId: number; personId: string; password: string },
): Promise<{ readonly ok: true } | Extract<PasswordOutcome, { ok: false }>> {
  const taken = await limiters.reauthentication.consume(cafeId, personId)
  if (!taken.ok) return { ok: false, reason: 'too-many-tries', againAtMs: taken.againAtMs }
  const stored = (await store.people.proofsOf(cafeId, personId))?.passwordHash ?? null
  if (stored === null || !(await verifyPassword(password, stored)))
    return { ok: false, reason: 'wrong-password' }
  await limiters.reauthentication.giveBack(cafeId, personId)
  return { ok: true }
}

function usableHash(person: Person | null, proofs: Proofs | null, attempt: Attempt): string | null {
  if (person === null || person.disabledAtMs !== null || proofs === null) return null
  return isPasswordOff(proofs.passwordFailures, attempt) ? null : proofs.passwordHash
}

async function noteRight(
  { store, limiters, random }: SignInParts,
  { cafeId, id }: Person,
  {
    attempt,
    stored,
    failures,
  }: { attempt: Attempt & { password: string }; stored: string; failures: number },
): Promise<void> {
  const anew = needsRehash(stored) ? await hashPassword(random, attempt.password) : null
  if (anew !== null) await store.transaction(cafeId, (tx) => tx.people.setPassword(cafeId, id, anew))
  else if (failures > 0) await store.transaction(cafeId, (tx) => tx.people.clearPasswordFailures(cafeId, id))
  await forgivePassword(limiters, attempt)
}

/** Strangers' failures add up; a known browser's are its limiter's. What is kept of nobody's too is there only to cost the same. */
async function noteWrong({ store, clock }: SignInParts, personId: string, attempt: Attempt): Promise<void> {
  const { cafeId, email, knownBrowser } = attempt
  const nowMs = clock()
  const key = { name: 'wrongPasswords', whom: normaliseEmail(email) }
  await store.transaction(cafeId, async (tx) => {
    await tx.limits.add(cafeId, key, { points: 1, expiresAtMs: nowMs + FAILURE_KEPT_MS }, nowMs)
    if (knownBrowser === null) await tx.people.countPasswordFailure(cafeId, personId)
  })
}
