// How far each step goes: measures both engines and the bytes of a row, and reckons from that what runs where. Prints Markdown.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemRandom } from '../src/clock.ts'
import { openStore } from '../src/store/open-store.ts'
import { compare } from './compare.ts'
import { openCafes, type Stamping, startDojangs } from './postgres.ts'
import { openBenchDatabase } from './postgres-database.ts'
import { inviteCustomers } from './postgres-stampers.ts'
import { type Assumptions, assumptions, type Measured, reckon, steps, worker } from './scale-model.ts'
import { postgresBytes, sqliteBytes, walBytes } from './scale-sizes.ts'

const CARDS = 10_000
const root = join(import.meta.dirname, '..')

export const scaleFlags = Object.fromEntries(
  Object.keys(assumptions).map((name) => [name, { type: 'string' }] as const),
)

export async function measureScale(
  options: { rounds: number; seconds: number },
  flags: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const given = readAssumptions(flags)
  const measured = await measureAll(options)
  console.log(markdown(measured, given))
}

async function measureAll(options: { rounds: number; seconds: number }): Promise<Measured> {
  mkdirSync(join(root, 'data'), { recursive: true, mode: 0o700 })
  const folder = mkdtempSync(join(root, 'data/bench-')) // on the disk of this checkout: /tmp may be memory
  const database = await openBenchDatabase()
  const contenders: Stamping[] = []
  const file = join(folder, 'a/dojang.db')
  try {
    for (const databaseUrl of [null, database.url]) {
      const secret = systemRandom.uuid() + systemRandom.uuid()
      const settings = {
        dataFolder: join(folder, databaseUrl ? 'b' : 'a'),
        databaseUrl,
        secret,
        secretFallbacks: [],
      }
      const { store } = await openStore(settings, systemRandom)
      const customers = await inviteCustomers(store, await openCafes(store, 1), CARDS)
      await store.close()
      const name = databaseUrl ? 'PostgreSQL, two processes' : 'SQLite, one process'
      contenders.push({
        ...(await startDojangs({ settings, count: databaseUrl ? 2 : 1, customers, cafes: 1 })),
        name,
      })
    }
    await database.ask('VACUUM ANALYZE')
    const [sqliteFresh, postgresFresh] = [sqliteBytes(file), await postgresBytes(database)] // before updates leave gaps
    const walBefore = await walBytes(database)
    let stamps = 0
    const [ofSqlite, ofPostgres] = await compare({
      title: 'stamps through the store',
      unit: 'stamps',
      rounds: options.rounds,
      contenders: contenders.map(({ name, turn }, place) => ({
        name,
        async turn() {
          const result = await turn(options.seconds)
          if (place === 1) stamps += result.stamps
          return result.stamps / result.seconds
        },
      })),
    })
    const walBytesPerStamp = ((await walBytes(database)) - walBefore) / stamps
    await Promise.all(contenders.splice(0).map(({ stop }) => stop()))
    return {
      sqlitePerSecond: ofSqlite?.median ?? Number.NaN,
      postgresPerSecond: ofPostgres?.median ?? Number.NaN,
      sqliteBytes: { ...sqliteBytes(file), card: sqliteFresh.card, browser: sqliteFresh.browser },
      postgresBytes: {
        ...(await postgresBytes(database)),
        card: postgresFresh.card,
        browser: postgresFresh.browser,
      },
      walBytesPerStamp,
    }
  } finally {
    await Promise.all(contenders.map(({ stop }) => stop()))
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function markdown(measured: Measured, given: Assumptions): string {
  const size = reckon(measured, given)
  const memory = Math.round(totalmem() / 1e9)
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${memory} GB, Node ${process.versions.node}`
  return [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`,
    '',
    table(
      ['', 'SQLite', 'PostgreSQL'],
      [
        ['stamps a second through the store', n(measured.sqlitePerSecond), n(measured.postgresPerSecond)],
        ...(['card', 'browser', 'entry', 'answer'] as const).map((noun) => [
          `bytes: ${noun}`,
          n(measured.sqliteBytes[noun]),
          n(measured.postgresBytes[noun]),
        ]),
        ['bytes of WAL a stamp', '', n(measured.walBytesPerStamp)],
      ],
    ),
    table(
      ['assumed', ''],
      Object.entries(assumptions).map(([name, { what }]) => [
        `\`--${name}\` ${what}`,
        String(given[name as keyof Assumptions]),
      ]),
    ),
    table(
      ['step', 'stamps a second', 'cards', 'cafés'],
      steps(measured, given).map(({ name, perSecond, cards, cafes }) => [
        name,
        n(perSecond),
        n(cards),
        n(cafes),
      ]),
    ),
    table(
      [`${n(given.cafes)} cafés, ${n(given.cards)} cards, ${n(given.peak)} stamps a second`, ''],
      [
        ['Dojang processes, a core each', n(size.processes)],
        [
          `PostgreSQL workers of ${worker.cores} cores, ${gb(worker.memory)}, ${gb(worker.disk)} of disk`,
          n(size.workers),
        ],
        ['… for the stamps alone', n(Math.ceil(size.bounds.stamps))],
        ['… for the memory alone', n(Math.ceil(size.bounds.memory))],
        ['… for the disk alone', n(Math.ceil(size.bounds.disk))],
        ['connections to each of them', n(size.connectionsPerWorker)],
        ['hot pages: cards, browsers and a day of the rest', gb(size.hot)],
        ['disk: cards and browsers', gb(size.cardsAndBrowsers)],
        [`disk: entries of ${given.years} years`, gb(size.entries)],
        [`disk: answers of ${given.days} days`, gb(size.answers)],
        ['WAL a day', gb(size.walADay)],
        ['backups: one whole and a week of WAL', gb(size.archive)],
        ['a month, with a standby of everything', n(size.price)],
        ['a million stamps', size.pricePerMillion.toFixed(2)],
      ],
    ),
  ].join('\n')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = line(head.map((_, place) => (place === 0 ? '---' : '---:')))
  return [line(head), rule, ...rows.map(line), ''].join('\n')
}

function n(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 })
}

function gb(bytes: number): string {
  return bytes < 1e12 ? `${n(bytes / 1e9)} GB` : `${n(bytes / 1e12)} TB`
}

/** @throws Error for one that is no number above zero */
function readAssumptions(flags: Readonly<Record<string, unknown>>): Assumptions {
  const entries = Object.entries(assumptions).map(([name, { value }]) => {
    const read = flags[name] === undefined ? value : Number(flags[name])
    if (!(read > 0)) throw new Error(`--${name} takes a number above zero.`)
    return [name, read]
  })
  return Object.fromEntries(entries)
}

if (import.meta.main) {
  const { values } = parseArgs({ options: scaleFlags })
  await measureScale({ rounds: 5, seconds: 1 }, values)
}
