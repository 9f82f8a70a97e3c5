/** From settings to an open store: the data folder, the keys, the engine. */
import type { Random } from '../clock.ts'
import { databaseFileOf, openDataFolder, type StoreSettings } from './data-folder.ts'
import { type Keys, readKeys } from './keys.ts'
import { createPhoneVault } from './phone-vault.ts'
import { openSqliteStore, type SqliteStore, WrongKey } from './sqlite.ts'

export interface OpenedStore {
  readonly store: SqliteStore
  readonly keys: Keys
  /** The one of the keys that the database's numbers are sealed with. */
  readonly databaseKey: string
}

/** @throws FolderProblem, KeyProblem, WrongKey, DamagedDatabase, StoreUnavailable */
export async function openStore(settings: StoreSettings, random: Random): Promise<OpenedStore> {
  openDataFolder(settings.dataFolder)
  const keys = readKeys(settings, random)
  return { keys, ...(await openWithAny([keys.current, ...keys.fallbacks], settings, random)) }
}

/** Numbers stay under the secret that they were sealed with until `rotate-keys`: it may be a fallback by now. */
async function openWithAny(secrets: readonly string[], settings: StoreSettings, random: Random) {
  for (const databaseKey of secrets) {
    try {
      const store = await openSqliteStore(databaseFileOf(settings), createPhoneVault(databaseKey, random))
      return { store, databaseKey }
    } catch (error) {
      if (!(error instanceof WrongKey)) throw error
    }
  }
  throw new WrongKey(
    `The database in ${settings.dataFolder} was made with another key: put its key file back, or set DOJANG_SECRET to that key.`,
  )
}
