/** One answer a key: a form pressed twice, or sent again because the answer was lost, does its work once (Stripe's and the IETF's rule). */
import type { Answer } from '../store/answers.ts'
import type { Tx } from '../store/store.ts'

/** A request that changes something, as it is known again. */
export interface Ask {
  readonly cafeId: number
  /** The form's idempotency key. */
  readonly key: string
  /** Who asks, by every name that counts for this browser. */
  readonly askers: readonly [string, ...string[]]
  /** The name that is kept, where the change takes the first of them away. */
  readonly keptAs?: string
  /** What is asked and every field of it, without the token and the key. */
  readonly request: string
}

export type Outcome<Reason extends string> =
  | { readonly ok: true; readonly answer: Answer }
  | {
      readonly ok: false
      readonly reason: Reason
      /** Of a limit: when it works again, or null where that may not be told. */
      readonly againAtMs?: number | null
    }

/** Does the work, or gives the first answer again. A refusal is not kept: it cost nothing, and the next try may succeed. */
export async function answerOnce<Reason extends string>(
  tx: Tx,
  ask: Ask,
  work: () => Promise<Outcome<Reason>>,
): Promise<Outcome<Reason | 'key-reused'>> {
  const first = await tx.answers.find(ask.cafeId, ask.key)
  if (first !== null) {
    const isSameAsker = ask.askers.some(
      (asker) => asker === first.asker || asker === browserAsker(first.browserId),
    )
    return isSameAsker && first.isFor(ask.request)
      ? { ok: true, answer: first }
      : { ok: false, reason: 'key-reused' }
  }
  const outcome = await work()
  if (outcome.ok) {
    const keptAs = ask.keptAs ?? ask.askers[0]
    await tx.answers.keep(ask.cafeId, ask.key, keptAs, ask.request, outcome.answer)
  }
  return outcome
}

/** Done: what a change that writes no line is answered by. @param browserId the browser that it is about, or null */
export function doneAt(
  atMs: number,
  browserId: string | null = null,
): Outcome<never> & { readonly ok: true } {
  return { ok: true, answer: { browserId, entryId: null, stamps: 0, atMs } }
}

export function browserAsker(browserId: string | null): string | null {
  return browserId && `browser:${browserId}`
}
