/** Spreading the tables over Citus' workers: each café's rows on one machine, the few tables that belong to no café on every one. */
import type pg from 'pg'
import type { Server } from './postgres-connection.ts'
import { withMigrationLock } from './postgres-schema.ts'

/** What lies where. */
export interface Spread {
  /** By café, all of them alike, so that a café's rows of every table are on one machine. */
  readonly byCafe: readonly string[]
  /** The same on every machine. */
  readonly everywhere: readonly string[]
}

/** Tables without a café in their key, each with its reason: they become reference tables, small and seldom written. */
export const REFERENCE_TABLES: Readonly<Record<string, string>> = {
  cafes: 'the list of cafés: it is asked by slug, before the café is known',
  key_checks: 'one row, by which the database knows its key',
  migrations: 'the names of what was done to the tables',
  moves: 'one row: whether cafés moved here, or away from here (dojang move)',
  move_changes: 'what customers change while their cafés are moved, of all of them in one order',
}

/** All tables are spread like this one: create_distributed_table's `colocate_with`. */
const MODEL_TABLE = 'cards'

/** @returns null when the database has no Citus, and its tables are plain */
export function spreadOverCitus(server: Server): Promise<Spread | null> {
  return withMigrationLock(server, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_extension WHERE extname = 'citus'")
    if (rowCount === 0) return null
    const tables = await tablesOf(client)
    const spread = planOf(tables)
    const isDone = new Set(tables.filter(({ isSpread }) => isSpread).map(({ name }) => name))
    await client.query('SET citus.enable_unsafe_triggers TO on') // ours only refuse: they touch no other row
    for (const table of spread.everywhere.filter((name) => !isDone.has(name)))
      await client.query('SELECT create_reference_table($1::regclass)', [table])
    for (const table of spread.byCafe.filter((name) => !isDone.has(name))) {
      const model = table === MODEL_TABLE ? 'none' : MODEL_TABLE
      const text = "SELECT create_distributed_table($1::regclass, 'cafe_id', colocate_with => $2)"
      await client.query(text, [table, model])
    }
    return spread
  })
}

interface Table {
  readonly name: string
  readonly hasCafe: boolean
  /** Whether Citus knows it already. */
  readonly isSpread: boolean
}

/** In the order in which they were made: what is pointed to comes before what points. */
async function tablesOf(client: pg.ClientBase): Promise<readonly Table[]> {
  const { rows } = await client.query(
    `SELECT c.relname AS name,
            EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'cafe_id') AS "hasCafe",
            EXISTS (SELECT 1 FROM pg_dist_partition p WHERE p.logicalrelid = c.oid) AS "isSpread"
     FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
       AND c.relname <> 'pg_dist_partition'
     ORDER BY c.oid`,
  )
  return rows
}

/** The model first, so that the others can follow it. @throws Error for a table that is in neither list: a mistake of ours */
export function planOf(tables: readonly Pick<Table, 'name' | 'hasCafe'>[]): Spread {
  const everywhere = tables.filter(({ name }) => name in REFERENCE_TABLES).map(({ name }) => name)
  const others = tables.filter(({ name }) => !(name in REFERENCE_TABLES))
  const homeless = others.filter(({ hasCafe }) => !hasCafe).map(({ name }) => name)
  if (homeless.length > 0)
    throw new Error(`no café in ${homeless.join(', ')}: give it cafe_id, or name it in REFERENCE_TABLES`)
  const names = others.map(({ name }) => name)
  return { byCafe: [MODEL_TABLE, ...names.filter((name) => name !== MODEL_TABLE)], everywhere }
}
