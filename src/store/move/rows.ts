/** Rows of any table in any engine: read in key order, found by their keys, written and taken away. */
import { columns, type Database, type Row, type Statement, uuid, type Value } from '../sql.ts'
import type { Column, Table } from './tables.ts'

/** A row's values in the order of its table's columns, the same whichever engine gave them: UUIDs as text, bytes as bytes. */
export type Values = readonly (string | number | Uint8Array | null)[]

/** The values of a row's primary key. */
export type Key = readonly (string | number)[]

/** A stretch of a table in key order: after `after` (null: from the first), up to and with `upTo` (null: to the last). */
export interface Stretch {
  readonly after: Key | null
  readonly upTo: Key | null
}

// Statements of few lengths, so that each is prepared once: a page is these many rows at a time, then fewer, then one by one.
const CHUNKS = [250, 25, 1] as const

export function keyOf({ columns: all, key }: Table, values: Values): Key {
  return key.map((column) => values[all.indexOf(column)] as string | number)
}

/** A name for a key within its table. */
export function nameOf(key: Key): string {
  return JSON.stringify(key)
}

export async function readStretch(
  db: Database,
  table: Table,
  { after, upTo }: Stretch,
  most: number,
): Promise<readonly Values[]> {
  const names = keyNames(db, table)
  const marks = table.key.map(() => '?')
  const bounds = [
    ...(after === null ? [] : [`(${names}) > (${marks})`]),
    ...(upTo === null ? [] : [`(${names}) <= (${marks})`]),
  ]
  const where = bounds.length === 0 ? '' : `WHERE ${bounds.join(' AND ')}`
  const text = `SELECT ${namesOf(table.columns)} FROM ${table.name} ${where} ORDER BY ${names} LIMIT ?`
  const values = [...keyValues(table, after ?? []), ...keyValues(table, upTo ?? []), most]
  return (await db.all(statementOf(text, values))).map((row) => valuesOf(table, row))
}

/** The rows that these keys have now; some may have none. */
export async function readByKeys(
  db: Database,
  table: Table,
  keys: readonly Key[],
): Promise<readonly Values[]> {
  const found: Values[] = []
  const mark = ({ type }: Column) => (db.engine === 'postgres' ? `?::${type}` : '?')
  for (const chunk of chunksOf(keys)) {
    const wanted = chunk.map(() => `(${table.key.map(mark)})`)
    const text = `SELECT ${namesOf(table.columns)} FROM ${table.name} WHERE (${namesOf(table.key)}) IN (VALUES ${wanted})`
    const rows = await db.all(
      statementOf(
        text,
        chunk.flatMap((key) => keyValues(table, key)),
      ),
    )
    found.push(...rows.map((row) => valuesOf(table, row)))
  }
  return found
}

/** Makes the rows so, whether they are there or not. One that is so already is not touched: the ledger's lines never change. */
export async function writeRows(db: Database, table: Table, rows: readonly Values[]): Promise<void> {
  const keys = rows.map((values) => keyOf(table, values))
  const there = new Map(
    (await readByKeys(db, table, keys)).map((values) => [nameOf(keyOf(table, values)), textOf(values)]),
  )
  const changed = rows.filter((values) => there.get(nameOf(keyOf(table, values))) !== textOf(values))
  const others = table.columns.filter((column) => !table.key.includes(column))
  const set = others.map(({ name }) => `${name} = excluded.${name}`)
  const otherwise = others.length === 0 ? 'NOTHING' : `UPDATE SET ${set}`
  for (const chunk of chunksOf(changed)) {
    const marks = chunk.map(() => `(${table.columns.map(() => '?')})`)
    const text = `INSERT INTO ${table.name} (${namesOf(table.columns)}) VALUES ${marks}
                  ON CONFLICT (${namesOf(table.key)}) DO ${otherwise}`
    await db.run(
      statementOf(
        text,
        chunk.flatMap((values) => bound(table.columns, values)),
      ),
    )
  }
}

export async function removeRows(db: Database, table: Table, keys: readonly Key[]): Promise<void> {
  const text = `DELETE FROM ${table.name} WHERE ${table.key.map(({ name }) => `${name} = ?`).join(' AND ')}`
  for (const key of keys) await db.run(statementOf(text, keyValues(table, key)))
}

export async function countRows(db: Database, table: Table): Promise<number> {
  return columns(
    (await db.first(statementOf(`SELECT count(*) AS rows FROM ${table.name}`, []))) ?? {},
  ).integer('rows')
}

/** One text for one row, the same for both engines. */
export function textOf(values: Values): string {
  return JSON.stringify(
    values.map((value) => (value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value)),
  )
}

const prepared = new Map<string, TemplateStringsArray>()

/** A statement over names from the catalogue. Whatever comes from outside is a value, at a `?`. */
export function statementOf(text: string, values: readonly Value[]): Statement {
  let strings = prepared.get(text)
  if (strings === undefined) {
    const parts = text.split('?')
    strings = Object.assign(parts, { raw: parts })
    prepared.set(text, strings)
  }
  return { strings, values }
}

export function chunksOf<T>(all: readonly T[]): T[][] {
  const chunks: T[][] = []
  for (let place = 0; place < all.length; ) {
    const size = CHUNKS.find((one) => one <= all.length - place) ?? 1
    chunks.push(all.slice(place, place + size))
    place += size
  }
  return chunks
}

function valuesOf(table: Table, row: Row): Values {
  const read = columns(row)
  return table.columns.map(({ name, kind }) => {
    if (kind === 'uuid') return read.uuidOrNull(name)
    return (row[name] ?? null) as string | number | Uint8Array | null
  })
}

function bound(all: readonly Column[], values: Values): Value[] {
  return all.map(({ kind }, place) => {
    const value = values[place] ?? null
    return kind === 'uuid' ? uuid(value as string | null) : value
  })
}

function keyValues(table: Table, key: Key): Value[] {
  return key.length === 0 ? [] : bound(table.key, key)
}

function namesOf(all: readonly Column[]): string {
  return all.map(({ name }) => name).join(', ')
}

/** In an order that is the same in both engines: text by its bytes, whatever the database's language. */
function keyNames({ engine }: Database, table: Table): string {
  const collation = engine === 'postgres' ? ' COLLATE "C"' : ''
  return table.key.map(({ name, kind }) => (kind === 'text' ? name + collation : name)).join(', ')
}
