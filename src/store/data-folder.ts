/** The data folder: where the database, its keys and its backups lie, readable by their owner alone. */
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What the store takes of the settings. */
export interface StoreSettings {
  readonly dataFolder: string
  /** A `postgres://` address, or null: then the database is a file in the data folder. */
  readonly databaseUrl: string | null
  /** A secret given by the operator, or null: then the key file holds it. */
  readonly secret: string | null
  readonly secretFallbacks: readonly string[]
}

/** The data folder cannot be used: the message says what to do. */
export class FolderProblem extends Error {
  override readonly name = 'FolderProblem'
}

const OURS = /^(dojang[.-]|replaced-|serve\.lock|backups$)/

/** Makes the data folder if it is missing. @throws FolderProblem */
export function openDataFolder(folder: string): void {
  try {
    makeFolder(folder)
    // A folder that others use too, such as /tmp, keeps its mode: what is secret in ours has one of its own.
    if (readdirSync(folder).every((name) => OURS.test(name))) chmodSync(folder, 0o700)
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new FolderProblem(
      `The data folder ${folder} cannot be written: set DOJANG_DATA to a folder of yours, or mend its owner.`,
      { cause },
    )
  }
}

/** Not mkdir's own `recursive`: under /proc, which refuses with ENOENT, it never ends. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (!existsSync(folder)) throw error // else another process was quicker
  }
}

export function databaseFileOf(settings: StoreSettings): string {
  return join(settings.dataFolder, 'dojang.db')
}

export function keyFileOf(settings: StoreSettings): string {
  return join(settings.dataFolder, 'dojang.key')
}

/** The folder for backups, made if it is missing. @throws FolderProblem */
export function openBackupFolder(settings: StoreSettings): string {
  openDataFolder(settings.dataFolder)
  const folder = join(settings.dataFolder, 'backups')
  openDataFolder(folder)
  return folder
}
