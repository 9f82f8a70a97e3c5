import assert from 'node:assert/strict'
import { it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { phoneNumber, World } from '../../test/world.ts'

const number = phoneNumber(1)

onEveryEngine('a browser found with its card', (engine) => {
  it('is each as it is found alone, where two browsers share a card and a promise was changed between them', async () => {
    await using world = await World.make({ engine })
    const { store, cafe, clock } = world
    await world.bind(phoneNumber(2), 4)
    const first = await world.bind(number, 3)
    const dearer = { version: 2, rewards: [{ id: 'free-coffee', name: null, cost: 12 }] }
    await store.transaction(cafe.id, (tx) => tx.cafes.addProgrammeVersion(cafe.id, dearer, clock.nowMs))
    const second = await world.bind(number, 2)
    await world.bind(phoneNumber(3), 5)
    for (const id of [first, second]) {
      const found = await store.browsers.findWithCard(cafe.id, id)
      assert.deepEqual(found?.browser, await store.browsers.find(cafe.id, id))
      assert.deepEqual(found?.card, await store.cards.findByPhone(cafe.id, number))
      assert.equal(found?.phone(), number)
    }
    const found = await store.browsers.findWithCard(cafe.id, first)
    assert.notEqual(found?.browser.lastEntryId, found?.card.lastEntryId)
  })

  it('is nobody’s at the café next door', async () => {
    await using world = await World.make({ engine })
    const id = await world.bind(number)
    assert.equal(await world.store.browsers.findWithCard(world.rival.id, id), null)
  })
})
