import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import type { Card } from './card.ts'
import type { Entry } from './entry.ts'
import {
  dayOf,
  hitAtOnce,
  hitByVisits,
  isOwnHit,
  type LimitedCafe,
  limitsOf,
  mayLift,
  STAMP_GAP_SECONDS,
  STAMPS_A_VISIT,
  VISITS_A_DAY,
  withoutVisit,
  withVisit,
} from './limits.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

describe('the limits of a café', () => {
  it('are none on trial', () => {
    const cafe = cafeIn('Asia/Seoul', { setUpAtMs: null })
    assert.equal(limitsOf(cafe), null)
    const full = visited(cafe, [0, 1, 2, 3, 4])
    assert.equal(hitByVisits(cafe, full, 5), null)
    assert.equal(hitAtOnce(cafe, 100), null)
  })

  it('are two minutes, three visits and nine stamps unless the café says otherwise', () => {
    assert.deepEqual([STAMP_GAP_SECONDS.usual, VISITS_A_DAY.usual, STAMPS_A_VISIT.usual], [120, 3, 9])
    assert.deepEqual(limitsOf(cafeIn('Asia/Seoul')), { gapMs: 120_000, visitsADay: 3, stampsAVisit: 9 })
  })
})

describe('the time between two stamps', () => {
  const cafe = cafeIn('Asia/Seoul')
  const at = Date.UTC(2026, 0, 5, 3)

  it('is kept to the millisecond, and said', () => {
    const card = visited(cafe, [at])
    const againAtMs = at + 120_000
    assert.deepEqual(hitByVisits(cafe, card, at), { reason: 'too-soon', againAtMs })
    assert.deepEqual(hitByVisits(cafe, card, againAtMs - 1), { reason: 'too-soon', againAtMs })
    assert.equal(hitByVisits(cafe, card, againAtMs), null)
  })

  it('does not shrink when the clock is set back', () => {
    const card = visited(cafe, [at])
    assert.equal(hitByVisits(cafe, card, at - 10 * MINUTE_MS)?.reason, 'too-soon')
    const later = withVisit(card, dayOf(at - MINUTE_MS, cafe.timeZone), at - MINUTE_MS)
    assert.equal(later.lastStampAtMs, at)
  })

  it('is lifted when the stamp before is undone, not when an older one is', () => {
    const card = visited(cafe, [at, at + 5 * MINUTE_MS])
    const now = at + 6 * MINUTE_MS
    assert.equal(hitByVisits(cafe, withoutVisit(card, { atMs: at }, cafe), now)?.reason, 'too-soon')
    assert.equal(hitByVisits(cafe, withoutVisit(card, { atMs: at + 5 * MINUTE_MS }, cafe), now), null)
  })
})

describe('visits a day', () => {
  const cafe = cafeIn('Asia/Seoul')
  const morning = Date.UTC(2026, 0, 4, 23) // 8 o'clock on Monday, the 5th

  it('are three, and the next one counts from midnight of the café’s own day', () => {
    const card = visited(cafe, [morning, morning + HOUR_MS, morning + 2 * HOUR_MS])
    const midnight = Date.UTC(2026, 0, 5, 15)
    const hit = { reason: 'too-many-today', againAtMs: midnight }
    assert.deepEqual(hitByVisits(cafe, card, morning + 3 * HOUR_MS), hit)
    assert.deepEqual(hitByVisits(cafe, card, midnight - 1), hit)
    assert.equal(hitByVisits(cafe, card, midnight), null)
    assert.equal(withVisit(card, dayOf(midnight, cafe.timeZone), midnight).visits, 1)
  })

  it('say the day when both it and the gap stand in the way: it lasts longer', () => {
    const card = visited(cafe, [morning, morning + HOUR_MS, morning + 2 * HOUR_MS])
    assert.equal(hitByVisits(cafe, card, morning + 2 * HOUR_MS + 1)?.reason, 'too-many-today')
  })

  it('are given back by an undoing, once, and only those of the day that is counted', () => {
    const card = visited(cafe, [morning, morning + HOUR_MS, morning + 2 * HOUR_MS])
    assert.equal(withoutVisit(card, { atMs: morning }, cafe).visits, 2)
    assert.equal(withoutVisit(card, { atMs: morning - 24 * HOUR_MS }, cafe).visits, 3)
    assert.equal(withoutVisit({ ...card, visits: 0 }, { atMs: morning }, cafe).visits, 0)
  })

  it('are not given back for a stamp of the trial, which was none', () => {
    const card = visited(cafe, [morning + HOUR_MS])
    const setUp = { ...cafe, setUpAtMs: morning + 1 }
    assert.equal(withoutVisit(card, { atMs: morning }, setUp).visits, 1)
    assert.equal(withoutVisit(card, { atMs: morning + HOUR_MS }, setUp).visits, 0)
  })

  it('are not had again by a clock that is set back over midnight', () => {
    const afterMidnight = Date.UTC(2026, 0, 5, 15, 1)
    const card = visited(cafe, [afterMidnight, afterMidnight, afterMidnight])
    const back = afterMidnight - 2 * MINUTE_MS
    assert.equal(dayOf(back, cafe.timeZone), dayOf(afterMidnight, cafe.timeZone) - 1)
    assert.equal(hitByVisits(cafe, card, back)?.reason, 'too-many-today')
    assert.equal(withVisit(card, dayOf(back, cafe.timeZone), back).visits, 4)
  })

  it('are not had again by a café that moves to a time zone where it is still yesterday', () => {
    const card = visited(cafe, [morning, morning, morning])
    const moved = cafeIn('America/New_York')
    assert.ok(dayOf(morning, moved.timeZone) < dayOf(morning, cafe.timeZone))
    assert.equal(hitByVisits(moved, card, morning + HOUR_MS)?.reason, 'too-many-today')
  })

  for (const [zone, date] of [
    ['Europe/Berlin', Date.UTC(2026, 2, 28, 12)], // the night has 23 hours
    ['Europe/Berlin', Date.UTC(2026, 9, 24, 12)], // 25 hours
    ['America/Havana', Date.UTC(2026, 2, 7, 17)], // midnight itself does not exist
    ['America/Havana', Date.UTC(2026, 9, 31, 17)], // midnight is there twice
    ['Pacific/Apia', Date.UTC(2011, 11, 29, 20)], // a whole day was left out
  ] as const) {
    it(`never start anew within a day where the clocks change: ${zone} from ${new Date(date).toISOString()}`, () => {
      const place = cafeIn(zone, { stampGapSeconds: 0 })
      let card = visited(place, [])
      const perDay = new Map<string, number>()
      for (let atMs = date; atMs < date + 48 * HOUR_MS; atMs += 10 * MINUTE_MS) {
        const hit = hitByVisits(place, card, atMs)
        if (hit !== null) {
          assert.ok(hit.againAtMs !== null && hit.againAtMs > atMs)
          assert.equal(hitByVisits(place, card, hit.againAtMs), null, 'what is promised holds')
          assert.notEqual(hitByVisits(place, card, hit.againAtMs - 1), null, 'and nothing earlier')
          continue
        }
        card = withVisit(card, dayOf(atMs, zone), atMs)
        const day = Temporal.Instant.fromEpochMilliseconds(atMs)
          .toZonedDateTimeISO(zone)
          .toPlainDate()
          .toString()
        perDay.set(day, (perDay.get(day) ?? 0) + 1)
      }
      assert.ok(perDay.size >= 2)
      for (const [day, visits] of perDay) assert.equal(visits, 3, day)
    })
  }
})

describe('stamps a visit', () => {
  const cafe = cafeIn('Asia/Seoul', { stampsAVisit: 4 })

  it('are so many and no more; time does not help', () => {
    assert.equal(hitAtOnce(cafe, 4), null)
    assert.deepEqual(hitAtOnce(cafe, 5), { reason: 'too-many-at-once', againAtMs: null })
  })

  it('may be lifted by staff up to what a visit usually may bring', () => {
    assert.ok(mayLift(cafe, 9))
    assert.ok(!mayLift(cafe, 10))
    assert.ok(mayLift(cafeIn('Asia/Seoul', { stampsAVisit: 20 }), 20))
  })
})

describe('what an unproven browser is told of a limit', () => {
  const cafe = cafeIn('Asia/Seoul')
  const at = Date.UTC(2026, 0, 5, 3)
  const soon = { reason: 'too-soon', againAtMs: at + 120_000 } as const
  const today = { reason: 'too-many-today', againAtMs: at } as const
  const isOwn = (hit: typeof soon | typeof today, ...lines: Entry[]) =>
    isOwnHit(hit, { card: visited(cafe, [at]), lines, browserId: 'mine' }, cafe.timeZone)

  it('is when it may be stamped again after a stamp of its own', () => {
    assert.ok(isOwn(soon, line({ atMs: at, browserId: 'mine' })))
  })

  it('is nothing of a stamp that another browser, the kiosk or staff have made', () => {
    assert.ok(!isOwn(soon, line({ atMs: at, browserId: 'another' })))
    assert.ok(!isOwn(soon, line({ atMs: at, browserId: null })))
    assert.ok(!isOwn(soon, line({ kind: 'redeem', stamps: -3, atMs: at, browserId: 'mine' })))
    assert.ok(!isOwn(soon))
  })

  it('is the day when all of its visits were its own, and nothing when one of them was not', () => {
    const [one, other] = [
      line({ atMs: at, browserId: 'mine' }),
      line({ atMs: at - HOUR_MS, browserId: 'mine' }),
    ]
    assert.ok(isOwn(today, one, other))
    assert.ok(!isOwn(today, one, { ...other, browserId: null }))
    assert.ok(isOwn(today, one, { ...other, browserId: null, atMs: at - 24 * HOUR_MS }))
  })

  it('is nothing where the card has more lines today than were looked at', () => {
    assert.ok(!isOwn(today, line({ atMs: at, browserId: 'mine', previousId: 'older' })))
  })
})

function cafeIn(timeZone: string, more: Partial<LimitedCafe> = {}): LimitedCafe {
  return { timeZone, setUpAtMs: 1, stampGapSeconds: 120, visitsADay: 3, stampsAVisit: 9, ...more }
}

/** A card that was stamped at these times. */
function visited(cafe: LimitedCafe, timesMs: readonly number[]): Card {
  const visited = { lastStampAtMs: null, visitsDay: null, visits: 0, lastCodeStep: null }
  const fresh = { cafeId: 1, id: 'c', balance: 0, promisedVersion: 1, lastEntryId: null, ...visited }
  return timesMs.reduce<Card>((card, atMs) => withVisit(card, dayOf(atMs, cafe.timeZone), atMs), fresh)
}

function line(more: Partial<Entry>): Entry {
  const nobody = { personId: null, deviceId: null, branchId: null, counterpartId: null, overLimit: null }
  const plain = { id: 'e', cafeId: 1, cardId: 'c', kind: 'stamp', stamps: 1, balance: 1, atMs: 0 } as const
  const ids = { previousId: null, browserId: null, browserPreviousId: null, rewardId: null, undoesId: null }
  return { ...plain, programmeVersion: 1, actor: 'browser', ...ids, reason: null, ...nobody, ...more }
}
