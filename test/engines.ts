// The engines that a store can run on: one text tests them all, each on a real database of its own.
import { strict as assert } from 'node:assert'
import { after, describe } from 'node:test'
import { watchStatements } from './one-cafe.ts'
import { type PostgresServer, postgresServer } from './postgres.ts'

export interface Engine {
  readonly name: 'SQLite' | 'PostgreSQL'
  /** A database that nobody else uses, empty; on SQLite it is the file in the data folder. */
  freshDatabase(): Promise<FreshDatabase>
}

export interface FreshDatabase {
  /** What `DATABASE_URL` would say. */
  readonly url: string | null
  drop(): Promise<void>
}

export const sqlite: Engine = {
  name: 'SQLite',
  freshDatabase: async () => ({ url: null, drop: async () => {} }),
}

/** A schema each: making a whole database takes a third of a second of the machine's time. */
export const postgres: Engine = {
  name: 'PostgreSQL',
  async freshDatabase() {
    const shared = await sharedServer()
    databases += 1
    const name = `world_${databases}`
    await shared.ask(`CREATE SCHEMA ${name}`)
    const url = `${shared.url()}?options=-c%20search_path%3D${name}`
    return { url, drop: async () => void (await shared.ask(`DROP SCHEMA ${name} CASCADE`)) }
  },
}

export const engines: readonly Engine[] = [sqlite, postgres]

/** `describe`, once for each engine. */
export function onEveryEngine(title: string, tests: (engine: Engine) => void): void {
  for (const engine of engines) describe(`${title}, on ${engine.name}`, () => tests(engine))
}

let server: Promise<PostgresServer> | null = null
let databases = 0
const breaches = watchStatements()
after(async () => {
  await (await server)?.remove()
  assert.deepEqual(breaches(), [], 'every statement stays within one café (test/one-cafe.ts)')
})

/** The one server of this test file, started when first asked for. @throws Error when no PostgreSQL can be had */
export function sharedServer(): Promise<PostgresServer> {
  server ??= postgresServer({ settings: { fsync: 'off' } }) // no test pulls the plug on this one
  return server
}

/** An empty database on the shared server, for tests that look at a whole one. */
export async function freshDatabase(): Promise<string> {
  const shared = await sharedServer()
  databases += 1
  await shared.ask(`CREATE DATABASE test_${databases}`)
  return shared.url(`test_${databases}`)
}
