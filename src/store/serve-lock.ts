/** What stops a second `serve`, and a `restore` under a running one: a lock that ends with its process, even by kill -9. */
import { chmodSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { FolderProblem, openDataFolder } from './data-folder.ts'

export interface ServeLock {
  /** Lets the next one in. Releasing twice changes nothing. */
  release(): void
}

/** Another process serves from this data folder: the message says what to do. */
export class AlreadyServing extends Error {
  override readonly name = 'AlreadyServing'
}

/**
 * Holds the data folder until it is released or the process ends. An open transaction on an empty database of its own: SQLite knows how to
 * lock a file on every system, and the system lets go of it with the process.
 *
 * @throws AlreadyServing, FolderProblem
 */
export function holdServeLock(folder: string): ServeLock {
  openDataFolder(folder)
  const file = join(folder, 'serve.lock')
  const connection = openLockFile(file)
  try {
    connection.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    connection.close()
    throw cause instanceof Sqlite.SqliteError && cause.code.startsWith('SQLITE_BUSY')
      ? new AlreadyServing(
          `Dojang is already serving from ${folder}: stop it first, or set DOJANG_DATA to another folder.`,
          { cause },
        )
      : unusable(file, cause)
  }
  return { release: () => connection.close() }
}

function openLockFile(file: string): Sqlite.Database {
  try {
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
    return new Sqlite(file, { timeout: 0 })
  } catch (cause) {
    throw unusable(file, cause)
  }
}

function unusable(file: string, cause: unknown): FolderProblem {
  return new FolderProblem(
    `The lock ${file} cannot be held: mend its owner, or delete it while nothing serves.`,
    {
      cause,
    },
  )
}
