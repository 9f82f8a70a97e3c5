/** Several processes on one port: the first looks after the others, starts one again that ends, and lets all finish when told to stop. */
import cluster, { type Worker } from 'node:cluster'
import type { Served } from '../main.ts'
import { EXIT_REFUSED } from './command.ts'
import { type Problem, problemOf } from './expected-problems.ts'
import type { Terminal } from './terminal.ts'

/** What a worker tells: that it serves, or why it cannot. */
export type WorkerStart = { readonly started: WorkerFacts } | { readonly problem: Problem }

export interface WorkerFacts extends Pick<Served, 'keyPlace' | 'slugs'> {
  readonly port: number
}

/** A worker could not start: said once, however many there were to be. */
export class WorkerProblem extends Error {
  override readonly name = 'WorkerProblem'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.sentence)
    this.problem = problem
  }
}

const STOP = 'stop' // by message and not by signal: Ctrl-C at a terminal reaches the workers by itself
const STOP_WITHIN_MS = 9_000 // each cuts its connections after 8 s; a service manager kills after 10
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000
const STEADY_MS = 60_000 // who has lived this long did not die of starting

export class Workers {
  readonly #terminal: Terminal
  #isStopping = false
  #pauseMs = FIRST_PAUSE_MS
  readonly #waiting = new Set<NodeJS.Timeout>()

  constructor(terminal: Terminal) {
    this.#terminal = terminal
    cluster.setupPrimary({ args: ['serve'] })
  }

  /** Resolves when all of them serve. @throws WorkerProblem when one cannot; then the others are stopped */
  async start(count: number): Promise<WorkerFacts> {
    try {
      const started = await Promise.all(Array.from({ length: count }, () => this.#startOne()))
      return started[0] as WorkerFacts
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  /** Resolves when all have finished what they had in hand. */
  async stop(): Promise<void> {
    this.#isStopping = true
    for (const timer of this.#waiting) clearTimeout(timer)
    const workers = workersNow()
    const ended = workers.map(
      (worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve())),
    )
    for (const worker of workers) worker.send(STOP, () => {}) // one that has just gone hears nothing
    const cut = setTimeout(() => {
      for (const worker of workers) worker.process.kill('SIGKILL')
    }, STOP_WITHIN_MS)
    await Promise.all(ended)
    clearTimeout(cut)
  }

  #startOne(): Promise<WorkerFacts> {
    const worker = cluster.fork()
    return new Promise((resolve, reject) => {
      worker.once('message', (told: WorkerStart) => {
        if ('problem' in told) return reject(new WorkerProblem(told.problem))
        resolve(told.started)
        this.#lookAfter(worker)
      })
      worker.once('exit', (code, signal) => {
        const sentence = `A worker ended as it started (${signal ?? code}): look at what it said, and try again.`
        reject(new WorkerProblem({ reason: 'worker-ended', sentence, exitCode: EXIT_REFUSED }))
      })
    })
  }

  #lookAfter(worker: Worker): void {
    const bornAt = performance.now()
    worker.once('exit', (code, signal) => {
      if (this.#isStopping) return
      if (performance.now() - bornAt > STEADY_MS) this.#pauseMs = FIRST_PAUSE_MS
      this.#startAgain(`A worker ended (${signal ?? code}).`)
    })
  }

  #startAgain(why: string): void {
    const pauseMs = this.#pauseMs
    this.#pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
    this.#terminal.complain(`${why} Another starts in ${pauseMs / 1_000} s.`)
    const timer = setTimeout(() => {
      this.#waiting.delete(timer)
      this.#startOne().catch((error: Error) => {
        if (!this.#isStopping) this.#startAgain(error.message)
      })
    }, pauseMs)
    this.#waiting.add(timer)
  }
}

/** A worker's side: tells how the start went, and resolves when it is to stop. */
export async function tellStart(start: Promise<WorkerFacts>): Promise<void> {
  const told: WorkerStart = await start.then(
    (started) => ({ started }),
    (error) => {
      const problem = problemOf(error)
      if (problem === null) throw error
      return { problem }
    },
  )
  await new Promise<void>((resolve) => process.send?.(told, undefined, undefined, () => resolve()))
}

/** The signals of the terminal aside, what a worker stops at. */
export function stopMessage(): Promise<typeof STOP> {
  return new Promise((resolve) => {
    process.on('message', (message) => {
      if (message === STOP) resolve(STOP)
    })
  })
}

function workersNow(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
}
