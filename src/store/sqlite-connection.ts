/** One connection to SQLite: its version, every pragma with its reason, and how it answers the store's questions. */
import { chmodSync, closeSync, openSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { FolderProblem } from './data-folder.ts'
import { type Database, type Row, type Statement, uuidBytes, type Value } from './sql.ts'
import { MOVED_WORDS, OutcomeUnknown, StoreMoved, StoreUnavailable } from './store.ts'

/** The database file is not one, or parts of it cannot be read: the message says what to do. */
export class DamagedDatabase extends Error {
  override readonly name = 'DamagedDatabase'
}

const OLDEST_SQLITE = [3, 51, 3] as const // older ones can corrupt a WAL when it is reset
const OPENING_WAIT_MS = 5_000 // how long another process may be recovering or closing the file; nothing is served yet
const BUSY_WAIT_MS = 2_000 // how long another process, such as `dojang void`, may hold the writer
const BUSY_PAUSE_MS = 5
const OUTSIDE_FAULTS = /^SQLITE_(BUSY|LOCKED|NOMEM|READONLY|IOERR|FULL|CANTOPEN|CORRUPT|NOTADB|PROTOCOL)/
const DAMAGE = /^SQLITE_(CORRUPT|NOTADB)/
const PARAMETER = '+?' // at a bare ? its planner may look at the value, and then plans anew for each one: five times the cost of a question

/** @throws Error when the SQLite that came with the packages is one that loses data */
export function expectSqlite(): void {
  const memory = new Sqlite(':memory:')
  const { version } = memory.prepare('SELECT sqlite_version() AS version').get() as { version: string }
  memory.close()
  const parts = version.split('.').map(Number)
  const order =
    OLDEST_SQLITE.map((part, place) => (parts[place] ?? 0) - part).find((difference) => difference !== 0) ?? 0
  if (order < 0)
    throw new Error(`SQLite ${version} is too old: Dojang needs ${OLDEST_SQLITE.join('.')} or newer.`)
}

/** @throws DamagedDatabase, FolderProblem, StoreUnavailable */
export function openConnection(file: string, { readonly }: { readonly: boolean }): Sqlite.Database {
  return explained(file, () => {
    if (!readonly) makePrivate(file)
    const connection = new Sqlite(file, { readonly, timeout: OPENING_WAIT_MS })
    if (!readonly) {
      connection.pragma('journal_mode = WAL') // readers and the writer do not wait for each other
      connection.pragma('synchronous = FULL') // an answered stamp is on the disk, also after a power cut
      connection.pragma('journal_size_limit = 67108864') // a WAL that once grew gives its space back
      connection.pragma('busy_timeout = 0') // waiting is ours, so that it never blocks the others
    }
    connection.pragma('foreign_keys = ON') // SQLite leaves them off unless told
    connection.pragma('trusted_schema = OFF') // a doctored file cannot make its views or triggers call functions
    connection.pragma('cache_size = -65536') // 64 MiB of pages
    return connection // mmap_size stays unset: a torn mapping is a crash instead of an error
  })
}

/** SQLite's own faults while a file is opened, as sentences. @throws DamagedDatabase, FolderProblem, StoreUnavailable */
export function explained<T>(file: string, open: () => T): T {
  try {
    return open()
  } catch (cause) {
    throw explanationOf(file, cause)
  }
}

/** Whether SQLite found its file to be no database, or not whole: to a damaged schema our statements no longer fit. */
export function isDamagedFile(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && (DAMAGE.test(error.code) || error.code === 'SQLITE_ERROR')
}

export function explanationOf(file: string, cause: unknown): unknown {
  const code = String((cause as { code?: unknown })?.code)
  if (isDamagedFile(cause)) {
    return new DamagedDatabase(
      `The database ${file} is damaged (${code}): bring back a backup with dojang restore FILE.`,
      { cause },
    )
  }
  if (/^SQLITE_(CANTOPEN|READONLY|PERM)|^E(ACCES|PERM|ROFS|ISDIR)$/.test(code)) {
    return new FolderProblem(
      `The database ${file} cannot be opened (${code}): mend its owner and its folder's.`,
      { cause },
    )
  }
  return asUnavailable(cause)
}

/** SQLite makes files that all may read; a file that is already there keeps its mode, and its -wal and -shm take it over. */
function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

/** Takes the writer's place, waiting a little while another process holds it. @throws StoreUnavailable */
export async function beginWriting(connection: Sqlite.Database): Promise<void> {
  const givesUpAt = performance.now() + BUSY_WAIT_MS
  for (;;) {
    try {
      connection.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      const isBusy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!isBusy || performance.now() >= givesUpAt) throw asUnavailable(error)
      await wait(BUSY_PAUSE_MS)
    }
  }
}

/** What the machine did to us, as opposed to a mistake in a query: worth trying again later. */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof Sqlite.SqliteError && error.message === MOVED_WORDS)
    return new StoreMoved({ cause: error })
  const isOutside = error instanceof Sqlite.SqliteError && OUTSIDE_FAULTS.test(error.code)
  // What a failing disk was given may be on it all the same, and come back at the next start.
  if (isOutside && error.code.startsWith('SQLITE_IOERR'))
    return new OutcomeUnknown(error.code, { cause: error })
  return isOutside ? new StoreUnavailable(error.code, { cause: error }) : error
}

/** Each statement is prepared once for its place in the source. */
export function databaseOn(connection: Sqlite.Database): Database {
  const prepared = new WeakMap<TemplateStringsArray, Sqlite.Statement>()
  const prepare = ({ strings }: Statement) => {
    const known = prepared.get(strings)
    if (known !== undefined) return known
    const statement = connection.prepare(strings.join(PARAMETER))
    prepared.set(strings, statement)
    return statement
  }
  return {
    engine: 'sqlite',
    all: async (statement) => prepare(statement).all(...statement.values.map(bound)) as Row[],
    first: async (statement) =>
      (prepare(statement).get(...statement.values.map(bound)) ?? null) as Row | null,
    run: async (statement) => prepare(statement).run(...statement.values.map(bound)).changes,
  }
}

function bound(value: Value): string | number | Uint8Array | null {
  return value !== null && typeof value === 'object' && 'uuid' in value ? uuidBytes(value.uuid) : value
}
