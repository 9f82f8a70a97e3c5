import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { Shift } from '../../test/shift.ts'
import { phoneNumber, World } from '../../test/world.ts'

const MINUTE_MS = 60_000
const one = phoneNumber(1)
const approve = { mode: 'approve' } as const

onEveryEngine('asking for a stamp', (engine) => {
  it('binds the browser, without a stamp, and allowed becomes its own', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, approve)
    const { outcome, requestId } = await shift.ask({ phone: one })
    const browserId = outcome.ok ? String(outcome.answer.browserId) : ''
    assert.equal((await world.view(browserId))?.stamps, 0)
    assert.deepEqual(await open(shift), [requestId])

    const allowed = await shift.decide(shift.barista, requestId, 'allow')
    assert.ok(allowed.ok)
    assert.equal((await world.view(browserId))?.stamps, 1)
    const entry = await world.store.entries.find(world.cafe.id, String(allowed.answer.entryId))
    assert.deepEqual(
      [entry?.actor, entry?.personId, entry?.deviceId, entry?.browserId],
      ['staff', shift.barista.person.id, shift.barista.device?.id, browserId],
    )
    const request = await world.store.requests.find(world.cafe.id, requestId)
    assert.deepEqual([request?.decision, request?.entryId], ['allow', entry?.id])
    assert.deepEqual(await open(shift), [])
    assert.deepEqual(await world.faults(), [])
  })

  it('refused leaves no line', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, approve)
    const { requestId } = await shift.ask({ phone: one })
    const refused = await shift.decide(shift.barista, requestId, 'refuse')
    assert.ok(refused.ok && refused.answer.stamps === 0)
    assert.deepEqual(await world.history(one), [])
    assert.deepEqual(await shift.decide(shift.barista, requestId, 'allow'), {
      ok: false,
      reason: 'already-decided',
    })
  })

  it('is decided once, however many of the staff tap at the same time', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, approve)
    const { requestId } = await shift.ask({ phone: one })
    const outcomes = await Promise.all(
      (['allow', 'refuse', 'allow', 'allow'] as const).map((decision) =>
        shift.decide(shift.barista, requestId, decision),
      ),
    )
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    for (const outcome of outcomes) if (!outcome.ok) assert.equal(outcome.reason, 'already-decided')
    assert.ok((await world.history(one)).length <= 1)
  })

  it('is decided once also where two processes hear it at the same time', async () => {
    await using world = await World.make({ engine })
    const beside = await world.openBeside()
    try {
      const shift = await Shift.setUp(world, { ...approve, stampGapSeconds: 0, visitsADay: 50 })
      for (let place = 0; place < 15; place += 1) {
        const { requestId } = await shift.ask({ phone: phoneNumber(place) })
        const outcomes = await Promise.all(
          [world.store, beside, world.store, beside].map((store) =>
            shift.decide(shift.barista, requestId, 'allow', { store }),
          ),
        )
        assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
        assert.equal((await shift.cardOf(phoneNumber(place))).balance, 1)
      }
    } finally {
      await beside.close()
    }
  })

  it('is over after two minutes', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, approve)
    const { requestId } = await shift.ask({ phone: one })
    world.clock.nowMs += 2 * MINUTE_MS
    assert.deepEqual(await open(shift), [])
    for (const decision of ['allow', 'refuse'] as const)
      assert.deepEqual(await shift.decide(shift.barista, requestId, decision), {
        ok: false,
        reason: 'request-expired',
      })
    assert.deepEqual(await world.history(one), [])
  })

  it('holds to the limits, and stays open when they stand in the way: staff may lift them', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, approve)
    assert.ok((await shift.stamp(shift.kiosk, { phone: one })).ok)
    const { requestId } = await shift.ask({ phone: one })
    const refused = await shift.decide(shift.barista, requestId, 'allow')
    assert.equal(!refused.ok && refused.reason, 'too-soon')
    assert.deepEqual(await open(shift), [requestId])
    assert.ok((await shift.decide(shift.barista, requestId, 'allow', { isOverLimit: true })).ok)
    assert.equal((await world.history(one))[0]?.overLimit, 'too-soon')
  })

  it('twice while the first is open is one request', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, approve)
    const { outcome, requestId } = await shift.ask({ phone: one })
    const browserId = outcome.ok ? outcome.answer.browserId : null
    const again = await Promise.all([1, 2, 3].map(() => shift.ask({ browserId })))
    for (const { outcome } of again) assert.ok(outcome.ok && outcome.answer.browserId === browserId)
    assert.deepEqual(await open(shift), [requestId])
  })

  it('is for one browser three times in ten minutes', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, approve)
    const first = await shift.ask({ phone: one })
    const browserId = first.outcome.ok ? first.outcome.answer.browserId : null
    await shift.decide(shift.barista, first.requestId, 'refuse')
    for (let time = 0; time < 2; time += 1) {
      const { outcome, requestId } = await shift.ask({ browserId })
      assert.ok(outcome.ok)
      await shift.decide(shift.barista, requestId, 'refuse')
    }
    assert.deepEqual((await shift.ask({ browserId })).outcome, { ok: false, reason: 'too-many-requests' })
    world.clock.nowMs += 10 * MINUTE_MS
    assert.ok((await shift.ask({ browserId })).outcome.ok)
  })

  it('stops at twenty that wait, whoever asks, and opens no card for more', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, approve)
    for (let place = 0; place < 30; place += 1) {
      const { outcome } = await shift.ask({ phone: phoneNumber(place) })
      if (place < 20) assert.ok(outcome.ok)
      else assert.deepEqual(outcome, { ok: false, reason: 'queue-full' })
    }
    assert.equal(await world.store.cards.findByPhone(world.cafe.id, phoneNumber(25)), null)
    world.clock.nowMs += 2 * MINUTE_MS
    assert.ok((await shift.ask({ phone: phoneNumber(40) })).outcome.ok)
  })

  it('stops at twenty of two hundred that two processes hear at once', async () => {
    await using world = await World.make({ engine })
    const beside = await world.openBeside()
    try {
      const shift = await Shift.setUp(world, approve)
      const asked = await Promise.all(
        Array.from({ length: 200 }, (_, place) =>
          shift.ask({ phone: phoneNumber(place) }, place % 2 === 0 ? world.store : beside),
        ),
      )
      assert.equal(asked.filter(({ outcome }) => outcome.ok).length, 20)
      assert.equal((await open(shift)).length, 20)
    } finally {
      await beside.close()
    }
  })

  it('is for cafés that approve, by browsers that are known or say a number', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world)
    assert.deepEqual((await shift.ask({ phone: one })).outcome, { ok: false, reason: 'counter-only' })
    await shift.set(approve)
    assert.deepEqual((await shift.ask({})).outcome, { ok: false, reason: 'phone-missing' })
  })

  it('of another café, or by a browser that was “not me” since, comes to nothing', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, approve)
    const { outcome, requestId } = await shift.ask({ phone: one })
    const rival = { ...shift.barista, cafeId: world.rival.id }
    assert.deepEqual(await shift.decide(shift.barista, world.random.uuid(), 'allow'), {
      ok: false,
      reason: 'not-found',
    })
    await world.forget(outcome.ok ? String(outcome.answer.browserId) : '')
    assert.deepEqual(await shift.decide(shift.barista, requestId, 'allow'), {
      ok: false,
      reason: 'request-expired',
    })
    assert.deepEqual(await world.history(one), [])
    shift.cafe = world.rival
    assert.deepEqual(await shift.decide(rival, requestId, 'allow'), { ok: false, reason: 'not-found' })
  })
})

async function open(shift: Shift): Promise<readonly string[]> {
  const requests = await shift.world.store.requests.open(shift.cafe.id, shift.world.clock.nowMs)
  return requests.map(({ id }) => id)
}
