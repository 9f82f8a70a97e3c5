// `dojang move` killed with -9 at any moment and run again, while customers are stamped: to PostgreSQL, and back to SQLite. No stamp
// that was answered is missing, none is there twice, and the cafés are never in two places.
import { strict as assert } from 'node:assert'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { after, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type SeededRandom, seededRandom } from '../../src/cli/seed/seeded-random.ts'
import { systemClock, systemRandom } from '../../src/clock.ts'
import { addCafe } from '../../src/commands/add-cafe.ts'
import { openStore } from '../../src/store/open-store.ts'
import { proveLedger } from '../../src/store/proof.ts'
import { type Store, StoreMoved } from '../../src/store/store.ts'
import { runs } from '../effort.ts'
import { type PostgresServer, postgresServer } from '../postgres.ts'
import { collect, Operator } from '../terminal.ts'
import { Rush } from './rush.ts'

const ROUNDS = runs(2, 20)
const KILLS_MAX = 4 // a way
const CUSTOMERS = 8
const CAFE = {
  slug: 'ongi',
  name: '온기',
  country: 'KR',
  timeZone: 'Asia/Seoul',
  mode: 'self',
  rewardName: null,
  cost: 3,
} as const
const seed = Number(process.env.DOJANG_TEST_SEED ?? randomInt(2 ** 31))

let postgres: PostgresServer | null = null
after(() => postgres?.remove())

it(`${ROUNDS} times there and back, killed on the way: every answered stamp has come along, once`, async () => {
  console.log(`seed ${seed}: DOJANG_TEST_SEED=${seed} node --test test/crash/move.test.ts`)
  postgres = await postgresServer()
  const random = seededRandom(seed)
  const told = { kills: 0, stamps: 0, stoodStillMs: 0 }
  for (let round = 1; round <= ROUNDS; round += 1) {
    await postgres.ask(`CREATE DATABASE round_${round}`)
    await thereAndBack(random, postgres.url(`round_${round}`), told)
  }
  console.log(`${told.stamps} stamps, ${told.kills} kills, at most ${told.stoodStillMs} ms without writing`)
})

async function thereAndBack(
  random: SeededRandom,
  url: string,
  told: { kills: number; stamps: number; stoodStillMs: number },
): Promise<void> {
  using atHome = new Operator()
  using away = new Operator({ DATABASE_URL: url, DOJANG_DATA: atHome.data })
  mkdirSync(atHome.data)
  const rush = new Rush(random)
  let live = await storeOf(atHome.data, null)
  try {
    await live.transaction(null, (tx) => addCafe(tx, { ...CAFE, atMs: systemClock() }))
    for (const way of [
      { operator: atHome, to: url, next: url },
      { operator: away, to: 'sqlite:', next: null },
    ]) {
      const stoodStillMs = await moveInRush(live, rush, () =>
        moveUntilDone(way.operator, way.to, random, told),
      )
      told.stoodStillMs = Math.max(told.stoodStillMs, stoodStillMs)
      await live.close()
      live = await storeOf(atHome.data, way.next)
      await checkForms(live, rush)
    }
    told.stamps += rush.forms.length
  } finally {
    await live.close()
  }
}

/** The move among customers; in the end they are refused at the old place. */
async function moveInRush(live: Store, rush: Rush, move: () => Promise<number>): Promise<number> {
  const [cafe] = await live.cafes.list()
  if (cafe === undefined) throw new Error('the café has come along')
  const rushing = rush.at(live, cafe, CUSTOMERS)
  try {
    await wait(300)
    const stoodStillMs = await move()
    const late = live.transaction(cafe.id, (tx) => tx.browsers.prove(cafe.id, systemRandom.uuid(), 'x', 0))
    await assert.rejects(late, StoreMoved, 'nothing is written to the old place')
    return stoodStillMs
  } finally {
    rush.stop()
    await rushing
  }
}

/** @returns for how long nothing could be written, in milliseconds */
async function moveUntilDone(
  operator: Operator,
  to: string,
  random: SeededRandom,
  told: { kills: number },
): Promise<number> {
  for (let kills = random.whole(0, KILLS_MAX); kills > 0; kills -= 1) {
    const child = operator.spawn('move', '--to', to)
    const ended = once(child, 'close')
    await Promise.race([wait(random.whole(150, 2_000)), ended])
    if (child.exitCode === null) told.kills += 1
    child.kill('SIGKILL')
    await ended
  }
  const child = operator.spawn('move', '--to', to, '--json')
  const [out, err] = [collect(child.stdout), collect(child.stderr)]
  const [code] = await once(child, 'close')
  assert.deepEqual([code, err()], [0, ''], out())
  return Number(JSON.parse(out()).stoodStillMs)
}

/** What was answered is there; what was not is sent again, and then all is there once. */
async function checkForms(store: Store, rush: Rush): Promise<void> {
  const [cafe] = await store.cafes.list()
  const answered = rush.forms.filter(({ isAnswered }) => isAnswered)
  for (const { input } of answered)
    assert.ok(await store.entries.find(Number(cafe?.id), input.newIds.entry), 'an answered stamp is there')
  await rush.sendAgain(store)
  const proof = await proveLedger(store, () => {})
  assert.deepEqual(proof.faults, [])
  let stamped = 0
  for (const phone of new Set(rush.forms.map(({ input }) => input.phone))) {
    const card = phone && cafe ? await store.cards.findByPhone(cafe.id, phone) : null
    const lines = await store.entries.historyOfCard(Number(cafe?.id), String(card?.lastEntryId), 1_000_000)
    stamped += lines.filter(({ kind }) => kind === 'stamp').length
  }
  assert.equal(stamped, rush.forms.length, 'each form is one line of the ledger')
}

async function storeOf(dataFolder: string, databaseUrl: string | null): Promise<Store> {
  const settings = { dataFolder, databaseUrl, secret: null, secretFallbacks: [] }
  return (await openStore(settings, systemRandom)).store
}
