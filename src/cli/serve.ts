/** `dojang serve`: serves until it is told to stop, and finishes what is in hand. */
import cluster from 'node:cluster'
import { systemRandom } from '../clock.ts'
import type { Config } from '../config.ts'
import { openStore } from '../store/open-store.ts'
import { type Command, done, type Reply, refused, textOf, WrongUse } from './command.ts'
import { makeSetupLinks, type SetupLinks } from './owner-link.ts'
import { startFacts, startScreen } from './start-screen.ts'
import type { Terminal } from './terminal.ts'
import { stopMessage, tellStart, type WorkerFacts, WorkerProblem, Workers } from './workers.ts'

/** What serves, be it this process or several. */
interface Serving {
  readonly facts: WorkerFacts
  stop(): Promise<void>
}

const WORKERS_MAX = 64 // more processes than cores only cost

export const serveCafes: Command = {
  name: 'serve',
  summary: 'Serves the cafés, until Ctrl-C or SIGTERM.',
  usage: '[--workers N]',
  details: [
    'PORT, HOST, DOJANG_URL and DOJANG_DATA say where; with SQLite only one may serve from a data folder.',
    '--workers N  processes that share the port, as many as the machine has cores; needs DATABASE_URL (PostgreSQL)',
  ],
  options: { workers: { type: 'string' } },
  positionalsMax: 0,
  async run(call) {
    const settings = call.config()
    if (cluster.isWorker) return serveAsWorker(settings)
    const count = readCount(textOf(call, 'workers'))
    if (count > 1 && settings.databaseUrl === null) return oneWriter()
    const stopped = stopSignal()
    try {
      const serving =
        count === 1 ? await serveHere(settings) : await serveTogether(settings, count, call.terminal)
      const facts = startFacts(settings, serving.facts, await setupLinks(settings))
      call.terminal.say(
        call.options.json === true
          ? JSON.stringify({ ok: true, serving: true, ...facts })
          : startScreen(facts, { isTty: process.stdout.isTTY }),
      )
      const signal = await stopped
      await serving.stop()
      return done('  Stopped; everything is on the disk.', { stopped: signal })
    } catch (error) {
      if (error instanceof WorkerProblem) return refused(error.problem.reason, error.problem.sentence)
      throw error
    }
  },
}

async function serveHere(settings: Config): Promise<Serving> {
  const { serve } = await import('../main.ts') // late, so that the other commands start without the web
  const { address, keyPlace, slugs, stop } = await serve(settings)
  return { facts: { port: address.port, keyPlace, slugs }, stop }
}

/** Made once, however many processes serve. */
async function setupLinks(settings: Config): Promise<SetupLinks> {
  const { store } = await openStore(settings, systemRandom)
  return makeSetupLinks(store).finally(() => store.close())
}

/** What can be wrong with the database is found out here, and said once. */
async function serveTogether(settings: Config, count: number, terminal: Terminal): Promise<Serving> {
  const { prepare } = await import('../main.ts')
  await prepare(settings)
  const workers = new Workers(terminal)
  return { facts: await workers.start(count), stop: () => workers.stop() }
}

/** The first of the processes has the terminal; this one says nothing. */
async function serveAsWorker(settings: Config): Promise<Reply> {
  const stopped = Promise.race([stopSignal(), stopMessage()])
  const start = serveHere(settings)
  await tellStart(start.then(({ facts }) => facts))
  const serving = await start.catch(() => null) // told already
  if (serving !== null) {
    await stopped
    await serving.stop()
  }
  cluster.worker?.disconnect()
  return done('', {})
}

function readCount(text = '1'): number {
  const count = /^\d{1,2}$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= WORKERS_MAX) return count
  throw new WrongUse(`--workers takes a whole number from 1 to ${WORKERS_MAX}.`)
}

function oneWriter(): Reply {
  return refused(
    'one-writer',
    'In SQLite one process writes: several workers need PostgreSQL, so set DATABASE_URL (dojang move takes the cafés there).',
  )
}

/** The first signal asks; a second one, while what is in hand is being finished, ends at once. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve(signal)
      })
    }
  })
}
