/** Redeeming: a reward's cost leaves the card once; a browser shows a ticket for it, staff hand it over themselves. */
import { type Browser, type Card, spendReward } from '../rules/card.ts'
import type { Actor } from '../rules/entry.ts'
import type { Programme } from '../rules/programme.ts'
import type { Tx } from '../store/store.ts'
import type { Outcome } from './answer-once.ts'

export interface RedeemInput {
  readonly programme: Programme
  /** The browser that spends, or null where staff do for a customer without a phone. */
  readonly browserId: string | null
  /** Staff only: the card that they found. */
  readonly cardId?: string | null
  /** Which reward; null while the café has one. */
  readonly rewardId: string | null
  readonly entryId: string
  readonly atMs: number
}

export type RedeemRefusal = 'not-enough' | 'reward-unknown' | 'unknown-browser' | 'no-such-card'

/** Spends what the browser may spend: its own stamps, or all of the card's once it is proven. Staff spend from the card, with their name. */
export async function redeemReward(
  tx: Tx,
  actor: Actor,
  input: RedeemInput,
): Promise<Outcome<RedeemRefusal>> {
  const who =
    actor.kind === 'staff' ? await cardOfStaff(tx, actor, input) : await cardOfBrowser(tx, actor, input)
  if (who === null) return { ok: false, reason: actor.kind === 'staff' ? 'no-such-card' : 'unknown-browser' }

  const outcome = spendReward(who.card, who.browser, { ...input, actor })
  if (!outcome.ok) return outcome
  await tx.entries.append(outcome.step)
  const { entryId, atMs } = input
  return { ok: true, answer: { browserId: who.browser?.id ?? null, entryId, stamps: 0, atMs } }
}

interface Spender {
  readonly card: Card
  readonly browser: Browser | null
}

async function cardOfStaff(tx: Tx, actor: Actor, { cardId }: RedeemInput): Promise<Spender | null> {
  const card = cardId == null ? null : await tx.cards.lock(actor.cafeId, cardId)
  return card && { card, browser: null }
}

/** Only a browser spends: a number, or a kiosk, never does (safety.md F4). */
async function cardOfBrowser(tx: Tx, actor: Actor, { browserId }: RedeemInput): Promise<Spender | null> {
  const browser = browserId === null ? null : await tx.browsers.find(actor.cafeId, browserId)
  const card = browser && (await tx.cards.lock(actor.cafeId, browser.cardId))
  return card && { card, browser }
}
