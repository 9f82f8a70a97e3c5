/** A believable past: who comes to a café, on which day, at what time. */
import type { SeededRandom } from './seeded-random.ts'

export interface Customer {
  /** As it is typed: `010-0xxx-xxxx`, a range that is given to nobody. */
  readonly number: string
  /** The day of the first visit, counted from the beginning. */
  readonly firstDay: number
  /** Later visits; 0 for those who never come back. */
  readonly visitsPerWeek: number
}

export interface Visit {
  readonly customer: number
  readonly atMs: number
}

const ONCE_ONLY = 0.5 // of all customers
const VISITS_PER_WEEK_MAX = 9 // some come twice a day
const WEEKDAYS = [0.9, 0.9, 1, 1, 1.2, 1.1, 0.9] as const // Monday first
const WORKDAY_HOURS = [
  [8, 5],
  [9, 4],
  [10, 2],
  [11, 2],
  [12, 8],
  [13, 7],
  [14, 3],
  [15, 4],
  [16, 3],
  [17, 2],
  [18, 3],
  [19, 2],
  [20, 1],
] as const
const WEEKEND_HOURS = [
  [10, 1],
  [11, 2],
  [12, 3],
  [13, 4],
  [14, 6],
  [15, 6],
  [16, 5],
  [17, 4],
  [18, 3],
  [19, 3],
  [20, 2],
] as const

/** A few regulars and many who come once. */
export function inventCustomers(
  random: SeededRandom,
  input: { customers: number; days: number },
): Customer[] {
  const numbers = new Set<string>()
  while (numbers.size < input.customers) {
    const digits = String(random.whole(0, 9_999_999)).padStart(7, '0')
    numbers.add(`010-0${digits.slice(0, 3)}-${digits.slice(3)}`)
  }
  return [...numbers].map((number) => ({
    number,
    firstDay: random.whole(0, input.days - 1),
    visitsPerWeek: random.chance(ONCE_ONLY) ? 0 : Math.min(VISITS_PER_WEEK_MAX, random.pareto(0.25, 1.1)),
  }))
}

/** All visits of one day, earliest first. */
export function visitsOn(
  random: SeededRandom,
  customers: readonly Customer[],
  input: { readonly date: Temporal.PlainDate; readonly day: number; readonly timeZone: string },
): Visit[] {
  const { date, day, timeZone } = input
  const hours = date.dayOfWeek > 5 ? WEEKEND_HOURS : WORKDAY_HOURS
  const crowd = (WEEKDAYS[date.dayOfWeek - 1] ?? 1) / date.daysInWeek
  const visits: Visit[] = []
  customers.forEach((customer, place) => {
    const comes =
      customer.firstDay < day ? random.chance(customer.visitsPerWeek * crowd) : customer.firstDay === day
    if (comes) visits.push({ customer: place, atMs: timeOn(random, date, timeZone, random.weighted(hours)) })
  })
  return visits.sort((one, other) => one.atMs - other.atMs)
}

function timeOn(random: SeededRandom, date: Temporal.PlainDate, timeZone: string, hour: number): number {
  const plainTime = {
    hour,
    minute: random.whole(0, 59),
    second: random.whole(0, 59),
    millisecond: random.whole(0, 999),
  }
  return date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds
}
