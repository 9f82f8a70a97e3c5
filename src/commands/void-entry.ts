/** Voiding: one line of the ledger is undone by another; nothing is ever erased. */
import type { Actor, Entry } from '../rules/entry.ts'
import type { LimitedCafe } from '../rules/limits.ts'
import { refusalOfUndo, UNDO_MS, type UndoRefusal, undoEntry } from '../rules/undo.ts'
import type { Tx } from '../store/store.ts'

export interface VoidInput {
  /** The line to undo. */
  readonly undoneId: string
  readonly entryId: string
  /** Why, already without a number in it; null where one tap is enough. */
  readonly reason: string | null
  readonly cafe: LimitedCafe
  readonly atMs: number
}

export type VoidOutcome =
  | { readonly ok: true; readonly entry: Entry; readonly undone: Entry }
  | {
      readonly ok: false
      readonly reason: 'no-such-entry' | 'already-undone' | 'already-spent' | 'not-undoable' | UndoRefusal
    }

/** Undoes a stamp or a redeem. A stamp that was spent since stays: a balance is never negative. */
export async function voidEntry(tx: Tx, actor: Actor, input: VoidInput): Promise<VoidOutcome> {
  const undone = await tx.entries.find(actor.cafeId, input.undoneId)
  const card = undone && (await tx.cards.lock(actor.cafeId, undone.cardId))
  if (undone === null || card === null) return { ok: false, reason: 'no-such-entry' }
  if (await tx.entries.isUndone(actor.cafeId, undone.id)) return { ok: false, reason: 'already-undone' }

  const tap = { withinMs: UNDO_MS, needsLast: true }
  const refusal = refusalOfUndo(actor, card, { ...input, undone }, tap)
  if (refusal !== null) return { ok: false, reason: refusal }
  const browser = undone.browserId === null ? null : await tx.browsers.find(actor.cafeId, undone.browserId)
  const outcome = undoEntry(card, browser?.cardId === card.id ? browser : null, { ...input, actor, undone })
  if (!outcome.ok) return outcome
  await tx.entries.append(outcome.step)
  return { ok: true, entry: outcome.step.entry, undone }
}
