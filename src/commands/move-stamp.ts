/** Moving a stamp to the right number: two lines of the ledger, one transaction. */
import type { Actor, Entry } from '../rules/entry.ts'
import { moveStamps } from '../rules/move.ts'
import type { Phone } from '../rules/phone.ts'
import type { Programme } from '../rules/programme.ts'
import { MOVE_MS, refusalOfUndo, type UndoRefusal } from '../rules/undo.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Tx } from '../store/store.ts'
import { cardMeant } from './known-by-number.ts'

export interface MoveInput {
  readonly cafe: Cafe
  readonly programme: Programme
  /** The line that went to the wrong card. */
  readonly undoneId: string
  /** The right card, or else its number; opened if it has none. */
  readonly cardId: string | null
  readonly phone: Phone | null
  /** Why, already without a number in it; null where one tap is enough. */
  readonly reason: string | null
  readonly atMs: number
  /** Ids for what may come to be (UUIDv7): the line on the wrong card, the one on the right card, that card. */
  readonly newIds: { readonly off: string; readonly on: string; readonly card: string }
}

export type MoveOutcome =
  | { readonly ok: true; readonly off: Entry; readonly on: Entry; readonly undone: Entry }
  | {
      readonly ok: false
      readonly reason:
        | 'no-such-entry'
        | 'no-such-card'
        | 'already-undone'
        | 'already-spent'
        | 'not-undoable'
        | 'same-card'
        | UndoRefusal
    }

/** Moves what a line brought to another card. Who may do so, and when: rules/undo.ts. */
export async function moveStamp(tx: Tx, actor: Actor, input: MoveInput): Promise<MoveOutcome> {
  const undone = await tx.entries.find(actor.cafeId, input.undoneId)
  const wrong = undone && (await tx.cards.lock(actor.cafeId, undone.cardId))
  if (undone === null || wrong === null) return { ok: false, reason: 'no-such-entry' }
  const refusal = refusalOfUndo(actor, wrong, { ...input, undone }, { withinMs: MOVE_MS, needsLast: false })
  if (refusal !== null) return { ok: false, reason: refusal }
  if (await tx.entries.isUndone(actor.cafeId, undone.id)) return { ok: false, reason: 'already-undone' }

  const right =
    input.cardId === null ? await cardMeant(tx, null, input) : await tx.cards.lock(actor.cafeId, input.cardId)
  if (right === null) return { ok: false, reason: 'no-such-card' }
  const earner = undone.browserId === null ? null : await tx.browsers.find(actor.cafeId, undone.browserId)
  const steps = moveStamps(wrong, earner?.cardId === wrong.id ? earner : null, right, {
    ...input,
    actor,
    undone,
    entryId: input.newIds.off,
    rightEntryId: input.newIds.on,
  })
  if (!steps.ok) return steps
  await tx.entries.append(steps.off)
  await tx.entries.append(steps.on)
  return { ok: true, off: steps.off.entry, on: steps.on.entry, undone }
}
