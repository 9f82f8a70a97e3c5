/**
 * What an owner should look at: patterns in what staff did that honest work seldom leaves (safety.md F2). Each is a question, never a verdict, and can
 * be said in one sentence. Pure: lines in, findings out.
 */

/** A line of the ledger that a person made at the counter. */
export interface StaffLine {
  readonly entryId: string
  readonly kind: string
  readonly cardId: string
  readonly personId: string
  readonly stamps: number
  readonly atMs: number
  readonly overLimit: string | null
}

export type Finding = {
  /** One hand for one card, limits lifted often, rewards given without a phone often, stamps while the café sleeps, stamp and undo in turns. */
  readonly kind: 'one-hand' | 'many-over-limit' | 'many-by-hand' | 'odd-hour' | 'stamp-and-undo'
  readonly personId: string
  /** The card that it is about, or null. */
  readonly cardId: string | null
  /** How many: days in a row for `one-hand`, lines for the others. */
  readonly count: number
  readonly lastAtMs: number
}

const DAY_MS = 86_400_000
const ONE_HAND_DAYS = 3 // in a row: with four at work, honest regulars meet the same hand three mornings in a row once in sixteen times
const NOBODY_ELSE_DAYS = 7 // … and then nobody else has stamped them for a week, which regulars of a shared counter seldom see
const SHARE_MAX = 0.6 // who makes most of a day's stamps meets every regular: nothing is odd about that
const OVER_LIMIT_A_DAY = 3 // a limit lifted once or twice is a family or a big order
const BY_HAND_A_DAY = 3 // rewards for customers without a phone
const UNDONE_A_DAY = 4 // slips of the thumb happen, five a day do not
const HOUR_SHARE_MIN = 0.01 // of all stamps: an hour with less is one in which the café is asleep
const LINES_FOR_HOURS = 200 // before that nobody knows when it sleeps

/**
 * @param lines of about the last 30 days, in any order; those of devices and customers are not among them
 * @param dayOf the day of a moment in the café's time zone, as a number that grows by one a day
 * @param hourOf the hour of it, 0 to 23
 */
export function findOddities(
  lines: readonly StaffLine[],
  { dayOf, hourOf }: { readonly dayOf: (atMs: number) => number; readonly hourOf: (atMs: number) => number },
): readonly Finding[] {
  const stamps = lines.filter(({ kind }) => kind === 'stamp').sort((one, other) => one.atMs - other.atMs)
  const daily = (kind: Finding['kind'], some: readonly StaffLine[], atLeast: number) =>
    groupsOf(some, (line) => `${line.personId} ${dayOf(line.atMs)}`)
      .filter((group) => group.length >= atLeast)
      .map((group) => findingOf(kind, group, null))
  return [
    ...oneHand(stamps, dayOf),
    ...daily(
      'many-over-limit',
      stamps.filter(({ overLimit }) => overLimit !== null),
      OVER_LIMIT_A_DAY,
    ),
    ...daily(
      'many-by-hand',
      lines.filter(({ kind }) => kind === 'redeem'),
      BY_HAND_A_DAY,
    ),
    ...daily(
      'stamp-and-undo',
      lines.filter(({ kind }) => kind === 'void'),
      UNDONE_A_DAY,
    ),
    ...oddHours(stamps, hourOf),
  ].sort((one, other) => other.lastAtMs - one.lastAtMs)
}

/** A card that one person stamped days in a row, and nobody else for a week, though others were at work. */
function oneHand(stamps: readonly StaffLine[], dayOf: (atMs: number) => number): Finding[] {
  const shares = sharesByDay(stamps, dayOf)
  return groupsOf(stamps, ({ cardId }) => cardId).flatMap((ofCard) => {
    const last = ofCard.at(-1)
    if (last === undefined) return []
    const { personId } = last
    const own = ofCard.filter((line) => line.personId === personId)
    const days = new Set(
      own
        .map(({ atMs }) => dayOf(atMs))
        .filter((day) => (shares.get(`${personId} ${day}`) ?? 1) <= SHARE_MAX),
    )
    const row = rowEndingAt(dayOf(last.atMs), days)
    const others = ofCard.filter(
      (line) => line.personId !== personId && line.atMs > last.atMs - NOBODY_ELSE_DAYS * DAY_MS,
    )
    if (row < ONE_HAND_DAYS || others.length > 0) return []
    return [{ ...findingOf('one-hand', own.slice(-row), last.cardId), count: row }]
  })
}

/** How many days in a row end with this one. */
function rowEndingAt(day: number, days: ReadonlySet<number>): number {
  let row = 0
  while (days.has(day - row)) row += 1
  return row
}

/** Which part of a day's stamps each person made. */
function sharesByDay(stamps: readonly StaffLine[], dayOf: (atMs: number) => number): Map<string, number> {
  const ofDay = new Map<number, number>()
  const own = new Map<string, number>()
  for (const { personId, atMs } of stamps) {
    const day = dayOf(atMs)
    ofDay.set(day, (ofDay.get(day) ?? 0) + 1)
    own.set(`${personId} ${day}`, (own.get(`${personId} ${day}`) ?? 0) + 1)
  }
  return new Map(
    [...own].map(([key, count]) => [key, count / (ofDay.get(Number(key.split(' ')[1])) ?? count)]),
  )
}

function oddHours(stamps: readonly StaffLine[], hourOf: (atMs: number) => number): Finding[] {
  if (stamps.length < LINES_FOR_HOURS) return []
  const byHour = new Map<number, number>()
  for (const { atMs } of stamps) byHour.set(hourOf(atMs), (byHour.get(hourOf(atMs)) ?? 0) + 1)
  const isAsleep = (hour: number) => (byHour.get(hour) ?? 0) / stamps.length < HOUR_SHARE_MIN
  const odd = stamps.filter(({ atMs }) => isAsleep(hourOf(atMs)))
  return groupsOf(odd, ({ personId }) => personId).map((group) => findingOf('odd-hour', group, null))
}

function findingOf(kind: Finding['kind'], group: readonly StaffLine[], cardId: string | null): Finding {
  const last = group.at(-1)
  if (last === undefined) throw new Error('a finding is about at least one line')
  return { kind, personId: last.personId, cardId, count: group.length, lastAtMs: last.atMs }
}

function groupsOf(lines: readonly StaffLine[], keyOf: (line: StaffLine) => string): StaffLine[][] {
  const groups = new Map<string, StaffLine[]>()
  for (const line of lines) {
    const group = groups.get(keyOf(line))
    if (group === undefined) groups.set(keyOf(line), [line])
    else group.push(line)
  }
  return [...groups.values()]
}
