/** The start: settings → store → app → listen → a clean stop. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { pino } from 'pino'
import { type App, createApp } from './app.ts'
import { startChores } from './chores.ts'
import { systemClock, systemRandom } from './clock.ts'
import { openFirstCafe } from './commands/open-first-cafe.ts'
import type { Config } from './config.ts'
import { addressReader } from './http/address.ts'
import { guardServer, SERVER_OPTIONS } from './http/limits.ts'
import { stopServer } from './http/stop.ts'
import { expectHome } from './store/move/mark.ts'
import { openStore } from './store/open-store.ts'
import { holdServeLock } from './store/serve-lock.ts'
import type { Store } from './store/store.ts'

export interface Served {
  readonly address: AddressInfo
  /** Where the key lies, in words for the operator. */
  readonly keyPlace: string
  /** Slugs of the cafés, for the start screen. */
  readonly slugs: readonly string[]
  /** Finishes what is in hand and closes everything. */
  stop(): Promise<void>
}

/** @throws FolderProblem, KeyProblem, WrongKey, AlreadyServing, or the listening error with its `code` */
export async function serve(config: Config): Promise<Served> {
  const log = pino({ level: config.logLevel, base: null })
  const lock = config.databaseUrl === null ? holdServeLock(config.dataFolder) : null // over PostgreSQL many may serve
  const { store, keys } = await openStore(config, systemRandom).catch((error: unknown) => {
    lock?.release() // a start that is refused leaves nothing behind
    throw error
  })
  const app = createApp({ config, store, keys, clock: systemClock, random: systemRandom, log })
  const server = await prepareStore(store)
    .then(() => listen(app, config))
    .catch(async (error: unknown) => {
      await store.close() // its connections would keep the process from ending
      lock?.release()
      throw error
    })
  const stopChores = startChores({ store, clock: systemClock, log })
  return {
    address: server.address() as AddressInfo,
    keyPlace: keys.place,
    slugs: (await store.cafes.list()).map(({ slug }) => slug),
    async stop() {
      await stopChores()
      app.close()
      await stopServer(server)
      await store.close()
      lock?.release()
    },
  }
}

/** All that a start may find wrong with the database, before several processes find it each. @throws as `serve` does */
export async function prepare(config: Config): Promise<void> {
  const { store } = await openStore(config, systemRandom)
  await prepareStore(store).finally(() => store.close())
}

async function prepareStore(store: Store): Promise<void> {
  await expectHome(store)
  await store.transaction(null, (tx) => openFirstCafe(tx, systemClock()))
}

/** Gives the app each request with its client's address. */
export function listenerOf(app: Pick<App, 'fetch'>, config: Pick<Config, 'trustProxy'>): RequestListener {
  const addressOf = addressReader(config.trustProxy)
  return getRequestListener((request, { incoming }) =>
    app.fetch(request, {
      address: addressOf(incoming.socket.remoteAddress, request.headers.get('x-forwarded-for')),
    }),
  )
}

function listen(app: App, config: Config): Promise<Server> {
  const server = guardServer(createServer(SERVER_OPTIONS), listenerOf(app, config), app.refuse)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: config.port, host: config.host }, () => resolve(server))
  })
}
