/** The SQLite engine: one writer with group commit, one reader beside it, and every pragma with its reason. */
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { GroupCommit, type GroupEngine } from './group-commit.ts'
import { isKeyOf, type PhoneVault } from './phone-vault.ts'
import { type Database, type Row, type Statement, sql, uuidBytes, type Value } from './sql.ts'
import { readsOn, type Store, StoreUnavailable, type Tx, transactionOn } from './store.ts'

export interface SqliteStore extends Store {
  /** Copies the database as it stands into a new file, while it is in use. @param onProgress share done, 0 to 1 */
  backUp(toFile: string, onProgress: (share: number) => void): Promise<void>
  /** Plain questions for reports such as `dojang verify`; they see one state if asked inside `snapshot`. */
  snapshot<T>(ask: (db: Database) => Promise<T>): Promise<T>
}

/** The database was written with another key. */
export class WrongKey extends Error {}

const OLDEST_SQLITE = [3, 51, 3] as const // older ones can corrupt a WAL when it is reset
const BUSY_WAIT_MS = 1_000 // how long another process, such as `dojang void`, may hold the writer
const BUSY_PAUSE_MS = 5
const OUTSIDE_FAULTS = /^SQLITE_(BUSY|LOCKED|NOMEM|READONLY|IOERR|FULL|CANTOPEN|CORRUPT|NOTADB|PROTOCOL)/
const MIGRATIONS = ['001-coupon'] as const

/** @throws WrongKey, or SQLite's error when the file cannot be opened or is damaged */
export async function openSqliteStore(file: string, vault: PhoneVault): Promise<SqliteStore> {
  expectSqlite()
  const writer = openConnection(file, { readonly: false })
  await migrate(writer)
  await checkKey(databaseOn(writer), vault)
  const reader = openConnection(file, { readonly: true })
  const commits = new GroupCommit(groupEngineOn(writer, vault))
  return {
    ...readsOn(databaseOn(reader), vault),
    transaction: (work) => commits.submit(work),
    isReady: async () => reader.open && writer.open && reader.prepare('SELECT 1').get() !== undefined,
    async close() {
      await commits.settled()
      reader.close()
      writer.close()
    },
    async backUp(toFile, onProgress) {
      await reader.backup(toFile, {
        progress({ totalPages, remainingPages }) {
          onProgress(1 - remainingPages / totalPages)
          return 1_000 // pages a step: 4 MB, a few milliseconds between which customers are served
        },
      })
    },
    async snapshot(ask) {
      const own = openConnection(file, { readonly: true })
      try {
        own.exec('BEGIN')
        return await ask(databaseOn(own))
      } finally {
        own.close()
      }
    },
  }
}

function expectSqlite(): void {
  const memory = new Sqlite(':memory:')
  const { version } = memory.prepare('SELECT sqlite_version() AS version').get() as { version: string }
  memory.close()
  const parts = version.split('.').map(Number)
  const order = OLDEST_SQLITE.map((part, place) => (parts[place] ?? 0) - part).find((difference) => difference !== 0) ?? 0
  if (order < 0) throw new Error(`SQLite ${version} is too old: Dojang needs ${OLDEST_SQLITE.join('.')} or newer.`)
}

function openConnection(file: string, { readonly }: { readonly: boolean }): Sqlite.Database {
  const connection = new Sqlite(file, { readonly, timeout: 0 }) // waiting is ours, so that it never blocks the others
  if (!readonly) {
    connection.pragma('journal_mode = WAL') // readers and the writer do not wait for each other
    connection.pragma('synchronous = FULL') // an answered stamp is on the disk, also after a power cut
    connection.pragma('journal_size_limit = 67108864') // a WAL that once grew gives its space back
  }
  connection.pragma('foreign_keys = ON') // SQLite leaves them off unless told
  connection.pragma('trusted_schema = OFF') // a doctored file cannot make its views or triggers call functions
  connection.pragma('cache_size = -65536') // 64 MiB of pages
  return connection // mmap_size stays unset: a torn mapping is a crash instead of an error
}

/** Runs what is missing of the numbered migrations, each in a transaction of its own. */
async function migrate(connection: Sqlite.Database): Promise<void> {
  await begin(connection)
  connection.exec('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT')
  connection.exec('COMMIT')
  for (const name of MIGRATIONS) {
    await begin(connection)
    if (connection.prepare('SELECT 1 FROM migrations WHERE name = ?').get(name) === undefined) {
      connection.exec(readFileSync(new URL(`migrations/${name}.sqlite.sql`, import.meta.url), 'utf8'))
      connection.prepare("INSERT INTO migrations VALUES (?, CAST(unixepoch('subsec') * 1000 AS INTEGER))").run(name)
    }
    connection.exec('COMMIT')
  }
}

/** Keeps the key's check value at first, and afterwards refuses every other key. */
async function checkKey(db: Database, vault: PhoneVault): Promise<void> {
  await db.run(sql`INSERT INTO key_checks (id, value) VALUES (1, ${vault.checkValue}) ON CONFLICT (id) DO NOTHING`)
  const kept = (await db.first(sql`SELECT value FROM key_checks WHERE id = 1`))?.value
  if (!(kept instanceof Uint8Array) || !isKeyOf(vault, kept)) throw new WrongKey('the database was written with another key')
}

function groupEngineOn(connection: Sqlite.Database, vault: PhoneVault): GroupEngine<Tx> {
  const tx = transactionOn(databaseOn(connection), vault)
  const savepoint = connection.prepare('SAVEPOINT piece')
  const release = connection.prepare('RELEASE piece')
  const undo = connection.prepare('ROLLBACK TO piece')
  return {
    begin: () => begin(connection),
    async attempt(work) {
      savepoint.run()
      try {
        const value = await work(tx)
        release.run()
        return value
      } catch (error) {
        if (connection.inTransaction) {
          undo.run()
          release.run()
        }
        throw asUnavailable(error)
      }
    },
    isOpen: () => connection.inTransaction,
    async commit() {
      try {
        connection.exec('COMMIT')
      } catch (error) {
        if (connection.inTransaction) connection.exec('ROLLBACK')
        throw asUnavailable(error)
      }
    },
  }
}

/** Takes the writer's place, waiting a little while another process holds it. */
async function begin(connection: Sqlite.Database): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += BUSY_PAUSE_MS) {
    try {
      connection.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!isBusy || waitedMs >= BUSY_WAIT_MS) throw asUnavailable(error)
      await wait(BUSY_PAUSE_MS)
    }
  }
}

/** What the machine did to us, as opposed to a mistake in a query: worth trying again later. */
function asUnavailable(error: unknown): unknown {
  const isOutside = error instanceof Sqlite.SqliteError && OUTSIDE_FAULTS.test(error.code)
  return isOutside ? new StoreUnavailable(error.code, { cause: error }) : error
}

/** Each statement is prepared once for its place in the source. */
function databaseOn(connection: Sqlite.Database): Database {
  const prepared = new WeakMap<TemplateStringsArray, Sqlite.Statement>()
  const prepare = ({ strings }: Statement) => {
    const known = prepared.get(strings)
    if (known !== undefined) return known
    const statement = connection.prepare(strings.join('?'))
    prepared.set(strings, statement)
    return statement
  }
  return {
    all: async (statement) => prepare(statement).all(...statement.values.map(bound)) as Row[],
    first: async (statement) => (prepare(statement).get(...statement.values.map(bound)) ?? null) as Row | null,
    run: async (statement) => prepare(statement).run(...statement.values.map(bound)).changes,
  }
}

function bound(value: Value): string | number | Uint8Array | null {
  return value !== null && typeof value === 'object' && 'uuid' in value ? uuidBytes(value.uuid) : value
}
