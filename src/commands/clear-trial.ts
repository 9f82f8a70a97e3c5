/** The end of a trial whose stamps do not count: each card is taken back to nothing by a line that says why. */
import { appendLine } from '../rules/card.ts'
import type { Tx } from '../store/store.ts'

export interface Clearing {
  readonly cafeId: number
  /** Cards up to this one are cleared already; the nil id for none yet. */
  readonly afterId: string
  /** Why, as customers read it in their history. */
  readonly reason: string
  /** One for each line: so many cards at most. */
  readonly entryIds: readonly string[]
  readonly atMs: number
}

/** Clears a page of cards. @returns the last of them where there may be more, else null */
export async function clearTrialPage(tx: Tx, clearing: Clearing): Promise<string | null> {
  const { cafeId, afterId, reason, entryIds, atMs } = clearing
  const ids = await tx.cards.filledAfter(cafeId, afterId, entryIds.length)
  const cards = await Promise.all(ids.map((id) => tx.cards.lock(cafeId, id))) // asked together, over a network
  for (const [place, entryId] of entryIds.entries()) {
    const card = cards[place]
    if (!card || card.balance === 0) continue
    const actor = { kind: 'operator', cafeId } as const // the owner is nobody yet
    const change = { actor, entryId, atMs, kind: 'adjust', stamps: -card.balance, reason } as const
    await tx.entries.append(appendLine(card, null, change))
  }
  return ids.length < entryIds.length ? null : (ids.at(-1) ?? null)
}
