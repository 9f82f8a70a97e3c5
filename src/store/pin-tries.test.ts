import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { pairedDevice, setUpShop } from '../../test/counter-people.ts'
import { onEveryEngine } from '../../test/engines.ts'
import { openShop } from '../../test/shop.ts'

onEveryEngine('wrong PINs', (engine) => {
  it('are counted by person and device, until the right one or a manager clears them, in one café', async () => {
    const shop = await openShop({}, engine)
    try {
      const { cafe, staff } = await setUpShop(shop)
      const rival = await setUpShop(shop, { slug: 'rival' })
      const [minji, junho] = staff
      const { id } = await pairedDevice(shop, 'counter')
      const other = await pairedDevice(shop, 'counter')
      const { store, clock } = shop
      const wrong = (deviceId: string, personId: string) =>
        store.transaction(cafe.id, (tx) => tx.pinTries.addWrong(cafe.id, deviceId, personId, clock.nowMs))
      assert.deepEqual([await wrong(id, minji.id), await wrong(id, minji.id)], [1, 2])
      clock.nowMs += 1000
      assert.equal(await wrong(id, junho.id), 1)
      assert.equal(await wrong(other.id, minji.id), 1)
      assert.equal((await store.pinTries.find(cafe.id, id, minji.id))?.lastAtMs, clock.nowMs - 1000)
      assert.equal((await store.pinTries.list(cafe.id)).length, 3)

      await store.transaction(cafe.id, (tx) => tx.pinTries.clear(cafe.id, id, minji.id))
      assert.equal(await store.pinTries.find(cafe.id, id, minji.id), null)
      assert.equal((await store.pinTries.find(cafe.id, id, junho.id))?.wrong, 1)
      await store.transaction(rival.cafe.id, (tx) => tx.pinTries.clearDevice(rival.cafe.id, id))
      assert.equal((await store.pinTries.list(cafe.id)).length, 2)
      assert.deepEqual(await store.pinTries.list(rival.cafe.id), [])
      await store.transaction(cafe.id, (tx) => tx.pinTries.clearDevice(cafe.id, id))
      assert.deepEqual(
        (await store.pinTries.list(cafe.id)).map(({ deviceId }) => deviceId),
        [other.id],
      )
    } finally {
      await shop.close()
    }
  })
})
