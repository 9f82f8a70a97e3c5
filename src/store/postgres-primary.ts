/** The way to the primary: a pool of connections to whichever of the servers takes writes now, found again by itself. */
import { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import {
  asUnavailable,
  impatient,
  isGone,
  isLost,
  isSilent,
  OutOfTime,
  type Server,
} from './postgres-connection.ts'
import { StoreUnavailable } from './store.ts'

const CONNECTIONS_MAX = 10 // a process; PostgreSQL gains nothing from more than a few a core
const SEARCH_PAUSE_MS = 150
const CLOSE_WAIT_MS = 1_000 // over a dead line nothing ever closes
const FIRST_SEARCH_MS = 5_000 // a start waits this long for a database that is starting too

export class PostgresPrimary {
  readonly #servers: readonly Server[]
  #server: Server | null = null
  #pool: pg.Pool | null = null
  #searching: Promise<void> | null = null
  /** What the servers said when last asked in vain, such as that the password is wrong. */
  #whyNot: string | null = null
  /** Whether it went silent, and is being asked if it is still there. */
  #isDoubted = false
  readonly #sockets = new Set<Socket>()
  #isClosed = false

  constructor(servers: readonly Server[]) {
    this.#servers = servers
  }

  /** The primary, found first if none is known. @throws StoreUnavailable when none is there in time */
  async open(): Promise<Server> {
    await Promise.race([this.#search(), wait(FIRST_SEARCH_MS, null, { ref: false })])
    if (this.#server !== null) return this.#server
    const why = this.#whyNot === null ? '' : `: ${this.#whyNot}`
    throw new StoreUnavailable(`no primary among the servers of DATABASE_URL${why}`)
  }

  /** One statement outside a transaction. @throws StoreUnavailable at once while no primary is known */
  async query(config: pg.QueryConfig): Promise<pg.QueryResult> {
    const pool = this.#poolNow()
    try {
      return await pool.query(config)
    } catch (error) {
      throw this.#judge(pool, error)
    }
  }

  /**
   * Lends a connection to `work` until a moment by performance.now(), and throws it away if it failed in a way that leaves its state unknown.
   *
   * @throws StoreUnavailable also when the time is up; what was sent until then may yet be done
   */
  async withClient<T>(untilMs: number, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const pool = this.#poolNow()
    const client = await pool.connect().catch((error) => {
      throw this.#judge(pool, error)
    })
    const { promise: timeUp, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new OutOfTime('no answer in time')), untilMs - performance.now())
    const working = work(client)
    working.catch(() => {}) // when the time is up, nobody listens any more
    try {
      const value = await Promise.race([working, timeUp])
      client.release()
      return value
    } catch (error) {
      client.release(isGone(error)) // in what state it is nobody knows
      throw this.#judge(pool, error)
    } finally {
      clearTimeout(timer)
    }
  }

  async isReady(): Promise<boolean> {
    return (await this.query({ text: 'SELECT 1' }).catch(() => null)) !== null
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#searching
    const pool = this.#pool
    this.#pool = null // closing twice changes nothing
    await Promise.race([pool?.end(), wait(CLOSE_WAIT_MS, null, { ref: false })])
    for (const socket of this.#sockets) socket.destroy() // else a dead line keeps the process for minutes
  }

  /** An error in the store's terms; a lost server is looked for anew, so that the next to ask hears it at once. */
  #judge(pool: pg.Pool, error: unknown): unknown {
    if (isLost(error)) this.#drop(pool)
    else if (isSilent(error)) void this.#doubt(pool)
    return asUnavailable(error)
  }

  /** While it is asked, nobody else waits for it: a page that has just heard nothing would wait once more to say so. */
  async #doubt(pool: pg.Pool): Promise<void> {
    if (this.#isDoubted || pool !== this.#pool) return
    this.#isDoubted = true
    await this.#check(pool)
    this.#isDoubted = false
  }

  /** Asks the very server of the pool: another may be the primary by now. */
  async #check(pool: pg.Pool): Promise<void> {
    if (this.#server === null || pool !== this.#pool) return
    const isThere = await expectPrimary(this.#server).catch(() => null)
    if (isThere === null) this.#drop(pool)
  }

  #drop(pool: pg.Pool): void {
    if (pool !== this.#pool) return
    this.#server = null
    this.#pool = null
    pool.end().catch(() => {}) // its connections are dead, and say so again
    void this.#search()
  }

  #poolNow(): pg.Pool {
    if (this.#pool === null || this.#isDoubted) throw new StoreUnavailable('looking for the primary')
    return this.#pool
  }

  #search(): Promise<void> {
    this.#searching ??= this.#searchUntilFound().finally(() => {
      this.#searching = null
    })
    return this.#searching
  }

  async #searchUntilFound(): Promise<void> {
    while (!this.#isClosed && this.#pool === null) {
      const found = await Promise.any(this.#servers.map(expectPrimary)).catch((error: AggregateError) => {
        this.#whyNot = (error.errors as Error[]).map(({ message }) => message).join('; ')
        return null
      })
      if (found === null) await wait(SEARCH_PAUSE_MS)
      else if (!this.#isClosed) this.#use(found)
    }
  }

  #use(server: Server): void {
    const stream = () => remembered(this.#sockets)
    const pool = new pg.Pool({ ...impatient(server), max: CONNECTIONS_MAX, stream })
    pool.on('connect', (client) => client.on('error', () => {})) // its query rejects too; unheard it would end the process
    pool.on('error', () => void this.#check(pool)) // an idle connection was cut: perhaps that one alone
    this.#server = server
    this.#pool = pool
  }
}

/** Remembered until it closes. */
function remembered(sockets: Set<Socket>): Socket {
  const socket = new Socket()
  sockets.add(socket)
  return socket.once('close', () => sockets.delete(socket))
}

/** What `target_session_attrs=read-write` means: the server is up and no standby. @throws otherwise */
async function expectPrimary(server: Server): Promise<Server> {
  const client = new pg.Client(impatient(server))
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('SELECT pg_is_in_recovery() AS is_standby')
    if (rows[0]?.is_standby !== false) throw new Error('a standby')
    return server
  } finally {
    client.end().catch(() => {}) // not waited for: over a dead line it takes minutes
  }
}
