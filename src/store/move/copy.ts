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
const ORPHAN = /^(23503|SQLITE_CONSTRAINT_FOREIGNKEY)$/

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

/** Again with a fresh page when a row came before the one that it points to: that one is among the changes then. */
async function copyPage(course: Course, table: Table, last: Progress): Promise<Progress> {
  const { source, target } = course
  for (;;) {
    await catchUp(course)
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
      if (!ORPHAN.test(String((error as { code?: unknown }).code))) throw error
    }
  }
}

/**
 * Makes the target's rows what the source's are, for every change noted so far.
 *
 * @param forget how changes that are copied are forgotten, unless in a transaction of their own
 * @returns what had changed
 */
export async function catchUp(course: Course, forget = forgetApart(course)): Promise<readonly Change[]> {
  const copied: Change[] = []
  for (;;) {
    const changes = await readChanges(course.source.db, course.tables)
    if (changes.length === 0) return copied
    await copyChanges(course, changes)
    await forget(changes)
    copied.push(...changes)
  }
}

function forgetApart({ source }: Course) {
  return (changes: readonly Change[]) => source.transaction(() => forgetChanges(source.db, changes))
}

/**
 * Rows are read after their changes were, so each is at least as new, and the target has it before the change is forgotten. A row that
 * another points to was noted before that one, so it is there.
 */
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
