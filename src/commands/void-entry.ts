/** Voiding: one line of the ledger is undone by another, with a reason; nothing is ever erased. */
import { undoEntry } from '../rules/card.ts'
import type { Actor, Entry } from '../rules/entry.ts'
import type { Tx } from '../store/store.ts'

export interface VoidInput {
  /** The line to undo. */
  readonly undoneId: string
  readonly entryId: string
  readonly reason: string
  readonly atMs: number
}

export type VoidOutcome =
  | { readonly ok: true; readonly entry: Entry; readonly undone: Entry }
  | {
      readonly ok: false
      readonly reason: 'no-such-entry' | 'already-undone' | 'already-spent' | 'not-undoable'
    }

/** Undoes a stamp or a redeem. A stamp that was spent since stays: a balance is never negative. */
export async function voidEntry(tx: Tx, actor: Actor, input: VoidInput): Promise<VoidOutcome> {
  const undone = await tx.entries.find(actor.cafeId, input.undoneId)
  const card = undone && (await tx.cards.lock(actor.cafeId, undone.cardId))
  if (undone === null || card === null) return { ok: false, reason: 'no-such-entry' }
  if (await tx.entries.isUndone(actor.cafeId, undone.id)) return { ok: false, reason: 'already-undone' }

  const browser = undone.browserId === null ? null : await tx.browsers.find(actor.cafeId, undone.browserId)
  const outcome = undoEntry(card, browser, { ...input, actor, undone })
  if (!outcome.ok) return outcome
  await tx.entries.append(outcome.step)
  return { ok: true, entry: outcome.step.entry, undone }
}
