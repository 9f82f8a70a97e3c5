// A real PostgreSQL for tests: its own folder, a spare port of this machine alone, and gone with the test that started it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { findPostgres } from './postgres-programs.ts'

export interface PostgresServer {
  readonly port: number
  readonly dataFolder: string
  /** The address of one of its databases; `postgres` unless told. */
  url(database?: string): string
  /** One statement, as its superuser. */
  ask(text: string, database?: string): Promise<Record<string, unknown>[]>
  /** Ends it in order; its folder stays until `remove`. */
  stop(): Promise<void>
  /** SIGKILL to every process of it, as when the power goes. */
  kill(): Promise<void>
  /** Starts it again on the same port. */
  start(): Promise<void>
  /** Ends it and deletes its folder. */
  remove(): Promise<void>
}

export interface ServerOptions {
  /** Lines of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>
  /** A stopped server to begin with a copy of, and to follow as its standby. */
  readonly standbyOf?: PostgresServer
}

const USER = 'dojang'
const START_WAIT_MS = 30_000 // two cores that other tests use as well
// Postgres ends with whoever holds the other end of its stdin, even if that one is killed.
const GUARD = '"$@" & child=$!; trap "" INT TERM; read -r _; kill -INT $child; wait $child'

/** @throws Error when there is no PostgreSQL and none can be had */
export async function postgresServer({
  settings = {},
  standbyOf,
}: ServerOptions = {}): Promise<PostgresServer> {
  const programs = findPostgres()
  const folder = mkdtempSync(join(tmpdir(), 'dojang-pg-'))
  const dataFolder = join(folder, 'data')
  const identity = serverUser()
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(folder, identity.uid, identity.gid)
  if (standbyOf === undefined) {
    const options = ['--no-sync', '-A', 'trust', '-U', USER, '-E', 'UTF8', '--locale=C']
    execFileSync(join(programs, 'initdb'), ['-D', dataFolder, ...options], {
      ...identity,
      cwd: folder,
      stdio: 'pipe',
    })
  } else copyFolder(standbyOf.dataFolder, dataFolder, identity)
  const port = await sparePort()
  const following = standbyOf && {
    primary_conninfo: `host=127.0.0.1 port=${standbyOf.port} user=${USER} application_name=standby`,
    wal_retrieve_retry_interval: '200ms', // the primary is started after it
  }
  const own = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder, max_connections: 200 }
  if (standbyOf !== undefined) writeFileSync(join(dataFolder, 'standby.signal'), '')
  const lines = Object.entries({ ...own, ...following, ...settings }).map(
    ([name, value]) => `${name} = '${value}'\n`,
  )
  appendFileSync(join(dataFolder, 'postgresql.conf'), lines.join(''))

  let guard: ChildProcess | null = null
  const url = (database = 'postgres') => `postgres://${USER}@127.0.0.1:${port}/${database}`
  const ended = async () => {
    const ending = guard
    guard = null
    ending?.stdin?.end()
    if (ending !== null && ending.exitCode === null && ending.signalCode === null) await once(ending, 'exit')
  }
  const server: PostgresServer = {
    port,
    dataFolder,
    url,
    ask: (text, database) => askOnce(url(database), text),
    async start() {
      const log = join(folder, 'log')
      writeFileSync(log, '')
      const run = ['-c', GUARD, 'sh', join(programs, 'postgres'), '-D', dataFolder]
      guard = spawn('sh', run, { ...identity, cwd: folder, stdio: ['pipe', 'ignore', 'pipe'] })
      guard.stderr?.on('data', (chunk) => appendFileSync(log, chunk))
      guard.stdin?.on('error', () => {})
      await readyOr(url(), guard, log)
    },
    stop: ended,
    async kill() {
      killAll(Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]))
      await ended()
    },
    async remove() {
      await ended()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

/** PostgreSQL refuses to run as root: then as nobody. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

function copyFolder(from: string, to: string, { uid, gid }: { uid?: number; gid?: number }): void {
  if (existsSync(join(from, 'postmaster.pid'))) throw new Error('a copy is made of a stopped server')
  cpSync(from, to, { recursive: true, preserveTimestamps: true })
  if (uid !== undefined) execFileSync('chown', ['-R', `${uid}:${gid}`, to])
  execFileSync('chmod', ['-R', 'u=rwX,go=', to])
}

async function readyOr(url: string, guard: ChildProcess, log: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < START_WAIT_MS && guard.exitCode === null; waitedMs += 50) {
    const isReady = await askOnce(url, 'SELECT 1').then(
      () => true,
      () => false,
    )
    if (isReady) return
    await wait(50)
  }
  guard.stdin?.end()
  throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8')}`)
}

async function askOnce(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: START_WAIT_MS })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(text)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

/** The postmaster is stopped first, so that it starts nobody new while its children are listed. */
function killAll(postmaster: number): void {
  process.kill(postmaster, 'SIGSTOP')
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const children = processes
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === postmaster)
  for (const pid of [...children.map(([pid]) => Number(pid)), postmaster]) process.kill(pid, 'SIGKILL')
}

async function sparePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as { port: number }
  holder.close()
  await once(holder, 'close')
  return port
}
