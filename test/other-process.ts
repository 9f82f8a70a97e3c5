// What another process may do to a shop's database while customers come: hold it, or change its tables.
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import type { Shop } from './shop.ts'

/** Keeps everybody else from writing. @returns lets them again */
export async function holdWriting(shop: Shop): Promise<() => Promise<void>> {
  const run = await connect(shop)
  await run(shop.databaseUrl === null ? 'BEGIN IMMEDIATE' : 'BEGIN; LOCK TABLE answers, cards, entries')
  return async () => {
    await run('ROLLBACK')
    await run.end()
  }
}

export async function changeTables(shop: Shop, text: string): Promise<void> {
  const run = await connect(shop)
  await run(text)
  await run.end()
}

async function connect({ databaseFile, databaseUrl }: Shop) {
  if (databaseUrl === null) {
    const file = new Sqlite(databaseFile)
    const run = async (text: string) => void file.exec(text)
    return Object.assign(run, { end: async () => void file.close() })
  }
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const run = async (text: string) => void (await client.query(text))
  return Object.assign(run, { end: () => client.end() })
}
