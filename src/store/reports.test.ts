import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { World } from '../../test/world.ts'
import type { Phone } from '../rules/phone.ts'

const DAY_MS = 24 * 60 * 60_000
const FIRST = '+821023450001' as Phone
const SECOND = '+821023450002' as Phone

onEveryEngine('the owner’s figures', (engine) => {
  it('count what was given and used since a moment, less what was taken back, in one café', async () => {
    await using world = await World.make({ engine, cost: 3 })
    const { clock, cafe, rival, store } = world
    await world.bind(FIRST)
    clock.nowMs += DAY_MS
    const fromMs = clock.nowMs
    const browserId = await world.bind(SECOND, 4)
    await world.bind(FIRST, 2)
    await world.bind(FIRST, 9, rival)
    const redeemed = await world.redeem(browserId)
    assert.ok(redeemed.ok)
    assert.deepEqual(await store.reports.figuresSince(cafe.id, fromMs), {
      stamps: 6,
      rewards: 1,
      customers: 2,
      back: 1,
    })
    const [redeem, stamp] = await world.history(SECOND)
    await world.void(redeem?.id ?? '')
    await world.void(stamp?.id ?? '')
    assert.deepEqual(await store.reports.figuresSince(cafe.id, fromMs), {
      stamps: 2,
      rewards: 0,
      customers: 2,
      back: 1,
    })
    assert.equal((await store.reports.figuresSince(cafe.id, clock.nowMs + 1)).stamps, 0)
  })

  it('come with the newest lines of all cards, newest first, each with its number', async () => {
    await using world = await World.make({ engine })
    for (const phone of [FIRST, SECOND, FIRST]) {
      world.clock.nowMs += 1000
      await world.bind(phone)
    }
    await world.bind(SECOND, 1, world.rival)
    const lines = await world.store.reports.newestLines(world.cafe.id, 2)
    assert.deepEqual(
      lines.map(({ phone, entry }) => [phone, entry.stamps, entry.atMs]),
      [
        [FIRST, 1, world.clock.nowMs],
        [SECOND, 1, world.clock.nowMs - 1000],
      ],
    )
  })
})
