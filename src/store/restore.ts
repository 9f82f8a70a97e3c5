/** Putting a backup in the database's place: everything is checked on a copy first, and what was there before is kept. */
import { chmodSync, copyFileSync, existsSync, linkSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Random } from '../clock.ts'
import { databaseFileOf, openBackupFolder, type StoreSettings } from './data-folder.ts'
import { readKeysThere } from './keys.ts'
import { createPhoneVault, isKeyOf } from './phone-vault.ts'
import { holdServeLock } from './serve-lock.ts'
import { keptCheckValue, MIGRATIONS, migrationsOf, WrongKey } from './sqlite-schema.ts'
import { NotOfThisEngine } from './store.ts'
import { syncToDisk } from './sync-to-disk.ts'

export interface RestoreInput {
  readonly file: string
  /** What the replaced database is called in the folder of backups. */
  readonly asideName: string
  readonly random: Random
}

export interface Restored {
  readonly cafes: number
  readonly cards: number
  readonly entries: number
  /** When the newest café's or card's row or ledger's line was written, or null in an empty one. */
  readonly newestAtMs: number | null
  /** Where the replaced database lies now, or null when there was none. */
  readonly aside: string | null
}

/** The backup cannot be restored, or not now: the message says why. Nothing was changed. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused'
}

/** @throws RestoreRefused, NotOfThisEngine, AlreadyServing, FolderProblem, KeyProblem, WrongKey */
export async function restoreDatabase(settings: StoreSettings, input: RestoreInput): Promise<Restored> {
  if (settings.databaseUrl !== null) {
    throw new NotOfThisEngine(
      'PostgreSQL has its own backups: bring back a dump with pg_restore, into a database of its own.',
    )
  }
  const lock = holdServeLock(settings.dataFolder)
  const database = databaseFileOf(settings)
  const draft = `${database}.restoring`
  try {
    copyBackup(input.file, draft, database)
    const counts = await checkBackup(settings, input, draft)
    const aside = existsSync(database) ? keepAside(settings, database, input.asideName) : null
    for (const stale of ['-wal', '-shm']) rmSync(database + stale, { force: true })
    renameSync(draft, database)
    syncToDisk(dirname(database))
    return { ...counts, aside }
  } finally {
    removeDatabase(draft)
    lock.release()
  }
}

/** With its -wal, should someone have copied a database in use by hand. */
function copyBackup(file: string, draft: string, database: string): void {
  removeDatabase(draft)
  if (existsSync(database) && realpathSync(file) === realpathSync(database)) {
    throw new RestoreRefused(`${file} is the database in use: give a backup of it.`)
  }
  copyFileSync(file, draft)
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${draft}-wal`)
  chmodSync(draft, 0o600)
}

async function checkBackup(settings: StoreSettings, { file, random }: RestoreInput, draft: string) {
  const connection = new Sqlite(draft)
  try {
    connection.pragma('journal_mode = DELETE') // takes in what a -wal holds, so that the file is whole by itself
    expectWhole(connection, file)
    expectOurs(connection, file)
    await expectKey(connection, settings, random)
    return countsOf(connection)
  } catch (cause) {
    if (!(cause instanceof Sqlite.SqliteError)) throw cause
    throw new RestoreRefused(
      cause.code === 'SQLITE_NOTADB'
        ? notOurs(file)
        : `${file} cannot be read as a database (${cause.code}): try another backup.`,
      { cause },
    )
  } finally {
    connection.close()
    syncToDisk(draft)
  }
}

function expectWhole(connection: Sqlite.Database, file: string): void {
  const found = connection.pragma('integrity_check(1)', { simple: true })
  if (found !== 'ok') throw new RestoreRefused(`${file} is damaged (${found}): try another backup.`)
}

function expectOurs(connection: Sqlite.Database, file: string): void {
  const done = migrationsOf(connection)
  if (!done.includes(String(MIGRATIONS[0]))) throw new RestoreRefused(notOurs(file))
  const newer = done.find((name) => !MIGRATIONS.includes(name))
  if (newer === undefined) return
  throw new RestoreRefused(
    `${file} was made by a newer Dojang (it knows ${newer}): update Dojang first, then restore it.`,
  )
}

async function expectKey(
  connection: Sqlite.Database,
  settings: StoreSettings,
  random: Random,
): Promise<void> {
  const { current, fallbacks, place } = readKeysThere(settings)
  const kept = await keptCheckValue(connection)
  if (kept !== null && [current, ...fallbacks].some((key) => isKeyOf(createPhoneVault(key, random), kept)))
    return
  throw new WrongKey(
    `This backup was made with another key than the one in ${place}: put that backup's key there first, then restore it.`,
  )
}

function countsOf(connection: Sqlite.Database): Omit<Restored, 'aside'> {
  return connection
    .prepare(
      `SELECT (SELECT count(*) FROM cafes) AS cafes, (SELECT count(*) FROM cards) AS cards,
              (SELECT count(*) FROM entries) AS entries,
              (SELECT max(at_ms) FROM (SELECT at_ms FROM entries UNION ALL SELECT created_at_ms FROM cafes
                                       UNION ALL SELECT created_at_ms FROM cards)) AS newestAtMs`,
    )
    .get() as Omit<Restored, 'aside'>
}

/** Gives the database a second name, so that its place is never empty: an empty place would be a fresh start. */
function keepAside(settings: StoreSettings, database: string, asideName: string): string {
  const aside = join(openBackupFolder(settings), asideName)
  takeInWal(database, settings.dataFolder)
  for (const part of ['', '-wal']) {
    if (existsSync(database + part)) linkOrCopy(database + part, aside + part)
  }
  chmodSync(aside, 0o600)
  syncToDisk(dirname(aside))
  return aside
}

/** Leaving WAL mode works only while nobody else has the file open; a damaged file stays as it is. */
function takeInWal(database: string, folder: string): void {
  let connection: Sqlite.Database | null = null
  try {
    connection = new Sqlite(database, { timeout: 1_000 })
    connection.pragma('journal_mode = DELETE')
  } catch (cause) {
    if (cause instanceof Sqlite.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(cause.code)) {
      throw new RestoreRefused(
        `Another dojang command is at work in ${folder}: try again when it has ended.`,
        { cause },
      )
    }
  } finally {
    connection?.close()
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to) // a file system without links
    syncToDisk(to)
  }
}

function removeDatabase(file: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(file + part, { force: true })
}

function notOurs(file: string): string {
  return `${file} is no database of Dojang's: give a file that dojang backup wrote.`
}
