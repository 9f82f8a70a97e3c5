/** The part of the proof that only the engine can answer: that it is whole, no row points nowhere, and the guards of ledger and audit log stand. */
import { statementOf } from './move/rows.ts'
import { columns, type Database, sql } from './sql.ts'

type Blame = (row: string, what: string) => void

const UNGUARDED = 'is not there, so lines of the ledger or of the audit log could be changed'
const GUARDS = {
  sqlite: ['never_change', 'never_go', 'never_replaced'],
  postgres: ['never_change'],
} as const

export function proveEngine(db: Database, blame: Blame): Promise<void> {
  return db.engine === 'sqlite' ? proveSqlite(db, blame) : provePostgres(db, blame)
}

async function proveSqlite(db: Database, blame: Blame): Promise<void> {
  for (const row of await db.all(sql`PRAGMA integrity_check(10)`)) {
    if (row.integrity_check !== 'ok') blame('database file', String(row.integrity_check))
  }
  for (const row of await db.all(sql`PRAGMA foreign_key_check`)) blameOrphan(blame, row.table, row.parent)
  const guards = namesIn(await db.all(sql`SELECT name FROM sqlite_schema WHERE type = 'trigger'`))
  blameUnguarded(blame, GUARDS.sqlite, guards)
}

/** PostgreSQL looks after its pages by itself (checksums, pg_amcheck); what it can be talked out of is looked at here. */
async function provePostgres(db: Database, blame: Blame): Promise<void> {
  await blameOrphans(db, blame)
  const broken = await db.all(
    sql`SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready)`,
  )
  for (const name of namesIn(broken)) blame(`index ${name}`, 'is not whole: run REINDEX on it')
  const guards = await db.all(
    sql`SELECT tgname AS name FROM pg_trigger
        WHERE tgrelid IN ('entries'::regclass, 'audits'::regclass) AND tgenabled IN ('O', 'A')`,
  )
  blameUnguarded(blame, GUARDS.postgres, namesIn(guards))
}

function blameUnguarded(blame: Blame, guards: readonly string[], there: readonly string[]): void {
  for (const guard of guards.flatMap((name) => [`entries_${name}`, `audits_${name}`])) {
    if (!there.includes(guard)) blame(`trigger ${guard}`, UNGUARDED)
  }
}

/** Every row of the first table points to one of the second: by the café alone, or by the café and this column too. */
export const POINTERS: readonly (readonly [child: string, parent: string, column?: string])[] = [
  ['rewards', 'cafes'],
  ['cards', 'cafes'],
  ['answers', 'cafes'],
  ['browsers', 'cards', 'card_id'],
  ['claims', 'browsers', 'browser_id'],
  ['entries', 'cards', 'card_id'],
  ['sessions', 'cafes'],
  ['branches', 'cafes'],
  ['people', 'cafes'],
  ['passkeys', 'people', 'person_id'],
  ['devices', 'branches', 'branch_id'],
  ['pin_tries', 'devices', 'device_id'],
  ['pin_tries', 'people', 'person_id'],
  ['invitations', 'cafes'],
  ['claim_links', 'cards', 'card_id'],
  ['requests', 'cards', 'card_id'],
  ['audits', 'cafes'],
  ['audit_heads', 'cafes'],
  ['limits', 'cafes'],
]

/** Foreign keys can be switched off while rows are written (session_replication_role), or dropped, so each is asked anew. */
async function blameOrphans(db: Database, blame: Blame): Promise<void> {
  for (const [child, parent, column] of POINTERS) {
    const isParent =
      column === undefined ? 'p.id = r.cafe_id' : `p.cafe_id = r.cafe_id AND p.id = r.${column}`
    const text = `SELECT 1 AS found WHERE EXISTS (
                    SELECT 1 FROM ${child} r WHERE NOT EXISTS (SELECT 1 FROM ${parent} p WHERE ${isParent}))`
    if ((await db.first(statementOf(text, []))) !== null) blameOrphan(blame, child, parent)
  }
}

function blameOrphan(blame: Blame, table: unknown, parent: unknown): void {
  blame(`table ${table}`, `a row of it points to one of ${parent} that is not there`)
}

function namesIn(rows: Awaited<ReturnType<Database['all']>>): string[] {
  return rows.map((row) => columns(row).text('name'))
}
