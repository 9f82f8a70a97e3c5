// Damages a world's ledger as someone could who has the database itself: every guard down, then up again.
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { uuidBytes } from '../src/store/sql.ts'
import { phoneNumber, type World } from './world.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** @param sql may name `:line`, `:other`, `:otherLine`, `:card` and `:otherCard` of two cards, and `:nobody` */
export async function damageLedger(world: World, sql: string): Promise<void> {
  const [history, otherHistory] = await Promise.all([
    world.history(phoneNumber(1)),
    world.history(phoneNumber(2)),
  ])
  const [line, other, otherLine] = [history.at(2), history.at(5), otherHistory.at(0)]
  if (!line || !other || !otherLine) throw new Error('the world has these lines')
  const ids: Record<string, string> = {
    otherCard: otherLine.cardId,
    otherLine: otherLine.id,
    other: other.id,
    line: line.id,
    card: line.cardId,
    nobody: NOBODY,
  }
  const { databaseFile, databaseUrl } = world
  if (databaseUrl === null) return damageFile(databaseFile, filled(sql, ids, hexOf))
  await runOutside(databaseUrl, [
    'SET session_replication_role = replica', // no triggers, no foreign keys
    'ALTER TABLE cards DROP CONSTRAINT cards_balance_check',
    'ALTER TABLE entries DROP CONSTRAINT entries_balance_check',
    filled(sql, ids, (id) => `'${id}'`),
  ])
}

/** Rows as an older version may have left them: a statement beside the store. */
export async function changeRows({ databaseFile, databaseUrl }: World, sql: string): Promise<void> {
  if (databaseUrl !== null) return runOutside(databaseUrl, [sql])
  const file = new Sqlite(databaseFile)
  file.exec(sql)
  file.close()
}

/** Statements on a connection of their own. */
export async function runOutside(databaseUrl: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

function damageFile(name: string, sql: string): void {
  const file = new Sqlite(name)
  file.pragma('foreign_keys = OFF')
  file.pragma('ignore_check_constraints = ON')
  const guards = file.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string
    sql: string
  }[]
  for (const guard of guards) file.exec(`DROP TRIGGER ${guard.name}`)
  file.exec(sql)
  for (const guard of guards) file.exec(guard.sql)
  file.close()
}

function filled(sql: string, ids: Record<string, string>, literal: (id: string) => string): string {
  return sql.replace(/:(\w+)/g, (_, name) => literal(String(ids[name])))
}

function hexOf(id: string): string {
  return `x'${uuidBytes(id).toString('hex')}'`
}
