/** Bringing a PostgreSQL database to the present: the numbered migrations, one process at a time, and the key's check value. */
import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { isKeyOf, type PhoneVault } from './phone-vault.ts'
import type { Server } from './postgres-connection.ts'
import { MIGRATIONS, WrongKey } from './sqlite-schema.ts'

const MIGRATION_LOCK = 0x446f6a61 // "Doja": a number of ours among a database's advisory locks
const CLOSE_WAIT_MS = 1_000 // a server that is there says goodbye at once
const CONNECT_WAIT_MS = 5_000 // the server was there a moment ago
const LOCK_WAIT = '10s' // a table that is read for longer than that is migrated later, not waited for by everybody

/** Runs what is missing of the migrations; other processes wait for it and find nothing left to do. */
export async function migratePostgres(server: Server): Promise<readonly string[]> {
  return withMigrationLock(server, async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, at_ms bigint NOT NULL)')
    const done = (await client.query('SELECT name FROM migrations')).rows.map(({ name }) => name)
    const missing = MIGRATIONS.filter((name) => !done.includes(name))
    for (const name of missing) await runMigration(client, name)
    return missing
  })
}

/** One process at a time changes the tables; the lock ends with its connection. */
export function withMigrationLock<T>(server: Server, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withPatientClient(server, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    return work(client)
  })
}

async function runMigration(client: pg.ClientBase, name: string): Promise<void> {
  const text = readFileSync(new URL(`migrations/${name}.postgres.sql`, import.meta.url), 'utf8')
  try {
    await client.query(`BEGIN; SET LOCAL lock_timeout = '${LOCK_WAIT}'`)
    await client.query(text)
    await client.query(
      'INSERT INTO migrations VALUES ($1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)',
      [name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/** Keeps the key's check value at first, and afterwards refuses every other key. @throws WrongKey */
export async function checkPostgresKey(server: Server, vault: PhoneVault): Promise<void> {
  await withPatientClient(server, async (client) => {
    const text = 'INSERT INTO key_checks (id, value) VALUES (1, $1) ON CONFLICT (id) DO NOTHING'
    await client.query(text, [vault.checkValue])
    const { rows } = await client.query('SELECT value FROM key_checks WHERE id = 1')
    if (!isKeyOf(vault, rows[0].value)) throw new WrongKey('the database was written with another key')
  })
}

/** A connection of its own, without the time limits of those that customers wait for; its locks end with it. */
export async function withPatientClient<T>(
  server: Server,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const socket = new Socket()
  const stream = () => socket
  const client = new pg.Client({
    connectionTimeoutMillis: CONNECT_WAIT_MS,
    ...server,
    keepAlive: true,
    stream,
  })
  client.on('error', () => {}) // the query that is under way rejects as well
  await client.connect()
  try {
    return await work(client)
  } finally {
    await Promise.race([client.end().catch(() => {}), wait(CLOSE_WAIT_MS, null, { ref: false })])
    socket.destroy() // over a dead line it would neither close nor let the process end
  }
}
