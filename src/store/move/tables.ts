/** What there is to move: every table of both engines, read from PostgreSQL's catalogue, so that no list can forget a noun. */
import { columns, type Database, sql } from '../sql.ts'

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** The columns of the primary key, in its order. */
  readonly key: readonly Column[]
  /** A number whose sum is proved besides the digest, or null. */
  readonly summed: string | null
}

export interface Column {
  readonly name: string
  readonly kind: Kind
  /** As PostgreSQL names its type. */
  readonly type: string
}

export type Kind = 'integer' | 'text' | 'uuid' | 'bytes'

/** Tables that belong to one database and stay with it, each with its reason. */
const STAYING = [
  'migrations', // both sides have been through their own
  'key_checks', // compared when the other side is opened, not copied
  'moves', // where each side stands in this move
  'move_changes', // what the move has still to copy
]
const KINDS: Readonly<Record<string, Kind>> = {
  integer: 'integer',
  bigint: 'integer',
  text: 'text',
  uuid: 'uuid',
  bytea: 'bytes',
}
const SUMMED: Readonly<Record<string, string>> = { cards: 'balance', entries: 'stamps' }

/** Tables in an order in which each comes after those that its rows point to. */
export async function tablesOf(postgres: Database, sqlite: Database): Promise<readonly Table[]> {
  const inSqlite = await sqlite.all(
    sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`,
  )
  const moving = inSqlite.map((row) => columns(row).text('name')).filter((name) => !STAYING.includes(name))
  const tables = await readTables(postgres, moving)
  const parents = await readParents(postgres)
  const ordered: Table[] = []
  const add = (name: string) => {
    const table = tables.get(name)
    if (table === undefined) throw new Error(`PostgreSQL has no table ${name}: both engines have the same`)
    if (ordered.includes(table)) return
    for (const parent of parents.get(name) ?? []) if (parent !== name) add(parent)
    ordered.push(table)
  }
  for (const name of moving) add(name)
  return ordered
}

async function readTables(postgres: Database, moving: readonly string[]): Promise<Map<string, Table>> {
  const rows = await postgres.all(
    sql`SELECT c.relname AS table_name, a.attname AS name, format_type(a.atttypid, NULL) AS type,
               coalesce(array_position(k.conkey, a.attnum), 0) AS place
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
        ORDER BY c.relname, a.attnum`,
  )
  const found = new Map<string, (Column & { place: number })[]>()
  for (const row of rows) {
    const { integer, text } = columns(row)
    if (!moving.includes(text('table_name'))) continue // PostgreSQL's own, such as a limiter's
    const kind = KINDS[text('type')]
    if (kind === undefined)
      throw new Error(`${text('table_name')}.${text('name')} is ${text('type')}, which a move does not know`)
    const column = { name: text('name'), kind, type: text('type'), place: integer('place') }
    found.set(text('table_name'), [...(found.get(text('table_name')) ?? []), column])
  }
  return new Map(
    [...found].map(([name, all]) => {
      const key = all.filter(({ place }) => place > 0).sort((one, other) => one.place - other.place)
      return [name, { name, columns: all, key, summed: SUMMED[name] ?? null }]
    }),
  )
}

async function readParents(postgres: Database): Promise<Map<string, string[]>> {
  const rows = await postgres.all(
    sql`SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent FROM pg_constraint
        WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
  )
  const parents = new Map<string, string[]>()
  for (const row of rows) {
    const { text } = columns(row)
    parents.set(text('child'), [...(parents.get(text('child')) ?? []), text('parent')])
  }
  return parents
}
