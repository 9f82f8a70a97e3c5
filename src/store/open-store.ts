/** From settings to an open store: the data folder, the keys, the engine. */
import type { Random } from '../clock.ts'
import { databaseFileOf, openDataFolder, type StoreSettings } from './data-folder.ts'
import { type Keys, readKeys } from './keys.ts'
import { expectWhole } from './move/mark.ts'
import { createPhoneVault, type PhoneVault } from './phone-vault.ts'
import { openPostgresStore } from './postgres.ts'
import { openSqliteStore, WrongKey } from './sqlite.ts'
import type { Store } from './store.ts'

export interface OpenedStore {
  readonly store: Store
  readonly keys: Keys
  /** The one of the keys that the database's numbers are sealed with. */
  readonly databaseKey: string
}

/** @throws FolderProblem, KeyProblem, WrongKey, DamagedDatabase, NotServedHere, StoreUnavailable */
export async function openStore(settings: StoreSettings, random: Random): Promise<OpenedStore> {
  openDataFolder(settings.dataFolder)
  const keys = readKeys(settings, random)
  const opened = await openWithAny([keys.current, ...keys.fallbacks], settings, random)
  try {
    await expectWhole(opened.store)
  } catch (error) {
    await opened.store.close()
    throw error
  }
  return { keys, ...opened }
}

/** Numbers stay under the secret that they were sealed with until `rotate-keys`: it may be a fallback by now. */
async function openWithAny(secrets: readonly string[], settings: StoreSettings, random: Random) {
  for (const databaseKey of secrets) {
    try {
      return { store: await openEngine(settings, createPhoneVault(databaseKey, random)), databaseKey }
    } catch (error) {
      if (!(error instanceof WrongKey)) throw error
    }
  }
  throw new WrongKey(
    `The database ${settings.databaseUrl === null ? `in ${settings.dataFolder}` : 'at DATABASE_URL'} was made with another key: put its key file back, or set DOJANG_SECRET to that key.`,
  )
}

function openEngine({ databaseUrl, ...settings }: StoreSettings, vault: PhoneVault): Promise<Store> {
  if (databaseUrl !== null) return openPostgresStore(databaseUrl, vault)
  return openSqliteStore(databaseFileOf({ databaseUrl, ...settings }), vault)
}
