// Two processes over one PostgreSQL, and commands that share a transaction there: what none may do to another.
import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import pg from 'pg'
import { Counter } from '../../test/counter.ts'
import { judgesTimes } from '../../test/effort.ts'
import { postgres, sharedServer } from '../../test/engines.ts'
import { phoneNumber, World } from '../../test/world.ts'
import { addCafe } from '../commands/add-cafe.ts'
import { StoreUnavailable } from './store.ts'

const PEOPLE = 64 // at one card (safety.md R20)

/** A world with two processes: what is asked of `counters` in one breath meets in their groups. */
class TwoProcesses implements AsyncDisposable {
  readonly world: World
  readonly counters: readonly [Counter, Counter]

  private constructor(world: World, counters: readonly [Counter, Counter]) {
    this.world = world
    this.counters = counters
  }

  static async open(cost = 10): Promise<TwoProcesses> {
    const world = await World.make({ engine: postgres, cost })
    const [one, other] = [world.store, await world.openBeside()]
    return new TwoProcesses(world, [await Counter.at(world, one), await Counter.at(world, other)])
  }

  at(place: number): Counter {
    return this.counters[place % 2 === 0 ? 0 : 1]
  }

  async balanceOf(place: number): Promise<number | undefined> {
    return (await this.world.store.cards.findByPhone(this.world.cafe.id, phoneNumber(place)))?.balance
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.counters[1].store.close()
    await this.world[Symbol.asyncDispose]()
  }
}

describe('two processes on one database', () => {
  it('stamp once for forty equal forms, and give each the same answer', async () => {
    await using two = await TwoProcesses.open()
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, place) => two.at(place).stamp({ phone: phoneNumber(1), key: 'one' })),
    )
    const browsers = outcomes.map((outcome) => outcome.ok && outcome.answer.browserId)
    assert.equal(new Set(browsers).size, 1)
    assert.ok(outcomes.every(({ ok }) => ok))
    assert.equal((await two.world.history(phoneNumber(1))).length, 1)
  })

  it('give one coffee to twelve who press with keys of their own', async () => {
    await using two = await TwoProcesses.open()
    const browserId = await two.world.bind(phoneNumber(1), 10)
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, place) => two.at(place).redeem(browserId)),
    )
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    assert.equal(await two.balanceOf(1), 0)
    assert.deepEqual(await two.world.faults(), [])
  })

  it('open one card for a new number that both hear at once', async () => {
    await using two = await TwoProcesses.open()
    const numbers = Array.from({ length: 30 }, (_, place) => phoneNumber(place))
    const outcomes = await Promise.all(
      [...numbers, ...numbers.toReversed()].map((phone, place) =>
        two.counters[place < numbers.length ? 0 : 1].stamp({ phone }),
      ),
    )
    assert.ok(outcomes.every(({ ok }) => ok))
    for (const place of numbers.keys()) assert.equal(await two.balanceOf(place), 2)
    assert.deepEqual(await two.world.faults(), [])
  })

  it(`stamp a card that ${PEOPLE} people are at, and nobody hears an error`, async (t) => {
    await using two = await TwoProcesses.open(100)
    const browsers = await Promise.all(Array.from({ length: PEOPLE }, () => two.world.bind(phoneNumber(1))))
    const startedAt = performance.now()
    await Promise.all(
      browsers.map(async (browserId, place) => {
        for (let count = 0; count < 3; count += 1) assert.ok((await two.at(place).stamp({ browserId })).ok)
      }),
    )
    const tookMs = performance.now() - startedAt
    t.diagnostic(`${Math.round((PEOPLE * 3 * 1_000) / tookMs)} stamps a second on one card`)
    assert.equal(await two.balanceOf(1), PEOPLE * 4)
    assert.deepEqual(await two.world.faults(), [])
  })

  it('let both through when each holds the card that the other waits for, beside each other or not', async () => {
    await using two = await TwoProcesses.open(100)
    for (let round = 0; round < 30; round += 1) {
      const [one, other] = await Promise.all([1, 2].map((place) => two.world.bind(phoneNumber(place))))
      const outcomes = await Promise.all([
        two.at(0).stamp({ browserId: String(one), phone: phoneNumber(2) }),
        two.at(round).stamp({ browserId: String(other), phone: phoneNumber(1) }),
      ])
      assert.ok(outcomes.every(({ ok }) => ok))
    }
    assert.deepEqual([await two.balanceOf(1), await two.balanceOf(2)], [60, 60])
  })

  it('add one café when both are asked for the same at once, as two first starts do', async () => {
    await using two = await TwoProcesses.open()
    const cafe = { slug: 'new', name: 'new', country: 'KR', timeZone: 'Asia/Seoul', mode: 'self' } as const
    const outcomes = await Promise.all(
      two.counters.map(({ store }) =>
        store.transaction(null, (tx) => addCafe(tx, { ...cafe, rewardName: null, cost: 10, atMs: 1 })),
      ),
    )
    assert.deepEqual(outcomes.map(({ ok }) => ok).sort(), [false, true])
  })

  it('change the cost one after the other when both are told at once', async () => {
    await using two = await TwoProcesses.open()
    const { world } = two
    await Promise.all([world.setCost(7), world.setCost(8), world.setCost(9)])
    const { versions } = await world.store.cafes.programmeOf(world.cafe.id)
    assert.deepEqual(
      versions.map(({ version }) => version),
      [1, 2, 3, 4],
    )
  })
})

describe('a command that fails among others in one transaction', () => {
  it('by throwing half way, undoes nothing of theirs', async () => {
    await using two = await TwoProcesses.open()
    const counter = two.at(0)
    const { id: cafeId } = two.world.cafe
    const outcomes = await settledKinds([
      counter.stamp({ phone: phoneNumber(1) }),
      counter.store.transaction(cafeId, async (tx) => {
        const opening = { id: two.world.random.uuid(), promisedVersion: 1, atMs: 1 }
        await tx.cards.lockOrOpen(cafeId, phoneNumber(2), opening)
        throw new Error('a slip')
      }),
      counter.stamp({ phone: phoneNumber(3) }),
    ])
    assert.deepEqual(outcomes, ['done', 'a slip', 'done'])
    assert.deepEqual(await Promise.all([1, 2, 3].map((place) => two.balanceOf(place))), [1, undefined, 1])
  })

  it('by writing what cannot be, fails alone', async () => {
    await using two = await TwoProcesses.open()
    const counter = two.at(0)
    await counter.stamp({ phone: phoneNumber(1) })
    const entryId = (await two.world.history(phoneNumber(1)))[0]?.id ?? ''
    const outcomes = await settledKinds([
      counter.stamp({ phone: phoneNumber(2) }),
      counter.stamp({ phone: phoneNumber(3), entryId }),
      counter.stamp({ phone: phoneNumber(4) }),
    ])
    assert.match(outcomes[1] ?? '', /duplicate key/)
    assert.deepEqual(await Promise.all([2, 3, 4].map((place) => two.balanceOf(place))), [1, undefined, 1])
    assert.deepEqual(await two.world.faults(), [])
  })

  it('by reading what cannot be, fails alone, and the next in line is served', async () => {
    await using two = await TwoProcesses.open()
    const counter = two.at(0)
    const { id: cafeId } = two.world.cafe
    const misread = () => counter.store.transaction(cafeId, (tx) => tx.entries.find(cafeId, 'no id'))
    const outcomes = await settledKinds([
      counter.stamp({ phone: phoneNumber(1) }),
      misread(),
      counter.stamp({ phone: phoneNumber(2) }),
    ])
    assert.match(outcomes[1] ?? '', /invalid input syntax/)
    assert.deepEqual([await two.balanceOf(1), await two.balanceOf(2)], [1, 1])
    await assert.rejects(misread(), /invalid input syntax/)
    assert.ok((await counter.stamp({ phone: phoneNumber(1) })).ok)
  })

  it('by writing at once and then throwing, takes its own back and leaves theirs', async () => {
    await using two = await TwoProcesses.open()
    const counter = two.at(0)
    const browserId = await two.world.bind(phoneNumber(1))
    const { id: cafeId } = two.world.cafe
    const outcomes = await settledKinds([
      counter.stamp({ phone: phoneNumber(2) }),
      counter.store.transaction(cafeId, async (tx) => {
        await tx.browsers.prove(cafeId, browserId, 'operator', 1)
        throw new Error('a slip')
      }),
      counter.stamp({ browserId }),
    ])
    assert.deepEqual(outcomes, ['done', 'a slip', 'done'])
    assert.equal((await two.world.store.browsers.find(cafeId, browserId))?.isProven, false)
    assert.deepEqual([await two.balanceOf(1), await two.balanceOf(2)], [2, 1])
  })

  it('by waiting for something other than the store, is stopped before it touches another’s transaction', async () => {
    await using two = await TwoProcesses.open()
    const counter = two.at(0)
    const { id: cafeId } = two.world.cafe
    let late: Promise<unknown> = Promise.resolve()
    const sleeping = counter.store.transaction(cafeId, async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      late = tx.cafes.update({ ...two.world.cafe, name: 'late' })
      return late
    })
    await assert.rejects(sleeping, /awaited something other than the store/)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await assert.rejects(late, /the transaction is over/)
    assert.equal((await two.world.store.cafes.list())[0]?.name, 'ongi')
  })

  it('by asking for another café’s card, is told so, and a transaction of no café writes none', async () => {
    await using two = await TwoProcesses.open()
    const { cafe, rival, random, store } = two.world
    const opening = { id: random.uuid(), promisedVersion: 1, atMs: 1 }
    const ask = (cafeId: number | null) =>
      store.transaction(cafeId, (tx) => tx.cards.lockOrOpen(rival.id, phoneNumber(1), opening))
    await assert.rejects(ask(cafe.id), /asked for café/)
    await assert.rejects(ask(null), /asked for café/)
  })
})

describe('commands of one browser in one transaction', () => {
  it('that stamp and forget it leave it forgotten', async () => {
    await using two = await TwoProcesses.open()
    const browserId = await two.world.bind(phoneNumber(1))
    await Promise.all([two.at(0).stamp({ browserId }), two.at(0).forget(browserId)])
    assert.equal(await two.world.view(browserId), null)
    assert.deepEqual(await two.world.faults(), [])
  })

  it('that bind it to another number and forget it leave nobody’s browser behind', async () => {
    await using two = await TwoProcesses.open()
    const browserId = await two.world.bind(phoneNumber(1), 3)
    const [moved] = await Promise.all([
      two.at(0).stamp({ browserId, phone: phoneNumber(2) }),
      two.at(0).forget(browserId),
      two.at(1).stamp({ browserId }),
    ])
    assert.ok(moved.ok)
    assert.equal(await two.world.view(browserId), null)
    assert.deepEqual(await two.world.faults(), [])
  })
})

describe('a connection that is cut under a transaction', () => {
  it('costs those who shared it a 503 and nobody the process; afterwards all goes on', async () => {
    await using two = await TwoProcesses.open()
    const counter = two.at(0)
    const { id: cafeId } = two.world.cafe
    const server = await sharedServer()
    let cut: Promise<unknown> | null = null
    const cutting = counter.store.transaction(cafeId, async (tx) => {
      cut ??= cutAll(server.url())
      while (true) await tx.cards.findByPhone(cafeId, phoneNumber(9)) // asks on until the line is cut under it
    })
    const outcomes = await settledKinds([cutting, counter.stamp({ phone: phoneNumber(1) })])
    assert.equal(outcomes.filter((kind) => kind === 'done').length, 0, outcomes.join())
    await cut
    await until(() => counter.stamp({ phone: phoneNumber(2) }))
    await until(async () => ({ ok: (await two.balanceOf(2)) === 1 })) // idle connections were cut as well
    await until(async () => ({ ok: (await two.balanceOf(1)) === undefined }))
  })
})

describe('a card that somebody else’s session holds', () => {
  it('is 503 within two seconds, while the others of the same café are stamped', async () => {
    await using two = await TwoProcesses.open()
    const { world } = two
    const held = await world.bind(phoneNumber(1))
    const holder = new pg.Client({ connectionString: String(world.databaseUrl) })
    await holder.connect()
    await holder.query('BEGIN; SELECT 1 FROM cards FOR UPDATE')
    const startedAt = performance.now()
    const timed = async (work: Promise<unknown>) => {
      const kind = (await settledKinds([work]))[0]
      return { kind, ms: performance.now() - startedAt }
    }
    const answers = [timed(two.at(0).stamp({ browserId: held }))]
    for (let place = 2; place < 12; place += 1)
      answers.push(timed(two.at(0).stamp({ phone: phoneNumber(place) })))
    const [blocked, ...others] = await Promise.all(answers)
    await holder.query('ROLLBACK')
    await holder.end()
    assert.equal(blocked?.kind, 'StoreUnavailable')
    assert.deepEqual([...new Set(others.map(({ kind }) => kind))], ['done'])
    for (const { ms } of [blocked, ...others].filter((one) => one !== undefined))
      if (judgesTimes) assert.ok(ms < 2_000, `${ms} ms`)
    assert.ok((await two.at(0).stamp({ browserId: held })).ok)
  })

  it('or a table that is locked lets nobody wait for longer than two seconds, whenever they come', async () => {
    await using two = await TwoProcesses.open()
    const holder = new pg.Client({ connectionString: String(two.world.databaseUrl) })
    await holder.connect()
    await holder.query('BEGIN; LOCK TABLE answers')
    const waits: Promise<number>[] = []
    for (let come = 0; come < 30; come += 1) {
      const startedAt = performance.now()
      const answered = settledKinds([two.at(0).stamp({ phone: phoneNumber(come) })])
      waits.push(
        answered.then(([kind]) => {
          assert.equal(kind, 'StoreUnavailable')
          return performance.now() - startedAt
        }),
      )
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const longest = Math.max(...(await Promise.all(waits)))
    await holder.query('ROLLBACK')
    await holder.end()
    if (judgesTimes) assert.ok(longest < 2_000, `somebody waited ${longest} ms`)
    await until(() => two.at(0).stamp({ phone: phoneNumber(1) }))
  })
})

/** Of each: `done`, `StoreUnavailable`, or what it said. */
async function settledKinds(works: readonly Promise<unknown>[]): Promise<string[]> {
  return (await Promise.allSettled(works)).map((outcome) => {
    if (outcome.status === 'fulfilled') return 'done'
    return outcome.reason instanceof StoreUnavailable ? 'StoreUnavailable' : String(outcome.reason.message)
  })
}

async function cutAll(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dojang' AND pid <> pg_backend_pid()",
  )
  await client.end()
}

async function until(work: () => Promise<{ ok: boolean }>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await work().catch(() => ({ ok: false }))).ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.fail('it did not work again within 5 s')
}
