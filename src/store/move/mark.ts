/** Where a database stands in a move: a row in it, so that whoever opens it knows, whatever happened to the one who moved it. */
import { columns, type Database, sql } from '../sql.ts'
import type { Store } from '../store.ts'
import type { Key } from './rows.ts'
import type { Side } from './side.ts'

export interface Mark {
  /** The source is `leaving` and then has `left`; the target is `arriving` and then has `arrived`. */
  readonly state: 'leaving' | 'left' | 'arriving' | 'arrived'
  /** The same on both sides. */
  readonly moveId: string
  /** Where to, or where from: never with a password. */
  readonly place: string
  readonly atMs: number
  /** How far the copy has come, on the target. */
  readonly progress: Progress
}

export interface Progress {
  /** Tables that are copied. */
  readonly done: readonly string[]
  /** The last key copied of the table under way. */
  readonly after: Key | null
  readonly rows: number
}

export const AT_THE_START: Progress = { done: [], after: null, rows: 0 }

/** Nothing was moved: the message says why, and what to do. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused'
}

/** This database is not the one to use, or not yet: the message says which. */
export class NotServedHere extends Error {
  override readonly name = 'NotServedHere'
}

export async function readMark(db: Database): Promise<Mark | null> {
  const table =
    db.engine === 'sqlite'
      ? await db.first(sql`SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'moves'`)
      : await db.first(sql`SELECT relname AS name FROM pg_class WHERE oid = to_regclass('moves')`)
  const row =
    table && (await db.first(sql`SELECT state, move_id, place, at_ms, progress FROM moves WHERE id = 1`))
  if (row === null) return null
  const { integer, text } = columns(row)
  return {
    state: text('state') as Mark['state'],
    moveId: text('move_id'),
    place: text('place'),
    atMs: integer('at_ms'),
    progress: JSON.parse(text('progress')),
  }
}

/** To be called in a transaction with what the mark says. */
export async function writeMark({ db, execute }: Side, mark: Mark): Promise<void> {
  const count = db.engine === 'sqlite' ? 'INTEGER' : 'bigint'
  await execute(
    `CREATE TABLE IF NOT EXISTS moves (id ${count} PRIMARY KEY CHECK (id = 1), state text NOT NULL, move_id text NOT NULL,
                                       place text NOT NULL, at_ms ${count} NOT NULL, progress text NOT NULL)`,
  )
  await db.run(sql`DELETE FROM moves`)
  await db.run(
    sql`INSERT INTO moves (id, state, move_id, place, at_ms, progress)
        VALUES (1, ${mark.state}, ${mark.moveId}, ${mark.place}, ${mark.atMs}, ${JSON.stringify(mark.progress)})`,
  )
}

export async function writeProgress(db: Database, progress: Progress): Promise<void> {
  await db.run(sql`UPDATE moves SET progress = ${JSON.stringify(progress)} WHERE id = 1`)
}

/** Stops whoever would use a database that is only half there. @throws NotServedHere */
export async function expectWhole(store: Store): Promise<void> {
  const mark = await store.snapshot((db) => readMark(db))
  if (mark?.state === 'arriving') {
    throw new NotServedHere(
      `This database is being filled from ${mark.place}: go on serving there, and run dojang move once more to finish.`,
    )
  }
}

/** Stops whoever would serve a database that was moved away. @throws NotServedHere */
export async function expectHome(store: Store): Promise<void> {
  const mark = await store.snapshot((db) => readMark(db))
  if (mark?.state === 'left') throw new NotServedHere(`The cafés were moved: ${settingFor(mark.place)}.`)
}

/** What to set so that Dojang serves from there. */
export function settingFor(place: string): string {
  return place.startsWith('sqlite:')
    ? `start with DOJANG_DATA=${place.slice('sqlite:'.length)} and without DATABASE_URL`
    : `start with DATABASE_URL=${place} (with its password, if it has one)`
}
