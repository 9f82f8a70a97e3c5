/** From settings to an open store: the data folder, the keys, the engine. */
import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs'
import type { Random } from '../clock.ts'
import type { Config } from '../config.ts'
import { databaseFileOf, type Keys, readKeys } from './keys.ts'
import { createPhoneVault } from './phone-vault.ts'
import { openSqliteStore, type SqliteStore, WrongKey } from './sqlite.ts'

export interface OpenedStore {
  readonly store: SqliteStore
  readonly keys: Keys
}

/** The data folder cannot be used: the message says what to do. */
export class FolderProblem extends Error {}

/** @throws FolderProblem, KeyProblem, WrongKey, ConfigError */
export async function openStore(config: Config, random: Random): Promise<OpenedStore> {
  openFolder(config.dataFolder)
  const keys = readKeys(config, random)
  return { store: await openWithAny([keys.current, ...keys.fallbacks], config, random), keys }
}

function openFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    accessSync(folder, constants.R_OK | constants.W_OK)
  } catch {
    throw new FolderProblem(`The data folder ${folder} cannot be written: set DOJANG_DATA to a folder of yours, or mend its owner.`)
  }
}

/** Numbers stay under the secret that they were sealed with until `rotate-keys`: it may be a fallback by now. */
async function openWithAny(secrets: readonly string[], config: Config, random: Random): Promise<SqliteStore> {
  for (const secret of secrets) {
    try {
      return await openSqliteStore(databaseFileOf(config), createPhoneVault(secret, random))
    } catch (error) {
      if (!(error instanceof WrongKey)) throw error
    }
  }
  throw new WrongKey(
    `The database in ${config.dataFolder} was made with another key: put its key file back, or set DOJANG_SECRET to that key.`,
  )
}
