import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { Shift } from '../../test/shift.ts'
import { phoneNumber, World } from '../../test/world.ts'
import { counterCode, judgeCode, STEP_MS, stepOf } from '../rules/counter-code.ts'
import { counterCodeKeyOf } from '../store/keys.ts'

const MINUTE_MS = 60_000
const one = phoneNumber(1)

onEveryEngine('the limits after setup', (engine) => {
  it('hold at every door: the next visit is two minutes later, whoever stamps', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world)
    assert.ok((await shift.stamp(shift.browser, { phone: one })).ok)
    const again = { ok: false, reason: 'too-soon', againAtMs: world.clock.nowMs + 2 * MINUTE_MS }
    world.clock.nowMs += 2 * MINUTE_MS - 1
    for (const actor of [shift.kiosk, shift.barista, shift.manager])
      assert.deepEqual(await shift.stamp(actor, { phone: one }), again)
    world.clock.nowMs += 1
    assert.ok((await shift.stamp(shift.kiosk, { phone: one })).ok)
    assert.equal((await shift.cardOf(one)).balance, 2)
  })

  it('hold in every mode', async () => {
    await using world = await World.make({ engine })
    for (const [place, mode] of (['self', 'counter', 'code', 'approve'] as const).entries()) {
      const shift = await Shift.setUp(world, { mode })
      assert.ok((await shift.stamp(shift.barista, { phone: phoneNumber(place) })).ok)
      const second = await shift.stamp(shift.kiosk, { phone: phoneNumber(place) })
      assert.equal(!second.ok && second.reason, 'too-soon', mode)
    }
  })

  it('allow three visits a day of nine stamps each, and say when the next day begins', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world)
    for (let visit = 0; visit < 3; visit += 1) {
      assert.ok((await shift.stamp(shift.barista, { phone: one, stamps: 9 })).ok)
      world.clock.nowMs += 60 * MINUTE_MS
    }
    const midnight = Date.UTC(2026, 0, 5, 15)
    const refused = { ok: false, reason: 'too-many-today', againAtMs: midnight }
    assert.deepEqual(await shift.stamp(shift.barista, { phone: one }), refused)
    world.clock.nowMs = midnight
    assert.ok((await shift.stamp(shift.barista, { phone: one })).ok)
    assert.equal((await shift.cardOf(one)).balance, 28)
  })

  it('refuse a tenth stamp at once, and open no card for it', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world)
    const refused = { ok: false, reason: 'too-many-at-once' }
    assert.deepEqual(await shift.stamp(shift.barista, { phone: one, stamps: 10 }), refused)
    assert.deepEqual(await shift.stamp(shift.barista, { phone: one, stamps: 10, isOverLimit: true }), refused)
    assert.equal(await world.store.cards.findByPhone(world.cafe.id, one), null)
  })

  it('let exactly two of fifty through that come at once under a cap of two', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, { stampGapSeconds: 0, visitsADay: 2 })
    const doors = [shift.browser, shift.kiosk, shift.barista]
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, place) => shift.stamp(doors[place % 3] ?? shift.kiosk, { phone: one })),
    )
    assert.equal(outcomes.filter(({ ok }) => ok).length, 2)
    assert.equal((await shift.cardOf(one)).balance, 2)
    assert.deepEqual(await world.faults(), [])
  })

  it('let exactly two of fifty through that two processes hear at once', async () => {
    await using world = await World.make({ engine })
    const beside = await world.openBeside()
    try {
      const shift = await Shift.setUp(world, { stampGapSeconds: 0, visitsADay: 2 })
      const stores = [world.store, beside]
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, place) => shift.stamp(shift.kiosk, { phone: one }, stores[place % 2])),
      )
      assert.equal(outcomes.filter(({ ok }) => ok).length, 2)
      assert.equal((await shift.cardOf(one)).balance, 2)
    } finally {
      await beside.close()
    }
  })

  it('are lifted by staff with their name, and the line says which', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world)
    assert.ok((await shift.stamp(shift.kiosk, { phone: one })).ok)
    for (const actor of [shift.kiosk, shift.browser])
      assert.equal((await shift.stamp(actor, { phone: one, isOverLimit: true })).ok, false)
    assert.ok((await shift.stamp(shift.barista, { phone: one, isOverLimit: true })).ok)
    world.clock.nowMs += 60 * MINUTE_MS
    assert.ok((await shift.stamp(shift.barista, { phone: one, isOverLimit: true })).ok)
    world.clock.nowMs += 60 * MINUTE_MS
    assert.ok((await shift.stamp(shift.barista, { phone: one, isOverLimit: true })).ok)
    await shift.set({ stampsAVisit: 2 })
    assert.ok((await shift.stamp(shift.barista, { phone: phoneNumber(2), stamps: 5, isOverLimit: true })).ok)
    const lines = await world.history(one)
    assert.deepEqual(
      lines.map(({ overLimit, personId }) => [overLimit, personId === shift.barista.person.id]),
      [
        ['too-many-today', true],
        [null, true],
        ['too-soon', true],
        [null, false],
      ],
    )
    assert.equal((await world.history(phoneNumber(2)))[0]?.overLimit, 'too-many-at-once')
  })

  it('tell an unproven browser only of what it did itself', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world)
    const mine = await shift.stamp(shift.browser, { phone: one })
    const browserId = mine.ok ? mine.answer.browserId : null
    const own = { ok: false, reason: 'too-soon', againAtMs: world.clock.nowMs + 2 * MINUTE_MS }
    assert.deepEqual(await shift.stamp(shift.browser, { browserId }), own)

    const untold = { ok: false, reason: 'too-soon', againAtMs: null }
    assert.deepEqual(await shift.stamp(shift.browser, { phone: one }), untold, 'a stranger with the number')
    world.clock.nowMs += 3 * MINUTE_MS
    assert.ok((await shift.stamp(shift.kiosk, { phone: one })).ok)
    assert.deepEqual(await shift.stamp(shift.browser, { browserId }), untold, 'stamped elsewhere')
    world.clock.nowMs += 3 * MINUTE_MS
    assert.ok((await shift.stamp(shift.barista, { phone: one })).ok)
    world.clock.nowMs += 3 * MINUTE_MS
    assert.deepEqual(await shift.stamp(shift.browser, { browserId }), untold, 'three visits, two elsewhere')
    await world.prove(String(browserId))
    const told = await shift.stamp(shift.browser, { browserId })
    assert.ok(!told.ok && told.reason === 'too-many-today' && told.againAtMs)
  })

  it('leave a browser as it was when they refuse it another number', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world)
    const mine = await shift.stamp(shift.browser, { phone: one })
    const browserId = mine.ok ? mine.answer.browserId : null
    assert.ok((await shift.stamp(shift.kiosk, { phone: phoneNumber(2) })).ok)
    const refused = await shift.stamp(shift.browser, { browserId, phone: phoneNumber(2) })
    assert.deepEqual(refused, { ok: false, reason: 'too-soon', againAtMs: null })
    assert.equal((await world.view(String(browserId)))?.stamps, 1)
  })

  it('of one café know nothing of its rival', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world)
    await world.bind(one, 1, world.rival)
    assert.ok((await shift.stamp(shift.kiosk, { phone: one })).ok)
  })

  it('are none on trial, and what was tried out then does not count on the day of setup', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    for (let time = 0; time < 5; time += 1) assert.ok((await shift.stamp(shift.browser, { phone: one })).ok)
    world.clock.nowMs += 2 * MINUTE_MS
    await shift.set({ setUpAtMs: world.clock.nowMs, visitsADay: 1 })
    assert.ok((await shift.stamp(shift.kiosk, { phone: one })).ok)
    world.clock.nowMs += 2 * MINUTE_MS
    assert.equal((await shift.stamp(shift.kiosk, { phone: one })).ok, false)
  })
})

onEveryEngine('who may stamp after setup', (engine) => {
  it('in counter mode is whoever stands behind it', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, { mode: 'counter', stampGapSeconds: 0 })
    assert.deepEqual(await shift.stamp(shift.browser, { phone: one }), { ok: false, reason: 'counter-only' })
    assert.equal(await world.store.cards.findByPhone(world.cafe.id, one), null)
    assert.ok((await shift.stamp(shift.kiosk, { phone: one })).ok)
    assert.ok((await shift.stamp(shift.barista, { cardId: (await shift.cardOf(one)).id, stamps: 3 })).ok)
    const [byStaff, byKiosk] = await world.history(one)
    assert.deepEqual(
      [
        byStaff?.actor,
        byStaff?.stamps,
        byStaff?.personId,
        byStaff?.deviceId,
        byStaff?.branchId,
        byStaff?.browserId,
      ],
      ['staff', 3, shift.barista.person.id, shift.barista.device?.id, shift.branchId, null],
    )
    assert.deepEqual(
      [byKiosk?.actor, byKiosk?.personId, byKiosk?.deviceId],
      ['kiosk', null, shift.kiosk.device.id],
    )
  })

  it('in approve mode is nobody’s browser by itself', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, { mode: 'approve' })
    assert.deepEqual(await shift.stamp(shift.browser, { phone: one }), { ok: false, reason: 'counter-only' })
  })

  it('by staff on a card that is not there, or another café’s, is refused', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, { mode: 'counter' })
    await world.bind(one, 1, world.rival)
    const theirs = await world.store.cards.findByPhone(world.rival.id, one)
    for (const cardId of [world.random.uuid(), String(theirs?.id)])
      assert.deepEqual(await shift.stamp(shift.barista, { cardId }), { ok: false, reason: 'no-such-card' })
  })

  it('answers with the line, and never gives a device a browser', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, { mode: 'counter' })
    const { outcome, entryId, browserId } = await shift.stampAtKiosk(one)
    assert.ok(outcome.ok)
    assert.deepEqual([outcome.answer.entryId, outcome.answer.browserId], [entryId, null])
    assert.equal((await world.store.browsers.find(world.cafe.id, browserId))?.own, 1)
    const without = world.newIds()
    assert.ok((await shift.stamp(shift.kiosk, { phone: phoneNumber(2), newIds: without })).ok)
    assert.equal(await world.store.browsers.find(world.cafe.id, without.browser), null)
  })
})

onEveryEngine('the counter’s code', (engine) => {
  it('lets a browser stamp, and without it nothing happens', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, { mode: 'code', stampGapSeconds: 0 })
    assert.deepEqual(await shift.stamp(shift.browser, { phone: one }), { ok: false, reason: 'code-missing' })
    assert.equal(await world.store.cards.findByPhone(world.cafe.id, one), null)
    const codeStep = stepOf(world.clock.nowMs)
    assert.ok((await shift.stamp(shift.browser, { phone: one, codeStep })).ok)
    assert.ok((await shift.stamp(shift.kiosk, { phone: one })).ok)
  })

  it('stamps a card once, however often it is brought, and the one before it not after it', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, { mode: 'code', stampGapSeconds: 0, visitsADay: 50 })
    const codeStep = stepOf(world.clock.nowMs)
    const outcomes = []
    for (let breath = 0; breath < 10; breath += 1) {
      const together = Array.from({ length: 100 }, () => shift.stamp(shift.browser, { phone: one, codeStep }))
      outcomes.push(...(await Promise.all(together)))
    }
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    for (const outcome of outcomes) if (!outcome.ok) assert.equal(outcome.reason, 'code-used')
    assert.equal((await shift.cardOf(one)).balance, 1)
    const before = await shift.stamp(shift.browser, { phone: one, codeStep: codeStep - 1 })
    assert.deepEqual(before, { ok: false, reason: 'code-used' })
    assert.ok((await shift.stamp(shift.browser, { phone: phoneNumber(2), codeStep })).ok, 'another card')
    assert.ok((await shift.stamp(shift.browser, { phone: one, codeStep: codeStep + 1 })).ok)
  })

  it('is made with a key of its own, and a minute later it is too old', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, { mode: 'code' })
    const key = counterCodeKeyOf({ current: 'a root secret of at least thirty-two bytes' })
    const other = counterCodeKeyOf({ current: 'another root secret, of the same length…' })
    assert.ok(key.length === 32 && !key.equals(other))
    const place = { cafeId: world.cafe.id, branchId: shift.branchId, step: stepOf(world.clock.nowMs) }
    const code = counterCode(key, place)
    const judge = (nowMs: number) =>
      judgeCode(key, { cafeId: world.cafe.id, branchIds: [shift.branchId], code, nowMs })
    assert.ok(judge(world.clock.nowMs).ok && judge(world.clock.nowMs + STEP_MS).ok)
    assert.deepEqual(judge(world.clock.nowMs + 61_000), { ok: false, reason: 'code-expired' })
  })
})
