/** Copying rows to the target: page by page in key order, and whatever changed meanwhile. */
import { columns, type Database, sql } from '../sql.ts'
import { type Progress, writeProgress } from './mark.ts'
import { type Change, forgetChanges, readChanges } from './recorder.ts'
import {
  countRows,
  type Key,
  keyOf,
  nameOf,
  readByKeys,
  readStretch,
  removeRows,
  statementOf,
  type Values,
  writeRows,
} from './rows.ts'
import type { Side } from './side.ts'
import type { Table } from './tables.ts'

export interface Course {
  readonly source: Side
  readonly target: Side
  readonly tables: readonly Table[]
  /** @param share done, 0 to 1 */
  readonly onProgress: (share: number) => void
}

const PAGE_ROWS = 1_000 // a page is one transaction on the target: a few milliseconds, and little to do again
const CHANGES_AT_ONCE = 2_000 // the same for changes
const BATCHES_MAX = 200 // then the others have their turn, however much is written meanwhile

/** Copies every table, from where an earlier try has come. How far is kept with each page, in its transaction. */
export async function copyTables(course: Course, from: Progress): Promise<void> {
  const { source, target, tables, onProgress } = course
  let total = 1
  for (const table of tables) total += await countRows(source.db, table)
  let progress = from
  for (const table of tables.filter(({ name }) => !from.done.includes(name))) {
    for (let isDone = false; !isDone; ) {
      const last = progress
      progress = await copyPage(course, table, last)
      isDone = progress.done.length > last.done.length
      onProgress(Math.min(1, progress.rows / total))
    }
  }
  await target.transaction(() => writeProgress(target.db, progress))
}

/** A row may point to one that was made after that one's table was copied: that is among the changes then, and comes first. */
async function copyPage(course: Course, table: Table, last: Progress): Promise<Progress> {
  const { source, target, tables } = course
  const copied = tables.filter(({ name }) => last.done.includes(name))
  for (;;) {
    const page = await readStretch(source.db, table, { after: last.after, upTo: null }, PAGE_ROWS)
    const end = page.at(-1)
    const rows = last.rows + page.length
    const progress =
      end === undefined || page.length < PAGE_ROWS
        ? { done: [...last.done, table.name], after: null, rows }
        : { done: last.done, after: keyOf(table, end), rows }
    try {
      await target.transaction(async () => {
        await writeRows(target.db, table, page)
        await writeProgress(target.db, progress)
      })
      return progress
    } catch (error) {
      if (!isOrphan(error)) throw error
      await catchUp({ ...course, tables: copied })
    }
  }
}

/**
 * Makes the target's rows what the source's are, for what was noted so far: a server at full load notes more meanwhile.
 *
 * @returns what had changed
 */
export async function catchUp(course: Course): Promise<readonly Change[]> {
  const { source } = course
  const copied: Change[] = []
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const changes = await copyOldest(course)
    if (changes.length > 0) await source.transaction(() => forgetChanges(source.db, changes))
    copied.push(...changes)
    if (changes.length < CHANGES_AT_ONCE) break
  }
  return copied
}

/** The same to the very last, in a transaction of the source's in which nobody else writes. */
export async function catchUpAlone(course: Course): Promise<readonly Change[]> {
  const copied: Change[] = []
  for (;;) {
    const changes = await copyOldest(course)
    if (changes.length === 0) return copied
    await forgetChanges(course.source.db, changes)
    copied.push(...changes)
  }
}

/** A batch that ends within one of the source's transactions may lack what its rows point to; a longer one does not. */
async function copyOldest(course: Course): Promise<readonly Change[]> {
  for (let most = CHANGES_AT_ONCE; ; most *= 2) {
    const changes = await readChanges(course.source.db, course.tables, most)
    try {
      if (changes.length > 0) await copyChanges(course, changes)
      return changes
    } catch (error) {
      if (!isOrphan(error) || changes.length < most) throw error
    }
  }
}

/** Rows are read after their changes were, so each is at least as new; the target has it before the change is forgotten. */
async function copyChanges({ source, target, tables }: Course, changes: readonly Change[]): Promise<void> {
  const steps: { table: Table; rows: readonly Values[]; gone: Key[] }[] = []
  for (const table of tables) {
    const ofTable = changes.filter((change) => change.table === table)
    const keys = new Map(ofTable.map(({ key }) => [nameOf(key), key]))
    const rows = await readByKeys(source.db, table, [...keys.values()])
    for (const values of rows) keys.delete(nameOf(keyOf(table, values)))
    steps.push({ table, rows, gone: [...keys.values()] })
  }
  await target.transaction(async () => {
    for (const { table, rows } of steps) await writeRows(target.db, table, rows)
    for (const { table, gone } of steps.toReversed()) await removeRows(target.db, table, gone)
  })
}

/** Whether a row was written before the one that it points to. */
function isOrphan(error: unknown): boolean {
  return /^(23503|SQLITE_CONSTRAINT_FOREIGNKEY)$/.test(String((error as { code?: unknown }).code))
}

/** Numbers that PostgreSQL gives by itself go on after the highest that was copied. */
export async function setCounters({ db }: Side, tables: readonly Table[]): Promise<void> {
  if (db.engine === 'sqlite') return // it takes the next free number
  for (const { name, key } of tables) {
    const [only, ...others] = key
    if (only?.kind !== 'integer' || others.length > 0) continue
    await db.first(
      statementOf(
        `SELECT setval(pg_get_serial_sequence('${name}', '${only.name}'), greatest(1, (SELECT max(${only.name}) FROM ${name})))`,
        [],
      ),
    )
  }
}

/** Takes away what an earlier move left, on a target that nobody has used. To be called in a transaction. */
export async function emptyTables({ db, execute }: Side, tables: readonly Table[]): Promise<void> {
  const names = tables.map(({ name }) => name).toReversed()
  if (db.engine === 'postgres') return execute(`TRUNCATE ${names.join(', ')}`)
  const guards = await guardsOf(db)
  for (const { name } of guards) await execute(`DROP TRIGGER ${name}`)
  for (const name of names) await execute(`DELETE FROM ${name}`)
  for (const { text } of guards) await execute(text)
}

async function guardsOf(db: Database): Promise<{ name: string; text: string }[]> {
  const rows = await db.all(sql`SELECT name, sql AS text FROM sqlite_schema WHERE type = 'trigger'`)
  return rows.map((row) => ({ name: columns(row).text('name'), text: columns(row).text('text') }))
}
