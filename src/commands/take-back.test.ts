import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { Shift } from '../../test/shift.ts'
import { phoneNumber, World } from '../../test/world.ts'

const MINUTE_MS = 60_000
const [one, two] = [phoneNumber(1), phoneNumber(2)]

onEveryEngine('undoing at the counter', (engine) => {
  it('by one tap is for the last line, within a minute, by whoever made it or at the same counter', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const atSameCounter = { ...shift.colleague, device: shift.barista.device }
    const onOwnPhone = { ...shift.barista, device: null }
    for (const undoer of [shift.barista, atSameCounter, onOwnPhone]) {
      const line = await stampBy(shift, shift.barista)
      world.clock.nowMs += MINUTE_MS
      const undone = await shift.undo(undoer, line)
      assert.ok(undone.ok)
      assert.deepEqual([undone.entry.kind, undone.entry.personId], ['void', undoer.person.id])
      assert.deepEqual([undone.entry.deviceId, undone.entry.reason], [undoer.device?.id ?? null, null])
    }
    assert.equal((await shift.cardOf(one)).balance, 0)
  })

  it('later takes a manager with a reason', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const line = await stampBy(shift, shift.barista)
    world.clock.nowMs += MINUTE_MS + 1
    assert.deepEqual(await shift.undo(shift.barista, line), { ok: false, reason: 'undo-too-late' })
    assert.deepEqual(await shift.undo(shift.barista, line, 'a reason'), {
      ok: false,
      reason: 'undo-too-late',
    })
    for (const reason of [null, '', '  '])
      assert.deepEqual(await shift.undo(shift.manager, line, reason), { ok: false, reason: 'reason-missing' })
    const undone = await shift.undo(shift.manager, line, 'wrong customer')
    assert.ok(undone.ok && undone.entry.reason === 'wrong customer')
  })

  it('of another’s line takes a manager with a reason, however fresh it is', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const line = await stampBy(shift, shift.barista)
    assert.deepEqual(await shift.undo(shift.colleague, line), { ok: false, reason: 'not-yours' })
    assert.deepEqual(await shift.undo(shift.kiosk, line), { ok: false, reason: 'not-yours' })
    assert.deepEqual(await shift.undo(shift.browser, line), { ok: false, reason: 'not-yours' })
    const bothOnPhones = { ...shift.colleague, device: null }
    const onOwnPhone = await shift.stamp({ ...shift.barista, device: null }, { phone: two })
    const entryId = onOwnPhone.ok ? String(onOwnPhone.answer.entryId) : ''
    assert.deepEqual(await shift.undo(bothOnPhones, entryId), { ok: false, reason: 'not-yours' })
    assert.deepEqual(await shift.undo(shift.manager, line), { ok: false, reason: 'reason-missing' })
    assert.ok((await shift.undo(shift.manager, line, 'not a customer')).ok)
  })

  it('of a stamp at the kiosk is for whoever is at the counter of its branch', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const elsewhere = {
      ...shift.colleague,
      device: { id: world.random.uuid(), branchId: world.random.uuid() },
    }
    const first = await shift.stampAtKiosk(one)
    assert.deepEqual(await shift.undo(elsewhere, first.entryId), { ok: false, reason: 'not-yours' })
    assert.ok((await shift.undo(shift.colleague, first.entryId)).ok)
    const second = await shift.stampAtKiosk(one)
    world.clock.nowMs += MINUTE_MS + 1
    assert.deepEqual(await shift.undo(shift.barista, second.entryId), { ok: false, reason: 'undo-too-late' })
  })

  it('by one tap is not for a line that another has followed', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const first = await stampBy(shift, shift.barista)
    await stampBy(shift, shift.colleague)
    assert.deepEqual(await shift.undo(shift.barista, first), { ok: false, reason: 'undo-too-late' })
  })

  it('of a line that is not there, of another café, or undone already, says so', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    await world.bind(one, 1, world.rival)
    const theirs = (await world.history(one, world.rival))[0]
    for (const id of [world.random.uuid(), String(theirs?.id)])
      assert.deepEqual(await shift.undo(shift.manager, id, 'why'), { ok: false, reason: 'no-such-entry' })
    const line = await stampBy(shift, shift.barista)
    const outcomes = await Promise.all([1, 2, 3].map(() => shift.undo(shift.barista, line)))
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    for (const outcome of outcomes) if (!outcome.ok) assert.equal(outcome.reason, 'already-undone')
    const undoing = (await world.history(one))[0]
    assert.deepEqual(await shift.undo(shift.barista, String(undoing?.id)), {
      ok: false,
      reason: 'not-undoable',
    })
  })

  it('gives the visit back, and lifts the wait', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, { visitsADay: 1 })
    const line = await stampBy(shift, shift.barista)
    assert.equal((await shift.stamp(shift.kiosk, { phone: one })).ok, false)
    assert.ok((await shift.undo(shift.barista, line)).ok)
    assert.ok((await shift.stamp(shift.kiosk, { phone: one })).ok)
    assert.equal((await shift.stamp(shift.kiosk, { phone: one })).ok, false)
  })

  it('of stamps that were spent since is refused', async () => {
    await using world = await World.make({ engine, cost: 2 })
    const shift = await Shift.begin(world)
    const line = await stampBy(shift, shift.barista, 2)
    const { id: cardId } = await shift.cardOf(one)
    const redeemed = await shift.redeem(shift.barista, { cardId })
    assert.ok(redeemed.ok)
    assert.deepEqual(await shift.undo(shift.manager, line, 'late'), { ok: false, reason: 'already-spent' })
    assert.ok((await shift.undo(shift.barista, String(redeemed.answer.entryId))).ok)
    assert.equal((await shift.cardOf(one)).balance, 2)
  })
})

onEveryEngine('moving a stamp to the right number', (engine) => {
  it('takes it off one card and puts it onto the other, named on both', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    await world.bind(two, 3)
    const line = await stampBy(shift, shift.barista, 2)
    world.clock.nowMs += 9 * MINUTE_MS
    const moved = await shift.move(shift.barista, line, { phone: two })
    assert.ok(moved.ok)
    assert.deepEqual([(await shift.cardOf(one)).balance, (await shift.cardOf(two)).balance], [0, 5])
    const { off, on } = moved
    assert.deepEqual([off.kind, off.stamps, off.undoesId, off.counterpartId], ['move', -2, line, null])
    assert.deepEqual([on.kind, on.stamps, on.undoesId, on.counterpartId], ['move', 2, null, off.id])
    for (const entry of [off, on])
      assert.deepEqual(
        [entry.personId, entry.deviceId, entry.branchId],
        [shift.barista.person.id, shift.barista.device?.id, shift.branchId],
      )
    assert.deepEqual(await world.faults(), [])
  })

  it('opens the right card where the number has none, or goes to one that staff found', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    assert.ok((await shift.move(shift.barista, await stampBy(shift, shift.barista), { phone: two })).ok)
    const { id: cardId } = await shift.cardOf(two)
    assert.ok((await shift.move(shift.barista, await stampBy(shift, shift.barista), { cardId })).ok)
    assert.equal((await shift.cardOf(two)).balance, 2)
    assert.deepEqual(await world.faults(), [])
  })

  it('is done once, whether moved or undone first', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const line = await stampBy(shift, shift.barista)
    const outcomes = await Promise.all([
      shift.move(shift.barista, line, { phone: two }),
      shift.undo(shift.barista, line),
      shift.move(shift.barista, line, { phone: phoneNumber(3) }),
    ])
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    for (const outcome of outcomes) if (!outcome.ok) assert.equal(outcome.reason, 'already-undone')
    assert.deepEqual(await world.faults(), [])
  })

  it('may be put right again when it went to a third number', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const first = await shift.move(shift.barista, await stampBy(shift, shift.barista), { phone: two })
    assert.ok(first.ok)
    assert.deepEqual(await shift.move(shift.barista, first.off.id, { phone: two }), {
      ok: false,
      reason: 'not-undoable',
    })
    assert.ok((await shift.move(shift.barista, first.on.id, { phone: phoneNumber(3) })).ok)
    assert.deepEqual(
      [(await shift.cardOf(two)).balance, (await shift.cardOf(phoneNumber(3))).balance],
      [0, 1],
    )
    assert.deepEqual(await world.faults(), [])
  })

  it('is refused to the same card, to none, of spent stamps, of another café’s, of a redeem', async () => {
    await using world = await World.make({ engine, cost: 2 })
    const shift = await Shift.begin(world)
    const line = await stampBy(shift, shift.barista, 2)
    const { id: cardId } = await shift.cardOf(one)
    await world.bind(two, 1, world.rival)
    const theirs = await world.store.cards.findByPhone(world.rival.id, two)
    const refusal = async (undoneId: string, to: { phone?: typeof one; cardId?: string }) => {
      const outcome = await shift.move(shift.barista, undoneId, to)
      return outcome.ok ? null : outcome.reason
    }
    assert.equal(await refusal(line, { phone: one }), 'same-card')
    assert.equal(await refusal(line, { cardId }), 'same-card')
    assert.equal(await refusal(line, { cardId: String(theirs?.id) }), 'no-such-card')
    assert.equal(await refusal(line, {}), 'no-such-card')
    assert.equal(await refusal(world.random.uuid(), { phone: two }), 'no-such-entry')
    const redeemed = await shift.redeem(shift.barista, { cardId })
    assert.equal(await refusal(line, { phone: two }), 'already-spent')
    assert.equal(
      await refusal(redeemed.ok ? String(redeemed.answer.entryId) : '', { phone: two }),
      'not-undoable',
    )
  })

  it('within ten minutes is for whoever made the line, later for a manager with a reason', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const line = await stampBy(shift, shift.barista)
    assert.deepEqual(await shift.move(shift.colleague, line, { phone: two }), {
      ok: false,
      reason: 'not-yours',
    })
    world.clock.nowMs += 10 * MINUTE_MS + 1
    assert.deepEqual(await shift.move(shift.barista, line, { phone: two }), {
      ok: false,
      reason: 'undo-too-late',
    })
    assert.deepEqual(await shift.move(shift.manager, line, { phone: two }), {
      ok: false,
      reason: 'reason-missing',
    })
    assert.ok((await shift.move(shift.manager, line, { phone: two }, { reason: 'wrong number' })).ok)
  })

  it('takes from the browser that earned it what it earned, and takes the visit along', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.setUp(world, { visitsADay: 1 })
    const { linkId, browserId, entryId } = await shift.stampAtKiosk(one)
    assert.ok((await shift.claim(linkId)).ok)
    assert.equal((await world.view(browserId))?.stamps, 1)
    assert.ok((await shift.stamp(shift.kiosk, { phone: two })).ok)
    const moved = await shift.move(shift.manager, entryId, { phone: two }, { reason: 'typed wrong' })
    assert.ok(moved.ok, 'although the right card has had its visit')
    assert.equal((await world.view(browserId))?.stamps, 0)
    assert.equal((await shift.stamp(shift.kiosk, { phone: two })).ok, false)
    assert.ok((await shift.stamp(shift.kiosk, { phone: one })).ok, 'its visit went along')
    assert.equal((await shift.cardOf(two)).visits, 2)
    assert.deepEqual(await world.faults(), [])
  })

  it('takes it from that browser also where others have stamps on the wrong card', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    await world.bind(one, 5)
    const { linkId, browserId, entryId } = await shift.stampAtKiosk(one)
    assert.ok((await shift.claim(linkId)).ok)
    assert.ok((await shift.move(shift.manager, entryId, { phone: two }, { reason: 'typed wrong' })).ok)
    assert.equal((await world.view(browserId))?.stamps, 0)
    assert.equal((await shift.cardOf(one)).balance, 5)
    assert.deepEqual(await world.faults(), [])
  })

  it('criss-cross, heard by two processes at once, comes through whole', async () => {
    await using world = await World.make({ engine })
    const beside = await world.openBeside()
    try {
      const shift = await Shift.begin(world)
      const numbers = [1, 2, 3, 4].map((place) => phoneNumber(place))
      const lines = []
      for (let time = 0; time < 24; time += 1)
        lines.push({ from: time % 4, id: await stampBy(shift, shift.barista, 1, numbers[time % 4]) })
      const moves = lines.map(({ from, id }, place) => {
        const phone = numbers[(from + 1 + (place % 3)) % 4] ?? one
        return shift.move(shift.barista, id, { phone }, { store: place % 2 === 0 ? world.store : beside })
      })
      for (const outcome of await Promise.all(moves)) assert.ok(outcome.ok)
      const balances = await Promise.all(numbers.map(async (phone) => (await shift.cardOf(phone)).balance))
      assert.equal(
        balances.reduce((sum, balance) => sum + balance, 0),
        24,
      )
      assert.deepEqual(await world.faults(), [])
    } finally {
      await beside.close()
    }
  })
})

onEveryEngine('redeeming at the counter', (engine) => {
  it('spends from the card what no browser has to own, with the name of whoever did it and without a ticket', async () => {
    await using world = await World.make({ engine, cost: 3 })
    const shift = await Shift.begin(world)
    await world.bind(one, 2)
    const line = await stampBy(shift, shift.barista, 2)
    assert.ok(line)
    const { id: cardId } = await shift.cardOf(one)
    const outcome = await shift.redeem(shift.barista, { cardId })
    assert.ok(outcome.ok && outcome.answer.browserId === null)
    const redeem = await world.store.entries.find(world.cafe.id, String(outcome.answer.entryId))
    assert.deepEqual(
      [redeem?.actor, redeem?.stamps, redeem?.personId, redeem?.deviceId, redeem?.browserId],
      ['staff', -3, shift.barista.person.id, shift.barista.device?.id, null],
    )
    assert.equal((await shift.cardOf(one)).balance, 1)
    assert.deepEqual(await world.faults(), [])
  })

  it('keeps the card’s promise, and clamps what browsers own', async () => {
    await using world = await World.make({ engine, cost: 3 })
    const shift = await Shift.begin(world)
    const browserId = await world.bind(one, 4)
    await world.setCost(9)
    assert.ok((await shift.redeem(shift.barista, { cardId: (await shift.cardOf(one)).id })).ok)
    assert.equal((await world.view(browserId))?.stamps, 1)
  })

  it('of one coffee by fifty at once, at two processes, gives one', async () => {
    await using world = await World.make({ engine })
    const beside = await world.openBeside()
    try {
      const shift = await Shift.begin(world)
      const browserId = await world.bind(one, 10)
      const { id: cardId } = await shift.cardOf(one)
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, place) =>
          place % 3 === 0
            ? shift.redeem(shift.browser, { browserId })
            : shift.redeem(shift.barista, { cardId }, place % 2 === 0 ? world.store : beside),
        ),
      )
      assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
      for (const outcome of outcomes) if (!outcome.ok) assert.equal(outcome.reason, 'not-enough')
      assert.deepEqual(await world.faults(), [])
    } finally {
      await beside.close()
    }
  })

  it('is refused to a kiosk, to a browser by a card’s id, and on another café’s card', async () => {
    await using world = await World.make({ engine, cost: 1 })
    const shift = await Shift.begin(world)
    await world.bind(one, 5)
    await world.bind(one, 5, world.rival)
    const { id: cardId } = await shift.cardOf(one)
    for (const actor of [shift.kiosk, shift.browser])
      assert.deepEqual(await shift.redeem(actor, { cardId }), { ok: false, reason: 'unknown-browser' })
    const theirs = await world.store.cards.findByPhone(world.rival.id, one)
    assert.deepEqual(await shift.redeem(shift.barista, { cardId: String(theirs?.id) }), {
      ok: false,
      reason: 'no-such-card',
    })
    assert.deepEqual(await shift.redeem(shift.barista, {}), { ok: false, reason: 'no-such-card' })
  })
})

async function stampBy(shift: Shift, actor: Shift['barista'], stamps = 1, phone = one): Promise<string> {
  const outcome = await shift.stamp(actor, { phone, stamps })
  if (!outcome.ok) throw new Error(outcome.reason)
  return String(outcome.answer.entryId)
}
