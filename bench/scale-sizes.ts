// What a row costs on the disk: the pages of each table and its indexes, shared out among its rows.
import Sqlite from 'better-sqlite3'
import type { BenchDatabase } from './postgres-database.ts'
import type { Bytes } from './scale-model.ts'

const TABLES = ['cards', 'browsers', 'entries', 'answers'] as const

/** Of a file that nobody writes to now. */
export function sqliteBytes(file: string): Bytes {
  const database = new Sqlite(file, { readonly: true })
  const size = database
    .prepare(
      'SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name = ?)',
    )
    .pluck()
  const bytes = TABLES.map((table) => {
    const rows = Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
    return Number(size.get(table)) / rows
  })
  database.close()
  return named(bytes)
}

export async function postgresBytes(database: BenchDatabase): Promise<Bytes> {
  const bytes: number[] = []
  for (const table of TABLES) {
    const [row] = await database.ask(
      `SELECT pg_total_relation_size('${table}')::float8 / (SELECT count(*) FROM ${table}) AS bytes`,
    )
    bytes.push(Number(row?.bytes))
  }
  return named(bytes)
}

/** How many bytes of WAL there have been. */
export async function walBytes(database: BenchDatabase): Promise<number> {
  const [row] = await database.ask("SELECT (pg_current_wal_lsn() - '0/0')::float8 AS bytes")
  return Number(row?.bytes)
}

function named([card = 0, browser = 0, entry = 0, answer = 0]: readonly number[]): Bytes {
  return { card, browser, entry, answer }
}
