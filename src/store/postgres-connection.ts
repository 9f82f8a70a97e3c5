/** Connections to PostgreSQL: where it is, what an answer's columns become, and how long anyone waits. */
import pg from 'pg'
import type { Database, Row, Statement, Value } from './sql.ts'
import { MOVED_SQLSTATE, OutcomeUnknown, StoreMoved, StoreUnavailable } from './store.ts'

/** One server of those that `DATABASE_URL` names. */
export type Server = pg.ClientConfig

const CONNECT_WAIT_MS = 1_000 // a server that is there answers in a few milliseconds
const STATEMENT_WAIT_MS = 1_200 // the server gives up, a lock that is not given included
const LOCK_WAIT_MS = 500 // a stamp holds its card for a few milliseconds, so this is something else; others go on without it
const ANSWER_WAIT_MS = 1_500 // the network swallows it: with these a page says 503 within two seconds
const OUTSIDE_FAULTS = /^(08|53|57|58|25006|55P03|40001|40P01|XX)/ // connection, resources, operator, system, read-only, lock, race
const LOST_CONNECTION = /^(08|57P0|25P03|25006)|^E(?!RR_)[A-Z_]+$|^ERR_(STREAM|SOCKET)/ // SQLSTATE, or the system's own code
const LOST_WORDS = /^(Connection terminated|timeout expired)|not queryable|connection error/i // pg's own errors have no codes
const SILENCE = 'Query read timeout' // pg's word for it
const NO_CONNECTION_FREE = 'timeout exceeded when trying to connect' // pg-pool's word for it

/** Numbers stay numbers: our largest integers are milliseconds, far below 2^53. */
const TYPES = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig

/**
 * The servers of a connection string: `postgres://user:password@one:5432,two:5432/dojang?…` names several, of which one is the primary.
 *
 * @throws Error when it is no such address
 */
export function serversOf(connectionString: string): readonly Server[] {
  const parts = connectionString.match(/^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]+)(.*)$/)
  const [, before = '', hosts = '', after = ''] = parts ?? []
  if (parts === null) throw new Error('DATABASE_URL is no postgres:// address')
  const rest = after.replace(/([?&])target_session_attrs=[^&]*&?/, '$1').replace(/[?&]$/, '')
  return hosts.split(',').map((host) => ({
    connectionString: `${before}${host}${rest}`,
    types: TYPES,
    application_name: 'dojang',
  }))
}

/** Settings of a connection that customers wait for. */
export function impatient(server: Server): pg.ClientConfig {
  return {
    ...server,
    connectionTimeoutMillis: CONNECT_WAIT_MS,
    keepAlive: true,
    pipeline: true, // a statement may be sent before the one before it is answered
    statement_timeout: STATEMENT_WAIT_MS,
    lock_timeout: LOCK_WAIT_MS,
    query_timeout: ANSWER_WAIT_MS,
    idle_in_transaction_session_timeout: 10 * STATEMENT_WAIT_MS, // what a killed process held is free again
  }
}

/** Whether the error says that the server or the way to it is gone, as opposed to a statement that failed. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, message } = error as { code?: unknown; message?: string }
  return typeof code === 'string' ? LOST_CONNECTION.test(code) : LOST_WORDS.test(message ?? '')
}

/** Whether nothing came back in time: the server may be gone, or only slow. */
export function isSilent(error: unknown): boolean {
  return error instanceof OutOfTime || (error instanceof Error && error.message === SILENCE)
}

/** Whether nothing more can be said over this connection. */
export function isGone(error: unknown): boolean {
  return isLost(error) || isSilent(error)
}

/** What was to be answered by a certain moment was not. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime'
}

/** What the machine did to us becomes StoreUnavailable; a mistake in a query stays what it is. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof StoreUnavailable) return error
  const code = String((error as { code?: unknown })?.code ?? '')
  if (code === MOVED_SQLSTATE) return new StoreMoved({ cause: error })
  if (isGone(error)) return new OutcomeUnknown(code || 'no answer', { cause: error })
  const isOutside =
    (error instanceof Error && error.message === NO_CONNECTION_FREE) ||
    (error instanceof pg.DatabaseError && OUTSIDE_FAULTS.test(code))
  return isOutside ? new StoreUnavailable(code || 'no answer', { cause: error }) : error
}

type Querying = Pick<pg.ClientBase, 'query'>

/** The store's questions on one connection; each place in the source is prepared once a connection. */
export function databaseOn(query: (config: pg.QueryConfig) => Promise<pg.QueryResult>): Database {
  return {
    engine: 'postgres',
    all: async (statement) => (await query(configOf(statement))).rows as Row[],
    first: async (statement) => ((await query(configOf(statement))).rows[0] ?? null) as Row | null,
    run: async (statement) => (await query(configOf(statement))).rowCount ?? 0,
  }
}

export function databaseOnClient(client: Querying): Database {
  return databaseOn((config) => client.query(config))
}

const names = new WeakMap<TemplateStringsArray, { name: string; text: string }>()
let statements = 0

function configOf({ strings, values }: Statement): pg.QueryConfig {
  let known = names.get(strings)
  if (known === undefined) {
    const text = strings.reduce((before, after, place) => `${before}$${place}${after}`)
    statements += 1
    known = { name: `s${statements}`, text }
    names.set(strings, known)
  }
  return { ...known, values: values.map(bound) }
}

function bound(value: Value): string | number | Buffer | null {
  if (value === null || typeof value !== 'object') return value
  return 'uuid' in value ? value.uuid : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
}
