/** From what the operator named to the two sides of a move, open and with the same key. */
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { databaseFileOf, openBackupFolder, openDataFolder, type StoreSettings } from '../data-folder.ts'
import type { PhoneVault } from '../phone-vault.ts'
import { serversOf } from '../postgres-connection.ts'
import { PostgresPrimary } from '../postgres-primary.ts'
import { checkPostgresKey, migratePostgres } from '../postgres-schema.ts'
import { holdServeLock } from '../serve-lock.ts'
import { sql } from '../sql.ts'
import { databaseOn, openConnection } from '../sqlite-connection.ts'
import { checkKey, migrate, WrongKey } from '../sqlite-schema.ts'
import { MoveRefused, readMark } from './mark.ts'
import { postgresSide, type Side, sqliteSide } from './side.ts'
import { type Table, tablesOf } from './tables.ts'

/** Where to. */
export type Destination =
  | { readonly engine: 'postgres'; readonly url: string }
  | { readonly engine: 'sqlite'; readonly folder: string }

export interface Sides {
  readonly source: Side
  readonly target: Side
  readonly tables: readonly Table[]
  /** Where a database that had been moved away from the target's place lies now, or null. */
  readonly aside: string | null
  close(): Promise<void>
}

export interface SidesInput {
  readonly settings: StoreSettings
  readonly to: Destination
  readonly vault: PhoneVault
  /** What a database that is in the target's place, and was moved away from, is called in the folder of backups. */
  readonly asideName: string
}

const MOVES = 0x6d6f7665 // "move": an advisory lock; one move at a time has to do with a database
const LOCK_TRIES = 100
const LOCK_PAUSE_MS = 50 // PostgreSQL takes a moment to see that a killed move is gone

/** @throws MoveRefused, WrongKey, AlreadyServing, FolderProblem, StoreUnavailable */
export async function openSides({ settings, to, vault, asideName }: SidesInput): Promise<Sides> {
  const closing: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const one of closing.toReversed()) await one()
  }
  try {
    const postgres = await openPostgres(
      to.engine === 'postgres' ? to.url : String(settings.databaseUrl),
      vault,
    )
    closing.push(postgres.close)
    let aside: string | null = null
    let file = databaseFileOf(settings)
    if (to.engine === 'sqlite') {
      openDataFolder(to.folder)
      const lock = holdServeLock(to.folder) // nobody may serve what is half there
      closing.push(() => lock.release())
      const folder = { ...settings, dataFolder: to.folder }
      file = databaseFileOf(folder)
      aside = await putAside(folder, file, asideName)
      await bringToPresent(file, vault)
    }
    const sqlite = sqliteSide(file)
    closing.push(sqlite.close)
    const tables = await tablesOf(postgres.db, sqlite.db)
    const [source, target] = to.engine === 'postgres' ? [sqlite, postgres] : [postgres, sqlite]
    return { source, target, tables, aside, close }
  } catch (error) {
    await close()
    if (!(error instanceof WrongKey)) throw error
    throw new WrongKey('The database to move to was made with another key: give an empty one.', {
      cause: error,
    })
  }
}

/** The way to the source alone. */
export async function openSource(settings: StoreSettings): Promise<Side> {
  return settings.databaseUrl === null
    ? sqliteSide(databaseFileOf(settings))
    : postgresSide(await primaryOf(settings.databaseUrl))
}

async function openPostgres(url: string, vault: PhoneVault): Promise<Side> {
  const server = await primaryOf(url)
  await migratePostgres(server)
  await checkPostgresKey(server, vault)
  const side = await postgresSide(server)
  for (let tries = 0; tries < LOCK_TRIES; tries += 1) {
    const row = await side.db.first(sql`SELECT pg_try_advisory_lock(${MOVES}) AS is_ours`)
    if (row?.is_ours === true) return side
    await wait(LOCK_PAUSE_MS)
  }
  await side.close()
  throw new MoveRefused('Another dojang move is at work on this database: let it finish.')
}

async function primaryOf(url: string) {
  const primary = new PostgresPrimary(serversOf(url))
  try {
    return await primary.open()
  } finally {
    await primary.close()
  }
}

async function bringToPresent(file: string, vault: PhoneVault): Promise<void> {
  const connection = openConnection(file, { readonly: false })
  try {
    await migrate(connection)
    await checkKey(connection, vault)
  } finally {
    connection.close()
  }
}

/** A database that was moved away only reads; coming back, a new one takes its place and it is kept. */
async function putAside(settings: StoreSettings, file: string, asideName: string): Promise<string | null> {
  if (!existsSync(file)) return null
  const connection = openConnection(file, { readonly: false })
  const mark = await readMark(databaseOn(connection))
  if (mark?.state === 'left') connection.pragma('journal_mode = DELETE') // takes in what the -wal holds: one file is left
  connection.close()
  if (mark?.state !== 'left') return null
  const aside = join(openBackupFolder(settings), asideName)
  renameSync(file, aside)
  return aside
}
