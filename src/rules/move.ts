/** Moving a stamp to the right number: one line takes it off the wrong card, another puts it onto the right one. */
import { appendLine, type Browser, type Card, type LedgerStep } from './card.ts'
import { dayOf, withVisit } from './limits.ts'
import { currentVersion, type Programme } from './programme.ts'
import { bringsStamps, takeBack, type Undoing } from './undo.ts'

export interface Moving extends Undoing {
  readonly programme: Programme
  /** The second line's. */
  readonly rightEntryId: string
}

export type MoveSteps =
  | { readonly ok: true; readonly off: LedgerStep; readonly on: LedgerStep }
  | { readonly ok: false; readonly reason: 'already-spent' | 'not-undoable' | 'same-card' }

/**
 * Moves what a line brought, with its visit: the right card's limits do not stand in the way of a customer who was there.
 *
 * @param browser the browser that earned it on the wrong card, while it is still bound to it: it earned nothing
 */
export function moveStamps(wrong: Card, browser: Browser | null, right: Card, input: Moving): MoveSteps {
  const { undone } = input
  if (!bringsStamps(undone)) return { ok: false, reason: 'not-undoable' }
  if (wrong.id === right.id) return { ok: false, reason: 'same-card' }
  const taken = takeBack(wrong, browser, { ...input, kind: 'move' })
  if (!taken.ok) return taken
  const current = currentVersion(input.programme).version
  const day = dayOf(undone.atMs, input.cafe.timeZone)
  const visited = {
    ...((right.visitsDay ?? day) > day ? right : withVisit(right, day, undone.atMs)), // yesterday's counts no more
    promisedVersion: right.balance === 0 ? current : right.promisedVersion,
  }
  const on = appendLine(visited, null, {
    actor: input.actor,
    atMs: input.atMs,
    entryId: input.rightEntryId,
    kind: 'move',
    stamps: undone.stamps,
    reason: input.reason,
    counterpartId: taken.step.entry.id,
  })
  return { ok: true, off: taken.step, on }
}
