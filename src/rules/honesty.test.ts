// A month at the counter, simulated: who stamps a friend every day is found within three days, and an honest month seldom asks anything.
import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { seededRandom } from '../cli/seed/seeded-random.ts'
import { findOddities, type StaffLine } from './honesty.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const FRIEND = 'friend'
const zone = {
  dayOf: (atMs: number) => Math.floor(atMs / DAY_MS),
  hourOf: (atMs: number) => Math.floor((atMs % DAY_MS) / HOUR_MS),
}

describe('staff who stamp a friend once a day', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8])
    it(`are shown to the owner within three days (seed ${seed})`, () => {
      const month = monthOf(seed)
      const start = 10
      const friendly = [0, 1, 2].map((day) => line(FRIEND, 'person-2', start + day, 15.5))
      const untilThen = month.filter(({ atMs }) => zone.dayOf(atMs) <= start + 2)
      const found = findOddities([...untilThen, ...friendly], zone)
      assert.ok(
        found.some(
          ({ kind, personId, cardId }) => kind === 'one-hand' && personId === 'person-2' && cardId === FRIEND,
        ),
      )
    })
})

describe('honest months of four staff and 800 customers', () => {
  it('ask at most one question a week', () => {
    const seeds = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]
    const questions = seeds.map((seed) => questionsIn(monthOf(seed)))
    const weeks = (seeds.length * 30) / 7
    const total = questions.reduce((sum, each) => sum + each, 0)
    assert.ok(
      total / weeks <= 1,
      `${total} questions in ${weeks.toFixed(0)} weeks, by seeds ${seeds.join(', ')}`,
    )
  })
})

it('who makes nearly all the stamps is not asked about regulars', () => {
  const alone = Array.from({ length: 10 }, (_, day) =>
    ['a', 'b', 'c'].map((card) => line(card, 'person-1', day, 9)),
  ).flat()
  assert.deepEqual(findOddities(alone, zone), [])
})

it('limits lifted three times in a day, rewards by hand, undoing in turns and stamps at night are each found, once', () => {
  const month = monthOf(21)
  const odd = [
    ...[9, 10, 11].map((hour) => ({ ...line(`over-${hour}`, 'person-1', 20, hour), overLimit: 'too-soon' })),
    ...[9, 10, 11].map((hour) => ({
      ...line(`free-${hour}`, 'person-3', 20, hour),
      kind: 'redeem',
      stamps: -10,
    })),
    ...[9, 10, 11, 12].map((hour) => ({
      ...line(`slip-${hour}`, 'person-4', 20, hour),
      kind: 'void',
      stamps: -1,
    })),
    line('night', 'person-2', 20, 3),
  ]
  const fresh = findOddities([...month, ...odd], zone).filter(({ kind }) => kind !== 'one-hand')
  assert.deepEqual(fresh.map(({ kind, personId, count }) => [kind, personId, count]).sort(), [
    ['many-by-hand', 'person-3', 3],
    ['many-over-limit', 'person-1', 3],
    ['odd-hour', 'person-2', 1],
    ['stamp-and-undo', 'person-4', 4],
  ])
})

/** How often something new would be shown, asked at the end of each day. */
function questionsIn(month: readonly StaffLine[]): number {
  const shown = new Set<string>()
  for (let day = 0; day < 30; day += 1)
    for (const { kind, personId, cardId } of findOddities(
      month.filter(({ atMs }) => zone.dayOf(atMs) <= day),
      zone,
    ))
      shown.add(`${kind} ${personId} ${cardId}`)
  return shown.size
}

/**
 * Thirty days: 800 customers, most of whom come once a week or less, sixty two or three times, twelve nearly every day; four staff, two or three at
 * work, who each take whoever is next; a few slips and one lifted limit a day.
 */
function monthOf(seed: number): StaffLine[] {
  const random = seededRandom(seed)
  const chance = () => random.whole(0, 999_999) / 1_000_000
  const habits = Array.from({ length: 800 }, (_, place) =>
    place < 12 ? 0.85 : place < 72 ? 0.35 : 0.02 + chance() * 0.14,
  )
  const lines: StaffLine[] = []
  for (let day = 0; day < 30; day += 1) {
    const off = random.whole(1, 8)
    const atWork = [1, 2, 3, 4].filter((person) => person !== off)
    const today = habits
      .map((habit, card) => ({ card, comes: chance() < habit }))
      .filter(({ comes }) => comes)
      .map(({ card }) =>
        line(`card-${card}`, `person-${atWork[random.whole(0, atWork.length - 1)]}`, day, 8 + chance() * 12),
      )
    lines.push(...today)
    const [big, ...slips] = today
    if (big !== undefined) lines.push({ ...big, entryId: `${big.entryId}-more`, overLimit: 'too-soon' })
    lines.push(
      ...slips
        .slice(0, random.whole(0, 2))
        .map((slip) => ({ ...slip, entryId: `${slip.entryId}-undone`, kind: 'void', stamps: -1 })),
    )
  }
  return lines
}

function line(cardId: string, personId: string, day: number, hour: number): StaffLine {
  const atMs = Math.round(day * DAY_MS + hour * HOUR_MS)
  return { entryId: `${cardId}-${atMs}`, kind: 'stamp', cardId, personId, stamps: 1, atMs, overLimit: null }
}
