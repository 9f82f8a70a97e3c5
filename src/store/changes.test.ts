import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { onEveryEngine, postgres, sharedServer } from '../../test/engines.ts'
import { changeTables } from '../../test/other-process.ts'
import { phoneNumber, World, type WorldOptions } from '../../test/world.ts'
import { systemClock, systemRandom } from '../clock.ts'
import { stampCard } from '../commands/stamp-card.ts'
import { type Change, TOPICS, type Topic } from './changes.ts'
import { openStore } from './open-store.ts'
import { commitTelling, houseOf } from './postgres-changes.ts'
import { type Store, StoreUnavailable } from './store.ts'

const PLACES = [1, 2, 3]
const SESSION = {
  id: 's',
  secretHash: 'h',
  subject: null,
  facts: '{}',
  createdAtMs: 0,
  usedAtMs: 0,
  expiresAtMs: 1,
}

onEveryEngine('hearing of what changes', (engine) => {
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
    assert.ok(heard.every((change) => !('entryId' in change) || change.entryId === input.newIds.entry))
    stop()
  })

  it('tells what else has changed, once for all that changed it together, and none of another café’s', async () => {
    await using world = await worldOfToday({ engine })
    const { topics, stop } = await listenQuietly(world)
    const { id } = world.cafe
    await tell(world.store, world.rival.id, 'people')
    await Promise.all([tell(world.store, id, 'requests', 'claims'), tell(world.store, id, 'requests')])
    await until(() => topics.length >= 2)
    await wait(100)
    assert.deepEqual(topics.sort(), ['claims', 'requests'])
    stop()
  })

  it('tells no topic of a change that was undone', async () => {
    await using world = await worldOfToday({ engine })
    const { topics, stop } = await listenQuietly(world)
    const slip = world.store.transaction(world.cafe.id, async (tx) => {
      await tx.tell(world.cafe.id, 'devices')
      throw new Error('a slip')
    })
    await Promise.allSettled([slip, tell(world.store, world.cafe.id, 'cafe')])
    await until(() => topics.length > 0)
    await wait(100)
    assert.deepEqual(topics, ['cafe'])
    stop()
  })

  it('tells of lines of the audit log by itself', async () => {
    await using world = await worldOfToday({ engine })
    const { topics, stop } = await listenQuietly(world)
    const nobody = { personId: null, deviceId: null, address: null, subject: null, facts: {} }
    const line = { ...nobody, atMs: 0, actor: 'operator', act: 'reset-link-made' } as const
    await world.store.transaction(world.cafe.id, (tx) => tx.audits.append(world.cafe.id, line))
    await until(() => topics.length > 0)
    assert.deepEqual(topics, ['audits'])
    stop()
  })

  it('hears that another process has changed something, or that it is time to read anew', async () => {
    await using world = await worldOfToday({ engine })
    const { heard, topics, stop } = await listenQuietly(world)
    const beside = await world.openBeside()
    await beside.transaction(world.cafe.id, async (tx) => {
      await tx.sessions.add(world.cafe.id, SESSION)
      await tx.tell(world.cafe.id, 'people')
    })
    await beside.close()
    await until(() => heard.length + topics.length > 0)
    assert.deepEqual(topics, engine.name === 'SQLite' ? [] : ['people'])
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
  await hangUpAll()
  for (const place of [2, 3]) await onceAvailable(() => world.bind(phoneNumber(place)))
  await until(() => heard.length >= 3)
  await wait(500)
  const ids = heard.map((change) => ('entryId' in change ? change.entryId : 'gap'))
  assert.deepEqual([new Set(ids).size, ids.length], [3, 3])
  stop()
})

it('after the connection that listens was lost, tells every topic: nobody knows which have changed meanwhile', async () => {
  await using world = await worldOfToday({ engine: postgres })
  const { topics, stop } = await listenQuietly(world)
  await hangUpAll()
  await until(() => topics.length >= TOPICS.length)
  assert.deepEqual(topics, TOPICS)
  stop()
})

it('understands the words of an older version, and of a newer one what it knows', async () => {
  await using world = await worldOfToday({ engine: postgres })
  const { heard, topics, stop } = await listenQuietly(world)
  const house = await world.store.snapshot(async (_db, vault) => houseOf(vault))
  const id = '0'.repeat(31)
  const say = (word: string) => changeTables(world, `NOTIFY dojang, '${house}:${world.cafe.id}${word}'`)
  await say(`:${id}1${id}2`)
  await say('')
  await say('::weather,devices:more')
  await until(() => topics.length > 0)
  const uuidOf = (digit: number) => `00000000-0000-0000-0000-00000000000${digit}`
  const { id: cafeId } = world.cafe
  assert.deepEqual(heard, [
    { cafeId, cardId: uuidOf(1), entryId: uuidOf(2) },
    { cafeId, isGap: true },
  ])
  assert.deepEqual(topics, ['devices'])
  stop()
})

it('puts topics behind what an older version reads, and keeps within what PostgreSQL takes', async () => {
  await using world = await worldOfToday({})
  await world.bind(phoneNumber(1))
  const lines = await world.history(phoneNumber(1))
  const wordOf = (times: number, ...told: Topic[]) => {
    const entries = Array.from({ length: times }, () => lines).flat()
    return commitTelling('abcd', 7, { entries, topics: new Set(told) })
      .match(/'(.*)'/)?.[1]
      ?.split(':')
  }
  const [line] = lines
  const digits = `${line?.cardId}${line?.id}`.replaceAll('-', '')
  assert.deepEqual(wordOf(1), ['abcd', '7', digits])
  assert.deepEqual(wordOf(1, 'people', 'cafe'), ['abcd', '7', digits, 'people,cafe'])
  assert.deepEqual(wordOf(0, 'people'), ['abcd', '7', '', 'people'])
  assert.deepEqual(wordOf(200, 'people'), ['abcd', '7'], 'too long: everybody reads anew')
  for (let times = 0; times < 200; times += 1)
    assert.ok(String(wordOf(times, ...TOPICS)?.join(':')).length < 8_000, `${times} lines`)
  assert.equal(commitTelling('abcd', 7, { entries: [], topics: new Set() }), 'COMMIT')
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

/** What is heard: topics apart, since of those one may hear in vain. */
function listen(world: World): { heard: Change[]; topics: Topic[]; stop: () => void } {
  const heard: Change[] = []
  const topics: Topic[] = []
  const stop = world.store.changes.listen(world.cafe.id, (change) => {
    if ('topic' in change) topics.push(change.topic)
    else heard.push(change)
  })
  return { heard, topics, stop }
}

/** From when the connection stands, which tells every topic first. */
async function listenQuietly(world: World) {
  const listening = listen(world)
  if (world.databaseUrl !== null) await until(() => listening.topics.length === TOPICS.length)
  listening.topics.length = 0
  return listening
}

function tell(store: Store, cafeId: number, ...topics: readonly Topic[]): Promise<void> {
  return store.transaction(cafeId, async (tx) => {
    for (const topic of topics) await tx.tell(cafeId, topic)
  })
}

async function hangUpAll(): Promise<void> {
  const server = await sharedServer()
  await server.ask(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL',
  )
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
