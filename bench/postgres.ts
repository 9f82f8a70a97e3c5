// What the PostgreSQL engine makes of PostgreSQL: stamps a second by the real commands, in 1, 2 and 4 processes, beside the bare statement.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '../src/clock.ts'
import { addCafe } from '../src/commands/add-cafe.ts'
import type { StoreSettings } from '../src/store/data-folder.ts'
import { openStore } from '../src/store/open-store.ts'
import { proveLedger } from '../src/store/proof.ts'
import type { Store } from '../src/store/store.ts'
import { compare, median, type Row } from './compare.ts'
import { openBare } from './postgres-bare.ts'
import { openBenchDatabase } from './postgres-database.ts'
import {
  type Customer,
  inviteCustomers,
  type Stampers,
  startStampers,
  type Turn,
} from './postgres-stampers.ts'

const CARDS = 4_000 // of the one café, and of the eight together
const CUSTOMERS = 400 // at once, over all processes: as many as keep one process's groups full
const PROCESSES = [1, 2, 4]
const SPREAD = 8 // cafés
const SHARE_HELD = 0.6 // of the bare statement, by the best of the numbers of processes

export type Stamping = {
  name: string
  turn: (seconds: number) => Promise<Turn>
  stop: () => Promise<unknown>
}

export async function measurePostgres(options: { rounds: number; seconds: number }): Promise<void> {
  const database = await openBenchDatabase()
  const dataFolder = mkdtempSync(join(tmpdir(), 'dojang-bench-'))
  const secret = systemRandom.uuid() + systemRandom.uuid()
  const settings = { dataFolder, databaseUrl: database.url, secret, secretFallbacks: [] }
  const contenders: Stamping[] = []
  try {
    const { store } = await openStore(settings, systemRandom)
    const [bareCafe = 0, oneCafe = 0, ...cafes] = await openCafes(store, 2 + SPREAD)
    await inviteCustomers(store, [bareCafe], CARDS)
    const [ofOne, ofEight] = [
      await inviteCustomers(store, [oneCafe], CARDS),
      await inviteCustomers(store, cafes, CARDS),
    ]
    await database.ask('VACUUM ANALYZE') // as autovacuum would in the first minutes
    contenders.push({ name: 'the bare statement', ...(await openBare(database.url, bareCafe)) })
    for (const count of PROCESSES)
      contenders.push(await startDojangs({ settings, count, customers: ofOne, cafes: 1 }))
    contenders.push(await startDojangs({ settings, count: 2, customers: ofEight, cafes: SPREAD }))
    console.log(`${database.server}; ${CARDS} cards, ${CUSTOMERS} customers at once.\n`)
    await measure(contenders, options)
    console.log(proved(await proveLedger(store, () => {})))
    await store.close()
  } finally {
    await Promise.all(contenders.map(({ stop }) => stop()))
    await database.drop()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

async function measure(
  contenders: readonly Stamping[],
  { rounds, seconds }: { rounds: number; seconds: number },
) {
  const p99s = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  const rows = await compare({
    title: 'stamps on PostgreSQL',
    unit: 'stamps',
    rounds,
    contenders: contenders.map(({ name, turn }) => ({
      name,
      async turn() {
        const result = await turn(seconds)
        p99s.get(name)?.push(percentile(result.latenciesMs, 0.99))
        return result.stamps / result.seconds
      },
    })),
  })
  for (const [name, [_, ...counted]] of p99s)
    console.log(`  p99 ${median(counted).toFixed(0).padStart(5)} ms  ${name}`)
  console.log(`\n${judge(rows)}`)
}

/** The statement's time is one batch's; a stamp's is from the command's call to its answer, its turn in the queue included. */
function judge(rows: readonly Row[]): string {
  const ofOneCafe = rows.slice(1, 1 + PROCESSES.length)
  const best = ofOneCafe.reduce((a, b) => (b.ratio > a.ratio ? b : a))
  const verdict = best.ratio >= SHARE_HELD ? 'held' : 'NOT held'
  return `One café at its best, ${best.name}: ${best.ratio.toFixed(2)} of the bare statement (at least ${SHARE_HELD}: ${verdict}).`
}

/** Processes of Dojang's store, and the customers shared out among them: nobody is at two at once. */
export async function startDojangs(input: {
  settings: StoreSettings
  count: number
  customers: readonly Customer[]
  cafes: number
}): Promise<Stamping> {
  const { settings, count, customers, cafes } = input
  const processes: Stampers[] = []
  for (let at = 0; at < count; at++) {
    const theirs = customers.filter((_, place) => Math.floor(place / cafes) % count === at)
    processes.push(
      await startStampers({ settings, customers: theirs, atOnce: Math.round(CUSTOMERS / count) }),
    )
  }
  return {
    name: `Dojang, ${count} ${count === 1 ? 'process' : 'processes'}, ${cafes === 1 ? 'one café' : `${cafes} cafés`}`,
    turn: async (seconds) => together(await Promise.all(processes.map((one) => one.turn(seconds)))),
    stop: () => Promise.all(processes.map((one) => one.stop())),
  }
}

function together(turns: readonly Turn[]): Turn {
  return {
    stamps: turns.reduce((sum, { stamps }) => sum + stamps, 0),
    seconds: Math.max(...turns.map(({ seconds }) => seconds)),
    latenciesMs: Float64Array.from(turns.flatMap(({ latenciesMs }) => [...latenciesMs])),
  }
}

function percentile(values: Float64Array, part: number): number {
  const sorted = values.toSorted()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export async function openCafes(store: Store, count: number): Promise<number[]> {
  for (let place = 1; place <= count; place++) {
    const cafe = {
      slug: `bench-${place}`,
      name: `Bench ${place}`,
      country: 'KR',
      timeZone: 'Asia/Seoul',
      mode: 'self',
    } as const
    await store.transaction(null, (tx) =>
      addCafe(tx, { ...cafe, rewardName: null, cost: 10, atMs: Date.now() }),
    )
  }
  return (await store.cafes.list()).map(({ id }) => id)
}

function proved({ faults }: { faults: readonly unknown[] }): string {
  if (faults.length > 0) throw new Error(`the ledger has ${faults.length} faults`)
  return 'Afterwards every balance was the sum of its entries.'
}

if (import.meta.main) await measurePostgres({ rounds: 5, seconds: 2 })
