// When something happened, in the café's own time: 오늘 08:41, 11월 20일, 2025년 11월 20일.
import type { Words } from './words/words.ts'

/** The clock on a café's wall, read once for a page. */
export type Clock = { words: Words; timeZone: string; now: Temporal.ZonedDateTime }

export function clockIn(input: { words: Words; timeZone: string; nowMs: number }): Clock {
  const { words, timeZone, nowMs } = input
  return { words, timeZone, now: inZone(timeZone, nowMs) }
}

/** For a list: the time today, the day otherwise. */
export function dayOrTime(clock: Clock, atMs: number): string {
  const at = inZone(clock.timeZone, atMs)
  return isToday(clock, at) ? clock.words.today(timeOf(at)) : dateOf(clock, at)
}

/** For a ticket: always with the time, and with the day when it is not today's. */
export function exactTime(clock: Clock, atMs: number): string {
  const at = inZone(clock.timeZone, atMs)
  return isToday(clock, at) ? timeOf(at) : `${dateOf(clock, at)} ${timeOf(at)}`
}

// Temporal rather than Intl: the same words on every machine, and half the cost of taking a formatted text apart.
function inZone(timeZone: string, atMs: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone)
}

function isToday({ now }: Clock, at: Temporal.ZonedDateTime): boolean {
  return at.day === now.day && at.month === now.month && at.year === now.year
}

function dateOf({ words, now }: Clock, at: Temporal.ZonedDateTime): string {
  return words.date({ year: at.year === now.year ? null : at.year, month: at.month, day: at.day })
}

function timeOf(at: Temporal.ZonedDateTime): string {
  return `${String(at.hour).padStart(2, '0')}:${String(at.minute).padStart(2, '0')}`
}
