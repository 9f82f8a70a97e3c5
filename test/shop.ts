/** A whole Dojang without a port, on a real database of its own, with a rival café next door and a clock to turn. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type App, createApp } from '../src/app.ts'
import { systemRandom } from '../src/clock.ts'
import { addCafe, type CafeInput } from '../src/commands/add-cafe.ts'
import { readConfig } from '../src/config.ts'
import { databaseFileOf } from '../src/store/data-folder.ts'
import type { Keys } from '../src/store/keys.ts'
import { openStore } from '../src/store/open-store.ts'
import type { Store } from '../src/store/store.ts'
import { type Engine, sqlite } from './engines.ts'
import { Visitor } from './visitor.ts'

export interface Shop {
  readonly app: App
  readonly store: Store
  /** The database's file on SQLite, for what another process might do to it. */
  readonly databaseFile: string
  /** Where the database is on PostgreSQL, for the same. */
  readonly databaseUrl: string | null
  /** What the pages sign and hash with. */
  readonly keys: Keys
  readonly origin: string
  readonly log: readonly string[]
  readonly clock: { nowMs: number }
  visitor(language?: string): Visitor
  close(): Promise<void>
}

/** One for all shops of a process, so that what is hashed with it for one is good for the others (counter-people.ts). */
const SECRET = Buffer.from(systemRandom.bytes(32)).toString('base64url')
const OPENED_AT_MS = Date.UTC(2026, 2, 2, 0, 0) // a Monday morning in Seoul

export const CAFE: CafeInput = {
  slug: 'cafe',
  name: '온기 커피',
  country: 'KR',
  timeZone: 'Asia/Seoul',
  mode: 'self',
  rewardName: null,
  cost: 10,
  atMs: OPENED_AT_MS,
}

/** @param environment settings as the operator would give them, such as DOJANG_URL */
export async function openShop(
  environment: Record<string, string> = {},
  engine: Engine = sqlite,
): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-shop-'))
  const database = await engine.freshDatabase()
  const inDatabase = database.url === null ? {} : { DATABASE_URL: database.url }
  const config = readConfig({ DOJANG_DATA: folder, DOJANG_SECRET: SECRET, ...inDatabase, ...environment })
  const { store, keys } = await openStore(config, systemRandom)
  await store.transaction(null, (tx) => addCafe(tx, CAFE))
  await store.transaction(null, (tx) => addCafe(tx, { ...CAFE, slug: 'rival', name: '옆집 커피' }))
  const clock = { nowMs: OPENED_AT_MS }
  const lines: string[] = []
  const log = pino({ base: null }, { write: (line: string) => lines.push(line) })
  const app = createApp({ config, store, keys, clock: () => clock.nowMs, random: systemRandom, log })
  const origin = config.publicUrl?.origin ?? 'http://localhost:8000'
  return {
    app,
    store,
    keys,
    origin,
    databaseFile: databaseFileOf(config),
    databaseUrl: config.databaseUrl,
    log: lines,
    clock,
    visitor: (language = 'en') => new Visitor(app, origin, language),
    async close() {
      await store.close()
      await database.drop()
      rmSync(folder, { recursive: true })
    },
  }
}
