/** Bringing the database in use to the present, whichever engine it is, and saying what that took. */
import type { Random } from '../clock.ts'
import { type Spread, spreadOverCitus } from './citus.ts'
import { databaseFileOf, openDataFolder, type StoreSettings } from './data-folder.ts'
import { readKeys } from './keys.ts'
import { asUnavailable, serversOf } from './postgres-connection.ts'
import { PostgresPrimary } from './postgres-primary.ts'
import { migratePostgres } from './postgres-schema.ts'
import { explanationOf, openConnection } from './sqlite-connection.ts'
import { migrate, migrationsOf } from './sqlite-schema.ts'

export interface Migrated {
  readonly engine: 'sqlite' | 'postgres'
  /** The migrations that were missing. */
  readonly ran: readonly string[]
  /** What lies where, or null without Citus. */
  readonly spread: Spread | null
}

/** @throws FolderProblem, KeyProblem, DamagedDatabase, StoreUnavailable */
export function migrateDatabase(settings: StoreSettings, random: Random): Promise<Migrated> {
  const { databaseUrl } = settings
  return databaseUrl === null ? migrateSqlite(settings, random) : migrateOnPrimary(databaseUrl)
}

async function migrateOnPrimary(databaseUrl: string): Promise<Migrated> {
  const primary = new PostgresPrimary(serversOf(databaseUrl))
  try {
    const server = await primary.open()
    const ran = await migratePostgres(server)
    return { engine: 'postgres', ran, spread: await spreadOverCitus(server) }
  } catch (error) {
    throw asUnavailable(error)
  } finally {
    await primary.close()
  }
}

async function migrateSqlite(settings: StoreSettings, random: Random): Promise<Migrated> {
  openDataFolder(settings.dataFolder)
  readKeys(settings, random) // a file that is there without its key is refused ever after
  const file = databaseFileOf(settings)
  const connection = openConnection(file, { readonly: false })
  try {
    const before = migrationsOf(connection)
    await migrate(connection)
    const ran = migrationsOf(connection).filter((name) => !before.includes(name))
    return { engine: 'sqlite', ran, spread: null }
  } catch (error) {
    throw explanationOf(file, error)
  } finally {
    connection.close()
  }
}
