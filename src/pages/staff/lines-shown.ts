/** From the ledger's newest lines to what the counter shows of them: its own last one, and the latest at the kiosk. */
import type { Entry } from '../../rules/entry.ts'
import { bringsStamps, MOVE_MS, UNDO_MS } from '../../rules/undo.ts'
import type { Visit } from '../visit.ts'
import { maskedNumberOf } from './masked-number.ts'

export interface LineShown {
  readonly entryId: string
  readonly cardId: string
  readonly number: string
  readonly isRedeem: boolean
  readonly stamps: number
  readonly atMs: number
}

/** One that this person answers for: made by them or on their device, or by their branch's kiosk. */
export interface OwnLine extends LineShown {
  /** Until when one tap undoes it; null when that is over, or something came after it. */
  readonly undoUntilMs: number | null
  /** The card that its stamps were moved from: to undo it is to move them back. */
  readonly movedFromId: string | null
  /** What stands on the card now. */
  readonly balance: number
}

export interface NewestLines {
  readonly own: OwnLine | null
  readonly kiosk: readonly OwnLine[]
  /** For a stamp that went to the wrong number: this person's last one, and the kiosk's. */
  readonly movable: readonly OwnLine[]
}

const LINES_LOOKED_AT = 200 // of a whole café: more than it writes in a quarter of an hour
const KIOSK_MS = 15 * 60_000 // as long as a customer may still stand at the counter
const KIOSK_MOST = 6
const OFFERED_MS = 2 * 60_000 // unasked, only while the wrong one may still stand there; a button that is always there is pressed by a slip

export async function newestLines(visit: Visit): Promise<NewestLines> {
  const newest = await visit.context.store.entries.newest(visit.cafe.id, LINES_LOOKED_AT)
  const undone = new Set(newest.map(({ undoesId }) => undoesId))
  const standing = newest.filter(({ id }) => !undone.has(id))
  const own = standing.find((line) => isOwn(visit, line) && visit.nowMs - line.atMs < MOVE_MS) ?? null
  const ofKiosk = standing.filter((line) => isFromKiosk(visit, line)).slice(0, KIOSK_MOST)
  const shown = own && (await ownLine(visit, own))
  const kiosk = await Promise.all(ofKiosk.map((line) => ownLine(visit, line)))
  const theirs = standing.find((line) => isOwn(visit, line) && line.personId === visit.who.person?.id)
  const last = theirs === own || theirs === undefined ? shown : await ownLine(visit, theirs)
  const movable = [theirs && last, kiosk[0]].filter((line) => isMovable(visit, line)) as OwnLine[]
  return { own: shown, kiosk, movable }
}

/** Of those, what is offered beside cards that nobody has opened yet. */
export function offeredNow({ nowMs }: Visit, movable: readonly OwnLine[]): readonly OwnLine[] {
  return movable.filter(({ atMs }) => nowMs - atMs < OFFERED_MS)
}

function isMovable({ nowMs }: Visit, line: OwnLine | null | undefined): boolean {
  return line?.isRedeem === false && nowMs - line.atMs < MOVE_MS
}

function isOwn({ who }: Visit, line: Entry): boolean {
  const isTheirs =
    line.personId === who.person?.id || (who.device !== null && line.deviceId === who.device.id)
  return line.actor === 'staff' && isTheirs && (line.kind === 'redeem' || bringsStamps(line))
}

/** At a tablet its own branch's kiosks, on a phone all. */
function isFromKiosk({ who, nowMs }: Visit, { actor, kind, atMs, branchId }: Entry): boolean {
  const isHere = who.device === null || branchId === who.device.branchId
  return actor === 'kiosk' && kind === 'stamp' && isHere && nowMs - atMs < KIOSK_MS
}

async function ownLine(visit: Visit, line: Entry): Promise<OwnLine> {
  const card = await visit.context.store.cards.find(visit.cafe.id, line.cardId)
  const undoUntilMs = line.atMs + UNDO_MS
  const isLast = card?.lastEntryId === line.id
  return {
    ...(await shownLine(visit, line)),
    undoUntilMs: isLast && visit.nowMs <= undoUntilMs ? undoUntilMs : null,
    movedFromId: await movedFromOf(visit, line),
    balance: card?.balance ?? 0,
  }
}

/** The card on the other side of a move. */
export async function movedFromOf({ context, cafe }: Visit, line: Entry): Promise<string | null> {
  if (line.kind !== 'move' || line.stamps < 0 || line.counterpartId === null) return null
  return (await context.store.entries.find(cafe.id, line.counterpartId))?.cardId ?? null
}

async function shownLine(visit: Visit, line: Entry): Promise<LineShown> {
  const { id: entryId, cardId, kind, stamps, atMs } = line
  const number = await maskedNumberOf(visit, cardId)
  return { entryId, cardId, number, isRedeem: kind === 'redeem', stamps, atMs }
}
