/** One try at a one-time code, from the limits to using it up. */
import { verifyTotp } from './totp.ts'
import type { SignInParts, TooMany } from './try-password.ts'

export type CodeOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'wrong-second-factor' }
  | TooMany

/** Whether this code is right now, of this person, and was not used before. @throws StoreUnavailable: then nobody is let in */
export async function tryTotp(
  { store, limiters, clock }: Pick<SignInParts, 'store' | 'limiters' | 'clock'>,
  { cafeId, personId, code }: { cafeId: number; personId: string; code: string },
): Promise<CodeOutcome> {
  const buckets = [limiters.secondFactor, limiters.secondFactorInAll]
  for (const limiter of buckets) {
    const taken = await limiter.consume(cafeId, personId)
    if (!taken.ok) return { ok: false, reason: 'too-many-tries', againAtMs: taken.againAtMs }
  }
  const proofs = await store.people.proofsOf(cafeId, personId)
  const secret = proofs?.totpSecret ?? null
  const usedStep = proofs?.totpUsedStep ?? null
  const step = secret && verifyTotp(code, { secret, usedStep, nowMs: clock() })
  const isOurs =
    step !== null && (await store.transaction(cafeId, (tx) => tx.people.useTotpStep(cafeId, personId, step)))
  if (!isOurs) return { ok: false, reason: 'wrong-second-factor' }
  for (const limiter of buckets) await limiter.clear(cafeId, personId)
  return { ok: true }
}
