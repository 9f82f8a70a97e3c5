/** Bringing a SQLite file to the present: the numbered migrations, and the value by which it knows its key. */
import { readFileSync } from 'node:fs'
import type Sqlite from 'better-sqlite3'
import { isKeyOf, type PhoneVault } from './phone-vault.ts'
import { sql } from './sql.ts'
import { beginWriting, databaseOn } from './sqlite-connection.ts'

/** The database was written with another key. */
export class WrongKey extends Error {
  override readonly name = 'WrongKey'
}

export const MIGRATIONS: readonly string[] = ['001-coupon', '002-sessions', '003-people']

/** Runs what is missing of the numbered migrations, together: a file is never left half way. */
export async function migrate(connection: Sqlite.Database): Promise<void> {
  if (isPresent(connection)) return // so that a command beside a busy server need not wait for the writer
  await beginWriting(connection)
  try {
    connection.exec(
      'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT',
    )
    const done = migrationsOf(connection)
    for (const name of MIGRATIONS.filter((one) => !done.includes(one))) {
      connection.exec(readFileSync(new URL(`migrations/${name}.sqlite.sql`, import.meta.url), 'utf8'))
      connection
        .prepare("INSERT INTO migrations VALUES (?, CAST(unixepoch('subsec') * 1000 AS INTEGER))")
        .run(name)
    }
    connection.exec('COMMIT')
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

/** The names of the migrations that a file has been through; none when it is not one of ours. */
export function migrationsOf(connection: Sqlite.Database): string[] {
  const table = connection
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'")
    .get()
  if (table === undefined) return []
  return connection.prepare('SELECT name FROM migrations ORDER BY name').pluck().all() as string[]
}

/** Keeps the key's check value at first, and afterwards refuses every other key. @throws WrongKey */
export async function checkKey(connection: Sqlite.Database, vault: PhoneVault): Promise<void> {
  const db = databaseOn(connection)
  if ((await keptCheckValue(connection)) === null) {
    await beginWriting(connection)
    await db.run(
      sql`INSERT INTO key_checks (id, value) VALUES (1, ${vault.checkValue}) ON CONFLICT (id) DO NOTHING`,
    )
    connection.exec('COMMIT')
  }
  const kept = await keptCheckValue(connection)
  if (kept === null || !isKeyOf(vault, kept)) throw new WrongKey('the database was written with another key')
}

/** What a database knows of its key, or null while it has none. */
export async function keptCheckValue(connection: Sqlite.Database): Promise<Uint8Array | null> {
  const row = await databaseOn(connection).first(sql`SELECT value FROM key_checks WHERE id = 1`)
  return row?.value instanceof Uint8Array ? row.value : null
}

function isPresent(connection: Sqlite.Database): boolean {
  const done = migrationsOf(connection)
  return MIGRATIONS.every((name) => done.includes(name))
}
