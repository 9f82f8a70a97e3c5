/** A queue whose work is run in groups: what arrives while one group is under way is the next. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { StoreUnavailable } from './store.ts'

/** Work that waits for its transaction, and for whoever asked. */
export interface Piece<Tx> {
  readonly work: (tx: Tx) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** Runs a group and answers its pieces, all but those that it gives back to be run again. Never rejects. */
export type RunGroup<Tx> = (group: readonly Piece<Tx>[]) => Promise<readonly Piece<Tx>[]>

const GROUP_MAX = 256 // what one fsync answers; larger groups gain little and make the first wait for the last
const QUEUE_MAX = 4096 // about half a second of work on a small machine; beyond it a quick 503 beats a slow answer

export class GroupQueue<Tx> {
  readonly #runGroup: RunGroup<Tx>
  #queue: Piece<Tx>[] = []
  #draining: Promise<void> | null = null

  constructor(runGroup: RunGroup<Tx>) {
    this.#runGroup = runGroup
  }

  /** @throws StoreUnavailable when too much waits already */
  submit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#queue.length >= QUEUE_MAX) return Promise.reject(new StoreUnavailable('the queue is full'))
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: (value) => resolve(value as T), reject })
      this.#draining ??= this.#drain()
    })
  }

  /** Resolves when all that was submitted is answered. */
  async settled(): Promise<void> {
    await this.#draining
  }

  async #drain(): Promise<void> {
    await nextTurn() // let everything that this turn of the event loop brings join the group
    while (this.#queue.length > 0) {
      const again = await this.#runGroup(this.#queue.splice(0, GROUP_MAX))
      this.#queue.unshift(...again)
      await nextTurn()
    }
    this.#draining = null
  }
}
