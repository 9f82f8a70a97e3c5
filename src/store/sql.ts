/** SQL as text with its parameters apart: the only way into a query. */

/** What a column can hold. Booleans are 0 and 1, times are integer milliseconds. */
export type Value = string | number | Uint8Array | Uuid | null

/** A UUID on its way to a column: 16 bytes in SQLite, `uuid` in PostgreSQL. */
export interface Uuid {
  readonly uuid: string
}

export interface Statement {
  /** One object for each place in the source, so engines prepare each statement once. */
  readonly strings: TemplateStringsArray
  readonly values: readonly Value[]
}

export type Row = Readonly<Record<string, unknown>>

/** A column that holds what it cannot hold: a mistake in a query, or a damaged file. */
export class UnreadableColumn extends Error {
  override readonly name = 'UnreadableColumn'
}

export type Engine = 'sqlite' | 'postgres'

/** What a store function needs of an engine. */
export interface Database {
  /** For the few questions that the two are asked in different words. */
  readonly engine: Engine
  all(statement: Statement): Promise<readonly Row[]>
  first(statement: Statement): Promise<Row | null>
  /** @returns the number of rows changed */
  run(statement: Statement): Promise<number>
}

/** @example db.first(sql`SELECT * FROM cards WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`) */
export function sql(strings: TemplateStringsArray, ...values: readonly Value[]): Statement {
  return { strings, values }
}

export function uuid(id: string): Uuid
export function uuid(id: string | null): Uuid | null
export function uuid(id: string | null): Uuid | null {
  return id === null ? null : { uuid: id }
}

/** Reads one row's columns, each checked for its type: a wrong one is a bug in a query or a damaged file. */
export function columns(row: Row) {
  return {
    text: (name: string) => expectType(row, name, 'string') as string,
    textOrNull: (name: string) => (row[name] === null ? null : (expectType(row, name, 'string') as string)),
    integer: (name: string) => expectType(row, name, 'number') as number,
    integerOrNull: (name: string) =>
      row[name] === null ? null : (expectType(row, name, 'number') as number),
    bytes: (name: string) => expectType(row, name, 'object') as Uint8Array,
    uuid: (name: string) => uuidText(row, name),
    uuidOrNull: (name: string) => (row[name] === null ? null : uuidText(row, name)),
  }
}

/** The 16 bytes of a UUID in its usual text. */
export function uuidBytes(text: string): Buffer {
  return Buffer.from(text.replaceAll('-', ''), 'hex')
}

function uuidText(row: Row, name: string): string {
  const value = row[name]
  if (typeof value === 'string') return value
  if (!Buffer.isBuffer(value) || value.length !== 16)
    throw new UnreadableColumn(`column ${name} holds no UUID`)
  return uuidOf(value.toString('hex'))
}

/** A UUID's usual text, from its 32 digits alone. */
export function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The smallest UUIDv7 of a time: ids are ordered by when they were made. */
export function firstIdAt(atMs: number): string {
  const time = Math.max(0, Math.floor(atMs)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

function expectType(row: Row, name: string, type: 'string' | 'number' | 'object'): unknown {
  const value = row[name]
  if (typeof value !== type || value === null)
    throw new UnreadableColumn(`column ${name} is ${typeof value}, not ${type}`)
  return value
}
