/** A card's lines as staff read them: who made each and where, and which of them this person may take back now. */
import type { Card } from '../../rules/card.ts'
import type { Entry } from '../../rules/entry.ts'
import { bringsStamps, refusalOfUndo, UNDO_MS } from '../../rules/undo.ts'
import { pathId } from '../path-id.ts'
import type { Visit } from '../visit.ts'
import { actorOf } from '../who.ts'
import { movedFromOf } from './lines-shown.ts'

export interface HistoryLine {
  readonly id: string
  readonly kind: Entry['kind']
  readonly stamps: number
  readonly atMs: number
  readonly reason: string | null
  readonly by: Entry['actor']
  /** The person and the device by name, where there are any. */
  readonly person: string | null
  readonly device: string | null
  readonly isOverLimit: boolean
  /** `tap`: at once; `reason`: with one, by a manager; null: not by this person, or not at all. */
  readonly undo: 'tap' | 'reason' | null
  /** Whether a manager may move it with a reason. */
  readonly mayMove: boolean
  /** The card that its stamps were moved from. */
  readonly movedFromId: string | null
  /** What somebody typed to take it back or to move it, where that was refused. */
  readonly typed: Typed | null
}

/** @property phone null where it was to be undone */
export interface Typed {
  readonly reason: string
  readonly phone: string | null
}

export interface HistoryShown {
  readonly lines: readonly HistoryLine[]
  readonly olderId: string | null
}

const LINES_A_PAGE = 12

/** @param typed about the line that the path names */
export async function cardHistory(
  visit: Visit,
  card: Card,
  { fromId, typed }: { readonly fromId: string | null; readonly typed: Typed | null },
): Promise<HistoryShown> {
  const entries = await readLines(visit, card, fromId)
  const { people, devices } = visit.context.store
  const [persons, tablets] = await Promise.all([people.list(visit.cafe.id), devices.listEver(visit.cafe.id)])
  const undone = new Set(entries.map(({ undoesId }) => undoesId))
  const asked = pathId(visit, 'entry')
  const shown = entries.slice(0, LINES_A_PAGE).map(async (entry) => {
    const undo = undone.has(entry.id) ? null : undoOf(visit, card, entry)
    return {
      id: entry.id,
      kind: entry.kind,
      stamps: entry.stamps,
      atMs: entry.atMs,
      reason: entry.reason,
      by: entry.actor,
      person: persons.find(({ id }) => id === entry.personId)?.name ?? null,
      device: tablets.find(({ id }) => id === entry.deviceId)?.name ?? null,
      isOverLimit: entry.overLimit !== null,
      undo,
      mayMove: undo === 'reason' && bringsStamps(entry),
      movedFromId: await movedFromOf(visit, entry),
      typed: entry.id === asked ? typed : null,
    }
  })
  const lines = await Promise.all(shown)
  return { lines, olderId: entries[LINES_A_PAGE]?.id ?? null }
}

/** From a line of this card on, else from its newest; one more than is shown, to know whether there are others. */
async function readLines(visit: Visit, card: Card, fromId: string | null): Promise<readonly Entry[]> {
  const { entries } = visit.context.store
  const read = (id: string) => entries.historyOfCard(visit.cafe.id, id, LINES_A_PAGE + 1)
  const asked = fromId === null ? [] : await read(fromId)
  if (asked[0]?.cardId === card.id) return asked
  return card.lastEntryId === null ? [] : read(card.lastEntryId)
}

function undoOf(visit: Visit, card: Card, undone: Entry): HistoryLine['undo'] {
  const actor = actorOf(visit.cafe, visit.who)
  if (actor === null || (undone.kind !== 'redeem' && !bringsStamps(undone))) return null
  const asked = { undone, reason: null, atMs: visit.nowMs }
  const refusal = refusalOfUndo(actor, card, asked, { withinMs: UNDO_MS, needsLast: true })
  if (refusal === null) return 'tap'
  return refusal === 'reason-missing' ? 'reason' : null
}
