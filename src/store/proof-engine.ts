/** The part of the proof that only the engine can answer: that it is whole, no row points nowhere, and the ledger's guards stand. */
import { columns, type Database, sql } from './sql.ts'

type Blame = (row: string, what: string) => void

const UNGUARDED = 'is not there, so lines of the ledger could be changed'

export function proveEngine(db: Database, blame: Blame): Promise<void> {
  return db.engine === 'sqlite' ? proveSqlite(db, blame) : provePostgres(db, blame)
}

async function proveSqlite(db: Database, blame: Blame): Promise<void> {
  for (const row of await db.all(sql`PRAGMA integrity_check(10)`)) {
    if (row.integrity_check !== 'ok') blame('database file', String(row.integrity_check))
  }
  for (const row of await db.all(sql`PRAGMA foreign_key_check`)) blameOrphan(blame, row.table, row.parent)
  const guards = namesIn(await db.all(sql`SELECT name FROM sqlite_schema WHERE type = 'trigger'`))
  for (const guard of ['entries_never_change', 'entries_never_go', 'entries_never_replaced']) {
    if (!guards.includes(guard)) blame(`trigger ${guard}`, UNGUARDED)
  }
}

/** PostgreSQL looks after its pages by itself (checksums, pg_amcheck); what it can be talked out of is looked at here. */
async function provePostgres(db: Database, blame: Blame): Promise<void> {
  for (const { table_name: table, parent } of await orphansIn(db)) blameOrphan(blame, table, parent)
  const broken = await db.all(
    sql`SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready)`,
  )
  for (const name of namesIn(broken)) blame(`index ${name}`, 'is not whole: run REINDEX on it')
  const guards = await db.all(
    sql`SELECT tgname AS name FROM pg_trigger WHERE tgrelid = 'entries'::regclass AND tgenabled IN ('O', 'A')`,
  )
  if (!namesIn(guards).includes('entries_never_change')) blame('trigger entries_never_change', UNGUARDED)
}

/** Foreign keys can be switched off while rows are written (session_replication_role), so each is asked anew. */
function orphansIn(db: Database) {
  return db.all(
    sql`SELECT 'rewards' AS table_name, 'cafes' AS parent WHERE EXISTS (
          SELECT 1 FROM rewards r WHERE NOT EXISTS (SELECT 1 FROM cafes p WHERE p.id = r.cafe_id))
        UNION ALL SELECT 'cards', 'cafes' WHERE EXISTS (
          SELECT 1 FROM cards r WHERE NOT EXISTS (SELECT 1 FROM cafes p WHERE p.id = r.cafe_id))
        UNION ALL SELECT 'answers', 'cafes' WHERE EXISTS (
          SELECT 1 FROM answers r WHERE NOT EXISTS (SELECT 1 FROM cafes p WHERE p.id = r.cafe_id))
        UNION ALL SELECT 'browsers', 'cards' WHERE EXISTS (
          SELECT 1 FROM browsers r WHERE NOT EXISTS (
            SELECT 1 FROM cards p WHERE p.cafe_id = r.cafe_id AND p.id = r.card_id))
        UNION ALL SELECT 'claims', 'browsers' WHERE EXISTS (
          SELECT 1 FROM claims r WHERE NOT EXISTS (
            SELECT 1 FROM browsers p WHERE p.cafe_id = r.cafe_id AND p.id = r.browser_id))
        UNION ALL SELECT 'entries', 'cards' WHERE EXISTS (
          SELECT 1 FROM entries r WHERE NOT EXISTS (
            SELECT 1 FROM cards p WHERE p.cafe_id = r.cafe_id AND p.id = r.card_id))`,
  )
}

function blameOrphan(blame: Blame, table: unknown, parent: unknown): void {
  blame(`table ${table}`, `a row of it points to one of ${parent} that is not there`)
}

function namesIn(rows: Awaited<ReturnType<Database['all']>>): string[] {
  return rows.map((row) => columns(row).text('name'))
}
