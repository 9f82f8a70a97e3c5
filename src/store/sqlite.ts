/** The SQLite engine: one writer with group commit and one reader beside it. */
import { chmodSync, closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { GroupCommit, type GroupEngine } from './group-commit.ts'
import type { PhoneVault } from './phone-vault.ts'
import { SqliteChanges } from './sqlite-changes.ts'
import {
  asUnavailable,
  beginWriting,
  databaseOn,
  expectSqlite,
  explanationOf,
  openConnection,
} from './sqlite-connection.ts'
import { checkKey, migrate } from './sqlite-schema.ts'
import { readsOn, type Store, StoreUnavailable, type Tx, transactionOn } from './store.ts'
import { syncToDisk } from './sync-to-disk.ts'

export { WrongKey } from './sqlite-schema.ts'

const BACKUP_PAGES = 1_000 // a step: 4 MB, a few milliseconds between which customers are served
const LASTING_FAULTS = /^SQLITE_(IOERR(?!_NOMEM)|CORRUPT|NOTADB)/ // what was written can no longer be believed

/** @throws WrongKey, DamagedDatabase, FolderProblem, StoreUnavailable */
export async function openSqliteStore(file: string, vault: PhoneVault): Promise<Store> {
  expectSqlite()
  const writer = openConnection(file, { readonly: false })
  try {
    await migrate(writer)
    await checkKey(writer, vault)
  } catch (error) {
    writer.close()
    throw explanationOf(file, error)
  }
  const reader = openConnection(file, { readonly: true })
  const changes = new SqliteChanges(writer)
  const engine = groupEngineOn(writer, vault, changes)
  const commits = new GroupCommit(engine)
  return {
    ...readsOn(databaseOn(reader), vault),
    transaction: (_cafeId, work) => commits.submit(work),
    isReady: async () =>
      reader.open && writer.open && engine.isWhole() && reader.prepare('SELECT 1').get() !== undefined,
    changes,
    async close() {
      changes.close()
      await commits.settled()
      reader.close()
      writer.close()
    },
    backUp: (toFile, onProgress) => onOneState(file, (own) => copyInto(own, toFile, onProgress)),
    snapshot: (ask) => onOneState(file, (own) => ask(databaseOn(own), vault)),
    async asOnly(_chore, work) {
      await work() // the serve lock sees to it that one process serves
      return true
    },
  }
}

/** Works on a connection of its own whose read transaction holds the state still. */
async function onOneState<T>(file: string, work: (own: Sqlite.Database) => Promise<T>): Promise<T> {
  const own = openConnection(file, { readonly: true })
  try {
    own.exec('BEGIN')
    own.prepare('SELECT count(*) FROM migrations').get() // a transaction sees nothing until it has read once
    return await work(own)
  } finally {
    own.close()
  }
}

/** Inside a read transaction the copy never starts anew, however much is written meanwhile. */
async function copyInto(
  own: Sqlite.Database,
  toFile: string,
  onProgress: (share: number) => void,
): Promise<void> {
  const draft = `${toFile}.part`
  rmSync(draft, { force: true })
  closeSync(openSync(draft, 'wx', 0o600))
  try {
    await own.backup(draft, {
      progress({ totalPages, remainingPages }) {
        onProgress(totalPages === 0 ? 1 : 1 - remainingPages / totalPages)
        return BACKUP_PAGES
      },
    })
    chmodSync(draft, 0o600)
    syncToDisk(draft)
    renameSync(draft, toFile)
    syncToDisk(dirname(toFile))
  } finally {
    rmSync(draft, { force: true })
  }
  onProgress(1)
}

function groupEngineOn(
  connection: Sqlite.Database,
  vault: PhoneVault,
  changes: SqliteChanges,
): GroupEngine<Tx> & { isWhole(): boolean } {
  const tx = changes.noting(transactionOn(databaseOn(connection), vault))
  const savepoint = connection.prepare('SAVEPOINT piece')
  const release = connection.prepare('RELEASE piece')
  const undo = connection.prepare('ROLLBACK TO piece')
  let isWhole = true
  const judged = (error: unknown) => {
    if (error instanceof Sqlite.SqliteError && LASTING_FAULTS.test(error.code)) isWhole = false
    return asUnavailable(error)
  }
  const undoAll = () => {
    changes.settle({ isKept: false })
    try {
      if (connection.inTransaction) connection.exec('ROLLBACK')
    } catch {
      isWhole = false // what cannot be undone cannot be built upon
    }
  }
  return {
    isWhole: () => isWhole,
    async begin() {
      if (!isWhole) throw new StoreUnavailable('the disk failed: writing again takes a restart')
      await beginWriting(connection).catch((error) => {
        throw judged(error instanceof StoreUnavailable ? error.cause : error)
      })
    },
    async attempt(work) {
      const forget = changes.mark()
      try {
        savepoint.run()
        const value = await work(tx)
        release.run()
        return value
      } catch (error) {
        const verdict = judged(error)
        forget()
        try {
          if (isWhole && connection.inTransaction) {
            undo.run()
            release.run()
          }
        } catch (worse) {
          judged(worse)
          undoAll() // half a piece of work must not be committed with the others
        }
        if (!isWhole) undoAll()
        throw verdict
      }
    },
    isOpen: () => connection.inTransaction,
    async commit() {
      try {
        connection.exec('COMMIT')
        changes.settle({ isKept: true })
      } catch (error) {
        undoAll()
        throw judged(error)
      }
    },
  }
}
