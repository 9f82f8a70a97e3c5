// A PostgreSQL database for one bench: on the server that BENCH_DATABASE_URL names, else on one started here for the purpose.
import { randomBytes } from 'node:crypto'
import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import pg from 'pg'
import { postgresServer } from '../test/postgres.ts'

export type BenchDatabase = {
  /** Its `postgres://` address. */
  url: string
  /** What it is, in words. */
  server: string
  ask: (text: string) => Promise<Record<string, unknown>[]>
  drop: () => Promise<void>
}

const TMPFS = 0x01021994 // statfs(2): memory, where syncing costs nothing

/** @throws Error when the server does not wait for the disk: what it measured would mean nothing */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const given = process.env.BENCH_DATABASE_URL
  const own = given ? null : await postgresServer()
  const admin = await connect(given || own?.url() || '')
  const name = `dojang_bench_${randomBytes(4).toString('hex')}`
  const url = new URL(given || own?.url() || '')
  url.pathname = `/${name}`
  const settings = await admin.query(
    "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits, current_setting('server_version') AS version",
  )
  const { fsync, commits, version } = settings.rows[0]
  if (fsync !== 'on' || commits !== 'on') {
    await Promise.all([admin.end(), own?.remove()])
    throw new Error('this PostgreSQL does not wait for the disk: set fsync and synchronous_commit on')
  }
  await admin.query(`CREATE DATABASE ${name}`)
  const client = await connect(url.href)
  const isInMemory = own !== null && statfsSync(tmpdir()).type === TMPFS
  return {
    url: url.href,
    server: `PostgreSQL ${version}, fsync on${isInMemory ? ' (but its folder is in memory: set TMPDIR to a disk)' : ''}`,
    ask: async (text) => (await client.query(text)).rows,
    async drop() {
      await client.end()
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
      await own?.remove()
    },
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  return client
}
