/** Triggers on the source: first they note the keys of rows that change while others are copied, then they refuse every change. */
import { columns, type Database, sql, uuidOf } from '../sql.ts'
import { MOVED_SQLSTATE, MOVED_WORDS } from '../store.ts'
import { chunksOf, type Key, statementOf } from './rows.ts'
import type { Side } from './side.ts'
import type { Column, Table } from './tables.ts'

/** A row that changed since the move began: made, made otherwise, or gone. */
export interface Change {
  readonly number: number
  readonly table: Table
  readonly key: Key
}

/** To be called in a transaction; where it notes already, nothing changes. */
export async function startNoting({ db, execute }: Side, tables: readonly Table[]): Promise<void> {
  if (db.engine === 'sqlite') {
    await execute(
      'CREATE TABLE IF NOT EXISTS move_changes (number INTEGER PRIMARY KEY, table_name TEXT NOT NULL, key TEXT NOT NULL) STRICT',
    )
    for (const table of tables) await execute(noteInSqlite(table))
  } else {
    await execute(
      `CREATE TABLE IF NOT EXISTS move_changes (number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                                                table_name text NOT NULL, key text NOT NULL)`,
    )
    for (const table of tables) await execute(noteInPostgres(table))
  }
}

function noteInSqlite({ name, key }: Table): string {
  const keyIn = (row: string) =>
    `json_array(${key.map((column) => (column.kind === 'uuid' ? `lower(hex(${row}.${column.name}))` : `${row}.${column.name}`))})`
  const trigger = (event: string, row: string) =>
    `CREATE TRIGGER IF NOT EXISTS move_notes_${event}_of_${name} AFTER ${event} ON ${name}
     BEGIN INSERT INTO move_changes (table_name, key) VALUES ('${name}', ${keyIn(row)}); END;`
  return trigger('INSERT', 'NEW') + trigger('UPDATE', 'NEW') + trigger('DELETE', 'OLD')
}

function noteInPostgres({ name, key }: Table): string {
  const keyIn = (row: string) => `json_build_array(${key.map((column) => `${row}.${column.name}`)})::text`
  return `CREATE OR REPLACE FUNCTION move_note_${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'DELETE' THEN INSERT INTO move_changes (table_name, key) VALUES ('${name}', ${keyIn('OLD')});
            ELSE INSERT INTO move_changes (table_name, key) VALUES ('${name}', ${keyIn('NEW')}); END IF;
            RETURN NULL;
          END $$;
          CREATE OR REPLACE TRIGGER move_notes AFTER INSERT OR UPDATE OR DELETE ON ${name}
          FOR EACH ROW EXECUTE FUNCTION move_note_${name}();`
}

/** Gives a move up: the source is as it was before. To be called in a transaction. */
export async function stopNoting({ db, execute }: Side): Promise<void> {
  if (db.engine === 'sqlite') {
    const rows = await db.all(
      sql`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'move_notes_%'`,
    )
    for (const row of rows) await execute(`DROP TRIGGER ${columns(row).text('name')}`)
  } else {
    const rows = await db.all(
      sql`SELECT c.relname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
          WHERE t.tgname = 'move_notes' AND c.relnamespace = current_schema()::regnamespace`,
    )
    for (const row of rows) {
      const name = columns(row).text('name')
      await execute(`DROP TRIGGER move_notes ON ${name}; DROP FUNCTION move_note_${name}()`)
    }
  }
  await execute('DROP TABLE IF EXISTS move_changes; DROP TABLE IF EXISTS moves')
}

/** The oldest changes of these tables that are not yet copied. */
export async function readChanges(
  db: Database,
  tables: readonly Table[],
  most: number,
): Promise<readonly Change[]> {
  const names = tables.map(({ name }) => name)
  const text = `SELECT number, table_name, key FROM move_changes WHERE table_name IN (${names.map(() => '?')})
                ORDER BY number LIMIT ?`
  const rows = names.length === 0 ? [] : await db.all(statementOf(text, [...names, most]))
  return rows.map((row) => {
    const { integer, text } = columns(row)
    const table = tables.find(({ name }) => name === text('table_name'))
    if (table === undefined) throw new Error(`no table ${text('table_name')} is being moved`)
    const key = JSON.parse(text('key')) as Key
    return {
      number: integer('number'),
      table,
      key: key.map((value, place) => asKept(table.key[place], value)),
    }
  })
}

/** Forgets changes that are copied: exactly these, so that none is missed. */
export async function forgetChanges(db: Database, changes: readonly Change[]): Promise<void> {
  for (const chunk of chunksOf(changes)) {
    const text = `DELETE FROM move_changes WHERE number IN (${chunk.map(() => '?')})`
    await db.run(
      statementOf(
        text,
        chunk.map(({ number }) => number),
      ),
    )
  }
}

/** From the commit on nothing is written here any more, by whichever process. To be called in a transaction. */
export async function refuseChanges({ db, execute }: Side, tables: readonly Table[]): Promise<void> {
  if (db.engine === 'sqlite') {
    for (const { name } of tables) {
      for (const event of ['INSERT', 'UPDATE', 'DELETE']) {
        await execute(
          `CREATE TRIGGER moved_so_no_${event}_of_${name} BEFORE ${event} ON ${name}
           BEGIN SELECT RAISE(ABORT, '${MOVED_WORDS}'); END`,
        )
      }
    }
    return
  }
  await execute(
    `CREATE FUNCTION refuse_after_move() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${MOVED_SQLSTATE}', MESSAGE = '${MOVED_WORDS}'; END $$`,
  )
  for (const { name } of tables) {
    await execute(
      `CREATE TRIGGER a_move_refuses BEFORE INSERT OR UPDATE OR DELETE ON ${name}
       FOR EACH STATEMENT EXECUTE FUNCTION refuse_after_move()`,
    )
  }
}

/** SQLite notes a UUID as its digits alone, PostgreSQL as it is written. */
function asKept(column: Column | undefined, value: string | number): string | number {
  if (column?.kind !== 'uuid') return value
  return uuidOf(String(value).replaceAll('-', ''))
}
