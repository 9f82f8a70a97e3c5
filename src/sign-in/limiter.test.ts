import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { World } from '../../test/world.ts'
import { sql } from '../store/sql.ts'
import { StoreUnavailable } from '../store/store.ts'
import { createLimiter } from './limiter.ts'

const MINUTE_MS = 60_000

onEveryEngine('a limiter', (engine) => {
  let world: World
  before(async () => {
    world = await World.make({ engine })
  })
  after(() => world[Symbol.asyncDispose]())

  let limits = 0
  const limiter = (
    points: number,
    durationSeconds = 600,
    store = world.store,
    name = `limit${++limits}`,
  ) => ({
    name,
    ...createLimiter(store, world.clock.read, { name, points, durationSeconds }),
  })
  const cafeId = 1 // the world's café

  it('lets so many through and tells the next when to come again', async () => {
    const { consume, peek } = limiter(3)
    const startMs = world.clock.nowMs
    for (let place = 0; place < 3; place++) assert.deepEqual(await consume(cafeId, 'mina'), { ok: true })
    world.clock.nowMs += MINUTE_MS
    const refused = { ok: false, againAtMs: startMs + 10 * MINUTE_MS }
    assert.deepEqual(await consume(cafeId, 'mina'), refused)
    assert.deepEqual(await peek(cafeId, 'mina'), refused)
    world.clock.nowMs = refused.againAtMs - 1
    assert.deepEqual(await consume(cafeId, 'mina'), refused)
    world.clock.nowMs = refused.againAtMs
    assert.deepEqual(await peek(cafeId, 'mina'), { ok: true })
    for (let place = 0; place < 3; place++) assert.deepEqual(await consume(cafeId, 'mina'), { ok: true })
    assert.equal((await consume(cafeId, 'mina')).ok, false)
  })

  it('counts each name, each of whom, and each café apart', async () => {
    const [one, other] = [limiter(1), limiter(1)]
    for (const { consume } of [one, other]) {
      for (const whom of ['mina', 'juno', '']) {
        assert.equal((await consume(cafeId, whom)).ok, true)
        assert.equal((await consume(world.rival.id, whom)).ok, true)
        assert.equal((await consume(cafeId, whom)).ok, false)
      }
    }
  })

  it('gives back what was no try, and never more than was taken', async () => {
    const { consume, giveBack, clear } = limiter(2)
    await giveBack(cafeId, 'mina')
    await consume(cafeId, 'mina')
    await consume(cafeId, 'mina')
    await giveBack(cafeId, 'mina')
    assert.equal((await consume(cafeId, 'mina')).ok, true)
    assert.equal((await consume(cafeId, 'mina')).ok, false)
    await clear(cafeId, 'mina')
    for (let place = 0; place < 3; place++) await giveBack(cafeId, 'mina')
    assert.deepEqual([(await consume(cafeId, 'mina')).ok, (await consume(cafeId, 'mina')).ok], [true, true])
    assert.equal((await consume(cafeId, 'mina')).ok, false)
  })

  it('lets exactly so many of a crowd through, over two processes', async () => {
    await using beside = {
      store: await world.openBeside(),
      [Symbol.asyncDispose]: () => beside.store.close(),
    }
    const name = 'crowd'
    const [here, there] = [limiter(7, 600, world.store, name), limiter(7, 600, beside.store, name)]
    const crowd = await Promise.all(
      Array.from({ length: 60 }, (_, place) => (place % 2 ? here : there).consume(cafeId, 'mina')),
    )
    assert.equal(crowd.filter(({ ok }) => ok).length, 7)
  })

  it('remembers through a restart', async () => {
    const name = 'restart'
    await limiter(1, 600, world.store, name).consume(cafeId, 'mina')
    await world.restart()
    assert.equal((await limiter(1, 600, world.store, name).consume(cafeId, 'mina')).ok, false)
  })

  it('keeps no address and no e-mail in the database', async () => {
    const { name, consume } = limiter(1)
    await consume(cafeId, 'mina@ongi.example')
    const rows = await world.store.snapshot((db) =>
      db.all(sql`SELECT key FROM limits WHERE cafe_id = ${cafeId}`),
    )
    const keys = rows.map(({ key }) => String(key))
    assert.ok(keys.some((key) => key.startsWith(`${name}:`)))
    assert.ok(
      keys.every((key) => /^\w+:[\w-]{22}$/.test(key)),
      keys.join(' '),
    )
  })

  it('is forgotten when its time is over, and not before', async () => {
    world.clock.nowMs += 1_000 * MINUTE_MS
    const drop = (whose: number, nowMs: number) =>
      world.store.transaction(whose, (tx) => tx.limits.dropExpired(whose, nowMs, 500))
    while ((await drop(cafeId, world.clock.nowMs)) > 0);
    const { consume } = limiter(1)
    for (let place = 0; place < 501; place++) await consume(cafeId, `whom ${place}`)
    assert.equal(await drop(cafeId, world.clock.nowMs + 600_000 - 1), 0)
    assert.equal(await drop(world.rival.id, world.clock.nowMs + 600_000), 3 * 2)
    assert.equal(await drop(cafeId, world.clock.nowMs + 600_000), 500)
    assert.equal(await drop(cafeId, world.clock.nowMs + 600_000), 1)
  })

  it('lets nobody through when the database cannot be asked', async () => {
    const down = () => Promise.reject(new StoreUnavailable('down'))
    const unwritable = { ...world.store, limits: world.store.limits, transaction: down }
    const unreadable = { ...world.store, limits: { find: down } }
    for (const store of [unwritable, unreadable]) {
      const { consume } = limiter(1, 600, store)
      await assert.rejects(consume(cafeId, 'mina'), StoreUnavailable)
    }
  })
})
