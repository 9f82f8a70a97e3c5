import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { phoneNumber, World } from '../../test/world.ts'
import { type Ask, answerOnce } from './answer-once.ts'
import { stampCard } from './stamp-card.ts'

onEveryEngine('stamping', (engine) => {
  it('opens a card for a number and binds the browser that typed it', async () => {
    await using world = await World.make({ engine })
    const browserId = await world.bind(phoneNumber(1))
    assert.equal((await world.view(browserId))?.stamps, 1)
    assert.equal((await world.store.cards.findByPhone(world.cafe.id, phoneNumber(1)))?.balance, 1)
  })

  it('needs no number from a browser that is known', async () => {
    await using world = await World.make({ engine })
    const browserId = await world.bind(phoneNumber(1))
    const outcome = await world.stamp({ browserId })
    assert.ok(outcome.ok && outcome.answer.browserId === browserId)
    assert.equal((await world.view(browserId))?.stamps, 2)
  })

  it('by a known browser that types its own number goes on as ever', async () => {
    await using world = await World.make({ engine })
    const browserId = await world.bind(phoneNumber(1))
    const outcome = await world.stamp({ browserId, phone: phoneNumber(1) })
    assert.ok(outcome.ok && outcome.answer.browserId === browserId)
  })

  it('by a known browser that types another number forgets the first', async () => {
    await using world = await World.make({ engine })
    const browserId = await world.bind(phoneNumber(1), 5)
    const outcome = await world.stamp({ browserId, phone: phoneNumber(2) })
    assert.ok(outcome.ok && outcome.answer.browserId !== null && outcome.answer.browserId !== browserId)
    assert.equal(await world.view(browserId), null)
    assert.equal((await world.view(outcome.answer.browserId))?.stamps, 1)
    assert.equal((await world.store.cards.findByPhone(world.cafe.id, phoneNumber(1)))?.balance, 5)
  })

  it('without a number and without a known browser asks for the number', async () => {
    await using world = await World.make({ engine })
    assert.deepEqual(await world.stamp({}), { ok: false, reason: 'phone-missing' })
    assert.deepEqual(await world.stamp({ browserId: world.random.uuid() }), {
      ok: false,
      reason: 'phone-missing',
    })
  })

  it('where only staff may stamp is refused, and leaves no trace', async () => {
    await using world = await World.make({ engine })
    const cafe = { ...world.cafe, mode: 'counter' } as const
    assert.deepEqual(await world.stamp({ cafe, phone: phoneNumber(1) }), {
      ok: false,
      reason: 'counter-only',
    })
    assert.equal(await world.store.cards.findByPhone(world.cafe.id, phoneNumber(1)), null)
  })

  it('at one café is not seen by its rival, under the same number', async () => {
    await using world = await World.make({ engine })
    const here = await world.bind(phoneNumber(1), 5)
    const there = await world.bind(phoneNumber(1), 1, world.rival)
    assert.equal(await world.view(here, world.rival), null)
    assert.equal((await world.view(there, world.rival))?.stamps, 1)
    assert.deepEqual(await world.stamp({ browserId: here, cafe: world.rival }), {
      ok: false,
      reason: 'phone-missing',
    })
    assert.deepEqual(await world.redeem(here, world.rival), { ok: false, reason: 'unknown-browser' })
    const entry = (await world.history(phoneNumber(1)))[0]
    assert.deepEqual(await world.void(String(entry?.id), world.rival), { ok: false, reason: 'no-such-entry' })
    await world.forget(here, world.rival)
    assert.equal((await world.view(here))?.stamps, 5)
  })

  it('of a number that has a card shows the stranger one stamp, like a number that has none', async () => {
    await using world = await World.make({ engine })
    await world.bind(phoneNumber(1), 9)
    const stranger = await world.bind(phoneNumber(1))
    const first = await world.bind(phoneNumber(2))
    assert.deepEqual(await world.view(stranger), await world.view(first))
  })
})

onEveryEngine('redeeming', (engine) => {
  it('races for one coffee, and one of them has it', async () => {
    await using world = await World.make({ engine })
    const browserId = await world.bind(phoneNumber(1), 10)
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => world.redeem(browserId)))
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    for (const outcome of outcomes) if (!outcome.ok) assert.equal(outcome.reason, 'not-enough')
    assert.equal((await world.view(browserId))?.stamps, 0)
  })

  it('by two browsers of a card spends no stamp twice', async () => {
    await using world = await World.make({ engine })
    const one = await world.bind(phoneNumber(1), 10)
    const other = await world.bind(phoneNumber(1), 5)
    await world.prove(other)
    const outcomes = await Promise.all([world.redeem(one), world.redeem(other)])
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    assert.deepEqual(await world.faults(), [])
  })

  it('on one browser takes from the others what is no longer there', async () => {
    await using world = await World.make({ engine })
    const one = await world.bind(phoneNumber(1), 8)
    const other = await world.bind(phoneNumber(1), 4)
    await world.prove(other)
    await world.redeem(other)
    assert.equal((await world.view(one))?.stamps, 2)
    assert.equal((await world.store.browsers.find(world.cafe.id, one))?.spentElsewhere, 6)
    await world.bind(phoneNumber(1), 9)
    assert.equal((await world.view(one))?.stamps, 2, 'a browser whose stamps were spent sees no others grow')
  })
})

onEveryEngine('forgetting', (engine) => {
  it('makes the browser nobody’s, and leaves the stamps on the number', async () => {
    await using world = await World.make({ engine })
    const browserId = await world.bind(phoneNumber(1), 3)
    await world.forget(browserId)
    await world.forget(browserId)
    assert.equal(await world.view(browserId), null)
    assert.equal((await world.store.cards.findByPhone(world.cafe.id, phoneNumber(1)))?.balance, 3)
  })
})

onEveryEngine('voiding', (engine) => {
  it('undoes a line once', async () => {
    await using world = await World.make({ engine })
    const browserId = await world.bind(phoneNumber(1), 2)
    const entry = (await world.history(phoneNumber(1)))[0]
    const outcomes = await Promise.all([world.void(String(entry?.id)), world.void(String(entry?.id))])
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.reason)),
      ['done', 'already-undone'],
    )
    assert.equal((await world.view(browserId))?.stamps, 0)
  })

  it('of a line that nobody wrote is refused', async () => {
    await using world = await World.make({ engine })
    assert.deepEqual(await world.void(world.random.uuid()), { ok: false, reason: 'no-such-entry' })
  })

  it('of a stamp that is spent is refused, until the redeem is undone', async () => {
    await using world = await World.make({ engine })
    const browserId = await world.bind(phoneNumber(1), 10)
    const stamp = (await world.history(phoneNumber(1)))[0]
    await world.redeem(browserId)
    const redeem = (await world.history(phoneNumber(1)))[0]
    assert.deepEqual(await world.void(String(stamp?.id)), { ok: false, reason: 'already-spent' })
    assert.ok((await world.void(String(redeem?.id))).ok)
    assert.ok((await world.void(String(stamp?.id))).ok)
    assert.deepEqual(await world.faults(), [])
  })
})

onEveryEngine('a café’s programme', (engine) => {
  it('that becomes dearer leaves half-full cards their promise, and holds for new ones', async () => {
    await using world = await World.make({ engine })
    const half = await world.bind(phoneNumber(1), 5)
    await world.setCost(15)
    const fresh = await world.bind(phoneNumber(2))
    assert.deepEqual([(await world.view(half))?.goal, (await world.view(fresh))?.goal], [10, 15])
  })

  it('changes under one slug only, and a slug is given once', async () => {
    await using world = await World.make({ engine })
    await world.setCost(15)
    const there = await world.store.cafes.programmeOf(world.rival.id)
    assert.deepEqual(
      there.versions.map(({ rewards }) => rewards[0]?.cost),
      [10],
    )
    assert.deepEqual(await world.addCafe('rival', 3), { ok: false, reason: 'slug-taken' })
  })
})

onEveryEngine('the same form sent again', (engine) => {
  it('40 times at once stamps once, and gives every one the same answer', async () => {
    await using world = await World.make({ engine })
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => sendForm(world, {})))
    assert.equal(
      new Set(outcomes.map((outcome) => JSON.stringify(outcome.ok && outcome.answer.browserId))).size,
      1,
    )
    assert.ok(outcomes.every(({ ok }) => ok))
    assert.equal((await world.history(phoneNumber(1))).length, 1)
  })

  it('by the browser that it made known is the same asker', async () => {
    await using world = await World.make({ engine })
    const first = await sendForm(world, {})
    assert.ok(first.ok)
    const again = await sendForm(world, { askers: [`browser:${first.answer.browserId}`] })
    assert.ok(again.ok && again.answer.browserId === first.answer.browserId)
  })

  it('with another number in it, or by another browser, is refused', async () => {
    await using world = await World.make({ engine })
    await sendForm(world, {})
    assert.deepEqual(await sendForm(world, { request: 'stamp 2' }), { ok: false, reason: 'key-reused' })
    assert.deepEqual(await sendForm(world, { askers: ['csrf:other'] }), { ok: false, reason: 'key-reused' })
  })

  it('with another café’s key is a form of its own', async () => {
    await using world = await World.make({ engine })
    await sendForm(world, {})
    assert.equal(await world.store.answers.find(world.rival.id, 'key'), null)
  })

  it('after a restart is still answered as the first time', async () => {
    await using world = await World.make({ engine })
    const first = await sendForm(world, {})
    await world.restart()
    const again = await sendForm(world, {})
    assert.ok(first.ok && again.ok && first.answer.browserId === again.answer.browserId)
    assert.equal((await world.history(phoneNumber(1))).length, 1)
  })

  it('after it was refused may succeed', async () => {
    await using world = await World.make({ engine })
    const refused = await world.store.transaction(world.cafe.id, (tx) =>
      answerOnce(tx, askOf(world, {}), async () => ({ ok: false, reason: 'not-enough' }) as const),
    )
    assert.equal(refused.ok, false)
    assert.ok((await sendForm(world, {})).ok)
  })
})

function askOf(world: World, more: Partial<Ask>): Ask {
  return { cafeId: world.cafe.id, key: 'key', askers: ['csrf:1'], request: 'stamp 1', ...more }
}

async function sendForm(world: World, more: Partial<Ask>) {
  const { cafe } = world
  const programme = await world.store.cafes.programmeOf(cafe.id)
  const input = {
    cafe,
    programme,
    browserId: null,
    phone: phoneNumber(1),
    stamps: 1,
    atMs: 1,
    newIds: world.newIds(),
  }
  return world.store.transaction(cafe.id, (tx) =>
    answerOnce(tx, askOf(world, more), () => stampCard(tx, { kind: 'browser', cafeId: cafe.id }, input)),
  )
}
