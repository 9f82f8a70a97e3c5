import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { phoneNumber, World } from '../../test/world.ts'

onEveryEngine('finding a card at the counter', (engine) => {
  it('by the last four digits gives the newest stamp first, so many, and says that there are more', async () => {
    await using world = await World.make({ engine })
    for (const place of [1234, 11234, 21234, 41235]) {
      await world.bind(phoneNumber(place), 2)
      world.clock.nowMs += 1000
    }
    await world.bind(phoneNumber(51234), 1, world.rival)
    const all = await world.store.cards.findByLastFour(world.cafe.id, '1234', 10)
    assert.deepEqual(
      all.cards.map(({ phone }) => phone),
      [21234, 11234, 1234].map(phoneNumber),
    )
    assert.equal(all.hasMore, false)
    assert.ok(all.cards.every(({ balance, lastStampAtMs }) => balance === 2 && lastStampAtMs !== null))
    const few = await world.store.cards.findByLastFour(world.cafe.id, '1234', 2)
    assert.deepEqual([few.cards.length, few.hasMore], [2, true])
    assert.deepEqual(await world.store.cards.findByLastFour(world.cafe.id, '9999', 10), {
      cards: [],
      hasMore: false,
    })
  })

  it('by its code, six letters that are no word, gives that card, and nothing to the rival', async () => {
    await using world = await World.make({ engine })
    await world.bind(phoneNumber(1))
    await world.bind(phoneNumber(2))
    await world.bind(phoneNumber(1), 1, world.rival)
    const card = await world.store.cards.findByPhone(world.cafe.id, phoneNumber(1))
    const code = world.store.cards.codeOf(world.cafe.id, String(card?.id))
    assert.match(code, /^[BCDFGHJKLMNPQRSTVWXZ]{6}$/)
    const { cards, hasMore } = await world.store.cards.findByCode(world.cafe.id, code, 10)
    assert.deepEqual([cards.map(({ id }) => id), hasMore], [[card?.id], false])
    assert.deepEqual((await world.store.cards.findByCode(world.rival.id, code, 10)).cards, [])
    assert.notEqual(world.store.cards.codeOf(world.rival.id, String(card?.id)), code)
  })

  it('by codes that use all twenty letters, and that two cards hardly ever share', async () => {
    await using world = await World.make({ engine })
    const codes = Array.from({ length: 2_000 }, () => world.store.cards.codeOf(1, world.random.uuid()))
    assert.ok(new Set(codes).size > 1_995)
    const letters = new Set(codes.join(''))
    assert.equal(letters.size, 20)
  })
})
