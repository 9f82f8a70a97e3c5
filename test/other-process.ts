// What another process may do to a database while customers come: hold it, or change its tables.
import Sqlite from 'better-sqlite3'
import pg from 'pg'

/** A shop's database, or a world's. */
export interface Place {
  readonly databaseFile: string
  readonly databaseUrl: string | null
}

/** Keeps everybody else from writing. @returns lets them again */
export async function holdWriting(place: Place): Promise<() => Promise<void>> {
  const run = await connect(place)
  await run(place.databaseUrl === null ? 'BEGIN IMMEDIATE' : 'BEGIN; LOCK TABLE answers, cards, entries')
  return async () => {
    await run('ROLLBACK')
    await run.end()
  }
}

export async function changeTables(place: Place, text: string): Promise<void> {
  const run = await connect(place)
  await run(text).finally(run.end)
}

async function connect({ databaseFile, databaseUrl }: Place) {
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
