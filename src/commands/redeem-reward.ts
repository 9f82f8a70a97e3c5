/** Redeeming: a reward's cost leaves the card once, and the browser shows a ticket for it. */
import { spendReward } from '../rules/card.ts'
import type { Actor } from '../rules/entry.ts'
import type { Programme } from '../rules/programme.ts'
import type { Tx } from '../store/store.ts'
import type { Outcome } from './answer-once.ts'

export interface RedeemInput {
  readonly programme: Programme
  readonly browserId: string
  /** Which reward; null while the café has one. */
  readonly rewardId: string | null
  readonly entryId: string
  readonly atMs: number
}

/** Spends what the browser may spend: its own stamps, or all of the card's once it is proven. */
export async function redeemReward(
  tx: Tx,
  actor: Actor,
  input: RedeemInput,
): Promise<Outcome<'not-enough' | 'reward-unknown' | 'unknown-browser'>> {
  const browser = await tx.browsers.find(actor.cafeId, input.browserId)
  const card = browser && (await tx.cards.lock(actor.cafeId, browser.cardId))
  if (browser === null || card === null) return { ok: false, reason: 'unknown-browser' }

  const outcome = spendReward(card, browser, { ...input, actor })
  if (!outcome.ok) return outcome
  await tx.entries.append(outcome.step)
  return { ok: true, answer: { browserId: browser.id, stamps: 0, atMs: input.atMs } }
}
