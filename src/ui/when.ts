// When something happened, in the café's own time: 오늘 08:41, 11월 20일, 2025년 11월 20일.
import type { Words } from './words/words.ts'

type Moment = { year: number; month: number; day: number; time: string }

export type Clock = { words: Words; timeZone: string; nowMs: number }

/** For a list: the time today, the day otherwise. */
export function dayOrTime(clock: Clock, atMs: number): string {
  const { at, isToday, year } = place(clock, atMs)
  return isToday ? clock.words.today(at.time) : clock.words.date({ ...at, year })
}

/** For a ticket: always with the time, and with the day when it is not today's. */
export function exactTime(clock: Clock, atMs: number): string {
  const { at, isToday, year } = place(clock, atMs)
  return isToday ? at.time : `${clock.words.date({ ...at, year })} ${at.time}`
}

function place(clock: Clock, atMs: number): { at: Moment; isToday: boolean; year: number | null } {
  const now = momentIn(clock.timeZone, clock.nowMs)
  const at = momentIn(clock.timeZone, atMs)
  const isThisYear = at.year === now.year
  return {
    at,
    isToday: isThisYear && at.month === now.month && at.day === now.day,
    year: isThisYear ? null : at.year,
  }
}

function momentIn(timeZone: string, atMs: number): Moment {
  const parts: Record<string, string> = {}
  for (const { type, value } of formatterFor(timeZone).formatToParts(atMs)) parts[type] = value
  const { year, month, day, hour, minute } = parts
  return { year: Number(year), month: Number(month), day: Number(day), time: `${hour}:${minute}` }
}

// Making a formatter costs a hundred times more than using it, and cafés live in few time zones.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const formatter = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formatters.set(timeZone, formatter)
  return formatter
}
