/** Group commit: all work that arrives together shares one transaction and one fsync, and is answered after it. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { StoreUnavailable } from './store.ts'

/** How one engine runs a group: `run` settles each piece of work on its own, inside one transaction. */
export interface GroupEngine<Tx> {
  /** @throws StoreUnavailable when nothing could be begun */
  begin(): Promise<void>
  /** Runs one piece of work; undoes it alone when it throws, and passes the error on. */
  attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Whether the group's transaction still stands: a full disk, for one, can undo it as a whole. */
  isOpen(): boolean
  /** @throws StoreUnavailable when nothing of the group was kept */
  commit(): Promise<void>
}

interface Piece<Tx> {
  readonly work: (tx: Tx) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

const GROUP_MAX = 256 // what one fsync answers; larger groups gain little and make the first wait for the last
const QUEUE_MAX = 4096 // about half a second of work on a small machine; beyond it a quick 503 beats a slow answer

export class GroupCommit<Tx> {
  readonly #engine: GroupEngine<Tx>
  #queue: Piece<Tx>[] = []
  #draining: Promise<void> | null = null

  constructor(engine: GroupEngine<Tx>) {
    this.#engine = engine
  }

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
      await this.#runGroup(this.#queue.splice(0, GROUP_MAX))
      await nextTurn()
    }
    this.#draining = null
  }

  async #runGroup(group: readonly Piece<Tx>[]): Promise<void> {
    const answers: (() => void)[] = []
    try {
      await this.#engine.begin()
      for (const { work, resolve, reject } of group) {
        await this.#engine.attempt(work).then(
          (value) => answers.push(() => resolve(value)),
          (error) => answers.push(() => reject(error)),
        )
        if (!this.#engine.isOpen()) throw new StoreUnavailable('the transaction was undone as a whole')
      }
      await this.#engine.commit()
    } catch (error) {
      for (const { reject } of group) reject(error)
      return
    }
    for (const answer of answers) answer()
  }
}
