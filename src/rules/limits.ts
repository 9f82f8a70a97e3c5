/**
 * How often a card may be stamped once the café is set up: so long between two stamps, so many visits a day, so many stamps a visit. A visit is
 * one stamp entry. Where the clock is set back or the café moves to another time zone, nothing begins anew: staff may lift a limit.
 */
import type { Card } from './card.ts'
import type { Entry } from './entry.ts'

/** As much of a café as its limits need. */
export interface LimitedCafe {
  /** IANA time zone of its days. */
  readonly timeZone: string
  /** When an owner went through setup, or null: the café is on trial. */
  readonly setUpAtMs: number | null
  readonly stampGapSeconds: number
  readonly visitsADay: number
  readonly stampsAVisit: number
}

export interface Limits {
  readonly gapMs: number
  readonly visitsADay: number
  readonly stampsAVisit: number
}

export const LIMIT_REASONS = ['too-soon', 'too-many-today', 'too-many-at-once'] as const

export type LimitReason = (typeof LIMIT_REASONS)[number]

export interface LimitHit {
  readonly reason: LimitReason
  /** When it works again; null where time does not help, or where it may not be told. */
  readonly againAtMs: number | null
}

interface Bounds {
  readonly least: number
  readonly most: number
  /** Until the café says otherwise; also in the tables. */
  readonly usual: number
}

export const STAMP_GAP_SECONDS: Bounds = { least: 0, most: 86_400, usual: 120 } // two orders of one customer are minutes apart
export const VISITS_A_DAY: Bounds = { least: 1, most: 50, usual: 3 } // morning, noon and evening
export const STAMPS_A_VISIT: Bounds = { least: 1, most: 99, usual: 9 } // a round for the office; one digit for whoever stamps

const EPOCH = Temporal.PlainDate.from('1970-01-01')

/** A café's limits, or null while it is on trial. */
export function limitsOf(cafe: LimitedCafe): Limits | null {
  if (cafe.setUpAtMs === null) return null
  const { stampGapSeconds, visitsADay, stampsAVisit } = cafe
  return { gapMs: stampGapSeconds * 1000, visitsADay, stampsAVisit }
}

/** The day in a time zone, counted from 1970-01-01. */
export function dayOf(atMs: number, timeZone: string): number {
  const date = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).toPlainDate()
  return EPOCH.until(date).days
}

/** Whether so many stamps are more than one visit may bring: no card needs to be looked at. */
export function hitAtOnce(cafe: LimitedCafe, stamps: number): LimitHit | null {
  const limits = limitsOf(cafe)
  const isTooMany = limits !== null && stamps > limits.stampsAVisit
  return isTooMany ? { reason: 'too-many-at-once', againAtMs: null } : null
}

/** Whether staff may bring so many at once with their name: never more than a visit usually may. */
export function mayLift(cafe: LimitedCafe, stamps: number): boolean {
  return stamps <= Math.max(cafe.stampsAVisit, STAMPS_A_VISIT.usual)
}

/** The limit that stands in the way of one more visit now, or null: of two, the one that lasts longer. */
export function hitByVisits(cafe: LimitedCafe, card: Card, atMs: number): LimitHit | null {
  const limits = limitsOf(cafe)
  if (limits === null) return null
  const day = countedDay(card, dayOf(atMs, cafe.timeZone))
  if (card.visitsDay === day && card.visits >= limits.visitsADay) {
    return { reason: 'too-many-today', againAtMs: startOfDay(day + 1, cafe.timeZone) }
  }
  const againAtMs = card.lastStampAtMs === null ? atMs : card.lastStampAtMs + limits.gapMs
  return atMs < againAtMs ? { reason: 'too-soon', againAtMs } : null
}

/**
 * Whether a limit was hit by a browser's own stamps alone: an unproven one is told of nothing else.
 *
 * @param lines the card's newest; when they do not reach back far enough, the answer is no
 */
export function isOwnHit(
  hit: LimitHit,
  { card, lines, browserId }: { card: Card; lines: readonly Entry[]; browserId: string },
  timeZone: string,
): boolean {
  const stamps = lines.filter(({ kind, stamps }) => kind !== 'void' && stamps > 0)
  if (hit.reason === 'too-soon') {
    return stamps.find(({ atMs }) => atMs === card.lastStampAtMs)?.browserId === browserId
  }
  const isCounted = ({ atMs }: Entry) => dayOf(atMs, timeZone) === card.visitsDay
  const oldest = lines.at(-1)
  const isWhole = oldest !== undefined && (oldest.previousId === null || !isCounted(oldest))
  return isWhole && stamps.filter(isCounted).every((line) => line.browserId === browserId)
}

/** What a stranger who typed a number hears, whichever limit it was: a word of the other would tell when the card was stamped. */
export const UNTOLD: LimitHit = { reason: 'too-soon', againAtMs: null }

/** The card after a stamp on trial: visits count from setup on, or whoever has tried it out would be refused that day. */
export function withoutLimits(card: Card, atMs: number): Card {
  return { ...card, lastStampAtMs: Math.max(atMs, card.lastStampAtMs ?? atMs) }
}

/** The card with one more visit on a day. */
export function withVisit(card: Card, day: number, atMs: number): Card {
  const counted = countedDay(card, day)
  const visits = card.visitsDay === counted ? card.visits + 1 : 1
  return { ...withoutLimits(card, atMs), visitsDay: counted, visits }
}

/** The card once a stamp of it is undone: the visit is given back, if it was counted, and the gap after it is lifted. */
export function withoutVisit(card: Card, { atMs }: Pick<Entry, 'atMs'>, cafe: LimitedCafe): Card {
  const wasCounted = cafe.setUpAtMs !== null && atMs >= cafe.setUpAtMs
  const isOfDay = wasCounted && card.visitsDay === dayOf(atMs, cafe.timeZone)
  const visits = isOfDay ? Math.max(0, card.visits - 1) : card.visits
  return { ...card, visits, lastStampAtMs: card.lastStampAtMs === atMs ? null : card.lastStampAtMs }
}

/** Never a day before the one that is counted: a clock set back gives no visits again. */
function countedDay(card: Card, day: number): number {
  return Math.max(day, card.visitsDay ?? day)
}

function startOfDay(day: number, timeZone: string): number {
  return EPOCH.add({ days: day }).toZonedDateTime({ timeZone }).epochMilliseconds
}

/** Whether other limits let more through than these in any way: who wants that is asked again who they are (safety.md S26). */
export function isLooser(
  now: Pick<LimitedCafe, 'stampGapSeconds' | 'visitsADay' | 'stampsAVisit'>,
  next: typeof now,
): boolean {
  return (
    next.stampGapSeconds < now.stampGapSeconds ||
    next.visitsADay > now.visitsADay ||
    next.stampsAVisit > now.stampsAVisit
  )
}
