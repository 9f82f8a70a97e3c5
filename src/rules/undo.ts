/** Taking a line back: by one tap just after it was made, later by a manager with a reason (safety.md F12); nothing is ever erased. */
import { appendLine, type Browser, type Card, type LedgerStep, type Moment } from './card.ts'
import type { Actor, Entry } from './entry.ts'
import { type LimitedCafe, withoutVisit } from './limits.ts'
import { isManager } from './role.ts'

export const UNDO_MS = 60_000 // long enough to see the slip; who comes back later has a reason to give
export const MOVE_MS = 600_000 // a customer notices a wrong number when the next one is being served

export type UndoRefusal = 'undo-too-late' | 'not-yours' | 'reason-missing'

export interface Tap {
  /** How long after the line one tap will do. */
  readonly withinMs: number
  /** Whether it must still be the card's last line. */
  readonly needsLast: boolean
}

export type UndoOutcome =
  | { readonly ok: true; readonly step: LedgerStep }
  | { readonly ok: false; readonly reason: 'already-spent' | 'not-undoable' }

export interface Undoing extends Moment {
  readonly undone: Entry
  readonly reason: string | null
  readonly cafe: LimitedCafe
}

/** Why someone may not take this line back now, or null when they may. Whether it can be taken back at all is asked apart. */
export function refusalOfUndo(
  actor: Actor,
  card: Card,
  { undone, reason, atMs }: Pick<Undoing, 'undone' | 'reason' | 'atMs'>,
  tap: Tap,
): UndoRefusal | null {
  if (actor.kind === 'operator') return null
  if (actor.kind !== 'staff') return 'not-yours'
  const isOwn = isOwnLine(actor, undone)
  const isFresh = Math.abs(atMs - undone.atMs) <= tap.withinMs // also where the clock was set back
  if (isOwn && isFresh && (!tap.needsLast || card.lastEntryId === undone.id)) return null
  if (isManager(actor.person.role)) return reason === null || reason.trim() === '' ? 'reason-missing' : null
  return isOwn ? 'undo-too-late' : 'not-yours'
}

/**
 * Undoes a stamp, a redeem or stamps that were moved here, by a line of its own. Stamps that were spent since cannot be taken back: a balance is
 * never negative.
 *
 * @param browser the browser that earned or spent the line, while it is still bound to the card
 */
export function undoEntry(card: Card, browser: Browser | null, input: Undoing): UndoOutcome {
  return isUndoable(input.undone)
    ? takeBack(card, browser, { ...input, kind: 'void' })
    : { ok: false, reason: 'not-undoable' }
}

/** The line that takes another one back, as a void or as the first half of a move. */
export function takeBack(
  card: Card,
  browser: Browser | null,
  input: Undoing & { readonly kind: 'void' | 'move' },
): UndoOutcome {
  const { undone } = input
  const stamps = -undone.stamps
  if (card.balance + stamps < 0) return { ok: false, reason: 'already-spent' }
  const promisedVersion =
    stamps > 0 ? Math.min(card.promisedVersion, undone.programmeVersion) : card.promisedVersion
  const owner = browser && {
    ...browser,
    own: Math.max(0, browser.own + stamps),
    spentElsewhere: Math.max(0, browser.spentElsewhere + Math.min(0, browser.own + stamps)),
    ticketEntryId: browser.ticketEntryId === undone.id ? null : browser.ticketEntryId,
    promisedVersion:
      stamps > 0 ? Math.min(browser.promisedVersion, undone.programmeVersion) : browser.promisedVersion,
  }
  const left = undone.kind === 'stamp' ? withoutVisit(card, undone, input.cafe) : card
  const change = { ...input, stamps, undoesId: undone.id, rewardId: undone.rewardId }
  return { ok: true, step: appendLine({ ...left, promisedVersion }, owner, change) }
}

/** Whether a line brought stamps: of its own, or from another card. */
export function bringsStamps({ kind, stamps }: Entry): boolean {
  return kind === 'stamp' || (kind === 'move' && stamps > 0)
}

function isUndoable(entry: Entry): boolean {
  return entry.kind === 'redeem' || bringsStamps(entry)
}

/** By the same person, on the same device, or by a kiosk: it has no hands, so whoever is at its branch's counter answers for it. */
function isOwnLine({ person, device }: Extract<Actor, { kind: 'staff' }>, entry: Entry): boolean {
  if (entry.actor === 'kiosk') return device === null || entry.branchId === device.branchId
  return entry.personId === person.id || (device !== null && entry.deviceId === device.id)
}
