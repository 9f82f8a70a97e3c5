import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { onEveryEngine, postgres, sharedServer } from '../../test/engines.ts'
import { phoneNumber, World, type WorldOptions } from '../../test/world.ts'
import { systemClock, systemRandom } from '../clock.ts'
import { stampCard } from '../commands/stamp-card.ts'
import type { Change } from './changes.ts'
import { openStore } from './open-store.ts'
import { StoreUnavailable } from './store.ts'

const PLACES = [1, 2, 3]

onEveryEngine('hearing of new lines in the ledger', (engine) => {
  it('tells each line of the café once, after it is written, and none of another café’s', async () => {
    await using world = await worldOfToday({ engine })
    const { heard, stop } = listen(world)
    await Promise.all(PLACES.map((place) => world.bind(phoneNumber(place))))
    await world.bind(phoneNumber(1), 1, world.rival)
    await until(() => heard.length >= 3)
    await wait(100)
    const lines = await Promise.all(PLACES.map((place) => world.history(phoneNumber(place))))
    const written = lines.flat().map(({ cafeId, cardId, id }) => ({ cafeId, cardId, entryId: id }))
    assert.deepEqual(sorted(heard), sorted(written))
    stop()
    await world.bind(phoneNumber(4))
    await wait(100)
    assert.equal(heard.length, 3, 'who has stopped hears no more')
  })

  it('tells nothing of a change that was undone', async () => {
    await using world = await worldOfToday({ engine })
    const { heard, stop } = listen(world)
    await Promise.allSettled([slip(world), world.bind(phoneNumber(2))])
    await until(() => heard.length > 0)
    await wait(100)
    const [line] = await world.history(phoneNumber(2))
    assert.deepEqual(
      heard.map((change) => 'entryId' in change && change.entryId),
      [line?.id],
    )
    stop()
  })

  it('hears of what another process writes, or that it is time to read anew', async () => {
    await using world = await worldOfToday({ engine })
    const { heard, stop } = listen(world)
    await wait(100)
    const { store } = await openStore(world.settings, systemRandom)
    const input = await stampOf(world, 7)
    await store.transaction(world.cafe.id, (tx) => stampCard(tx, actorOf(world), input))
    await store.close()
    await until(() => heard.length > 0)
    assert.ok(heard.every((change) => 'isGap' in change || change.entryId === input.newIds.entry))
    stop()
  })

  it('bears a listener that fails: the customer is stamped, and the others hear', async () => {
    await using world = await worldOfToday({ engine })
    const stopBad = world.store.changes.listen(world.cafe.id, () => assert.fail('a page broke'))
    const { heard, stop } = listen(world)
    const warned = new Promise((resolve) => process.once('warning', resolve))
    assert.ok(await world.bind(phoneNumber(1)))
    await Promise.all([warned, until(() => heard.length === 1)])
    stopBad()
    stop()
  })
})

it('after the connection that listens was lost, tells what was written meanwhile, each line once', async () => {
  await using world = await worldOfToday({ engine: postgres })
  const { heard, stop } = listen(world)
  await world.bind(phoneNumber(1))
  await until(() => heard.length === 1)
  const server = await sharedServer()
  await server.ask(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL',
  )
  for (const place of [2, 3]) await onceAvailable(() => world.bind(phoneNumber(place)))
  await until(() => heard.length >= 3)
  await wait(500)
  const ids = heard.map((change) => ('entryId' in change ? change.entryId : 'gap'))
  assert.deepEqual([new Set(ids).size, ids.length], [3, 3])
  stop()
})

it('a group too long for one word says so, and the page reads anew', async () => {
  await using world = await worldOfToday({ engine: postgres })
  const { heard, stop } = listen(world)
  await world.bind(phoneNumber(0))
  await until(() => heard.length === 1)
  await Promise.all(Array.from({ length: 200 }, (_, place) => world.bind(phoneNumber(100 + place))))
  await until(() => heard.some((change) => 'isGap' in change))
  stop()
})

/** Its ids carry the real time: by it a lost connection knows what it may have missed. */
async function worldOfToday(options: WorldOptions): Promise<World> {
  const world = await World.make(options)
  world.clock.nowMs = systemClock()
  return world
}

function listen(world: World): { heard: Change[]; stop: () => void } {
  const heard: Change[] = []
  const stop = world.store.changes.listen(world.cafe.id, (change) => heard.push(change))
  return { heard, stop }
}

async function stampOf(world: World, place: number) {
  const programme = await world.store.cafes.programmeOf(world.cafe.id)
  const who = { browserId: null, phone: phoneNumber(place), stamps: 1 }
  return { cafe: world.cafe, programme, ...who, atMs: world.clock.nowMs, newIds: world.newIds() }
}

async function slip(world: World): Promise<void> {
  const input = await stampOf(world, 9)
  await world.store.transaction(world.cafe.id, async (tx) => {
    await stampCard(tx, actorOf(world), input)
    throw new Error('a slip')
  })
}

function actorOf({ cafe }: World) {
  return { kind: 'browser', cafeId: cafe.id } as const
}

function sorted(changes: readonly Change[]): string[] {
  return changes.map((change) => JSON.stringify(change, ['cafeId', 'cardId', 'entryId', 'isGap'])).sort()
}

async function onceAvailable(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      return void (await work())
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      await wait(50)
    }
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo() && waited < 10_000; waited += 10) await wait(10)
  assert.ok(isSo(), 'it did not happen within 10 s')
}
