/** One side of a move: a connection of its own to either engine, with transactions. */
import { setTimeout as wait } from 'node:timers/promises'
import type Sqlite from 'better-sqlite3'
import pg from 'pg'
import { databaseOnClient, type Server } from '../postgres-connection.ts'
import type { Database } from '../sql.ts'
import { beginWriting, databaseOn, openConnection } from '../sqlite-connection.ts'
import { StoreUnavailable } from '../store.ts'

export interface Side {
  readonly db: Database
  /** Statements without values, several at once if need be. */
  execute(text: string): Promise<void>
  /** In a transaction, which is undone when the work fails. */
  transaction<T>(work: () => Promise<T>): Promise<T>
  /** In a transaction during which nobody else writes to these tables; they wait, or are told to come again. */
  alone<T>(tables: readonly string[], work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

const PATIENCE_MS = 30_000 // a server at full load leaves the writer's place free now and then
const DEADLOCK = '40P01' // PostgreSQL chose us as the one to step back
/** Tables that are just being filled have no statistics, and a plan by guesses reads them whole; ours all go by a key. */
const BY_THE_KEY = 'SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off'
const LOCK_WAIT = '5s' // longer than any command of ours holds a table

export function sqliteSide(file: string): Side {
  const connection = openConnection(file, { readonly: false })
  const transaction = <T>(work: () => Promise<T>) => inSqlite(connection, work)
  return {
    db: databaseOn(connection),
    execute: async (text) => void connection.exec(text),
    transaction,
    alone: (_tables, work) => transaction(work), // there is one writer
    close: async () => void connection.close(),
  }
}

async function inSqlite<T>(connection: Sqlite.Database, work: () => Promise<T>): Promise<T> {
  const givesUpAt = performance.now() + PATIENCE_MS
  for (let isOurs = false; !isOurs; ) {
    isOurs = await beginWriting(connection).then(
      () => true,
      (error) => {
        if (!(error instanceof StoreUnavailable) || performance.now() > givesUpAt) throw error
        return false
      },
    )
  }
  try {
    const value = await work()
    connection.exec('COMMIT')
    return value
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

export async function postgresSide(server: Server): Promise<Side> {
  const client = new pg.Client({ ...server, application_name: 'dojang move' })
  client.on('error', () => {}) // the statement under way, or the next one, fails by it
  await client.connect()
  await client.query(BY_THE_KEY)
  const execute = async (text: string) => void (await client.query(text))
  const transaction = async <T>(work: () => Promise<T>): Promise<T> => {
    await execute('BEGIN')
    try {
      const value = await work()
      await execute('COMMIT')
      return value
    } catch (error) {
      await execute('ROLLBACK').catch(() => {}) // the connection may be the reason
      throw error
    }
  }
  const alone = async <T>(tables: readonly string[], work: () => Promise<T>): Promise<T> => {
    const givesUpAt = performance.now() + PATIENCE_MS
    for (;;) {
      let hasBegun = false
      try {
        return await transaction(async () => {
          await execute(`SET LOCAL lock_timeout = '${LOCK_WAIT}'`)
          await execute(`LOCK TABLE ${tables.join(', ')} IN EXCLUSIVE MODE`)
          hasBegun = true
          return work()
        })
      } catch (error) {
        const code = (error as { code?: unknown }).code
        if (hasBegun || code !== DEADLOCK || performance.now() > givesUpAt) throw error
        await wait(20)
      }
    }
  }
  return { db: databaseOnClient(client), execute, transaction, alone, close: () => client.end() }
}
