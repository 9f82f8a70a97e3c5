/** A queue whose work is run in groups: what arrives while one group is under way is the next. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { StoreUnavailable } from './store.ts'

/** Work that waits for its transaction, and for whoever asked. */
export interface Piece<Tx> {
  readonly work: (tx: Tx) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
  /** When it came, by performance.now(). */
  readonly cameAtMs: number
  /** Cards that it is known to need, one of which another process held when it came to it: to be locked before anything else. */
  lockFirst?: readonly string[]
}

/** A piece to be run again, since another of its group was at the same thing. */
export interface Again<Tx> {
  readonly piece: Piece<Tx>
  /** Which card, number or key that was. */
  readonly met: string
}

/** Runs a group and answers its pieces, all but those that it gives back to be run again. */
export type RunGroup<Tx> = (group: readonly Piece<Tx>[]) => Promise<readonly Again<Tx>[]>

const GROUP_MAX = 256 // what one fsync answers; larger groups gain little and make the first wait for the last
const QUEUE_MAX = 4096 // about half a second of work on a small machine; beyond it a quick 503 beats a slow answer

export class GroupQueue<Tx> {
  readonly #runGroup: RunGroup<Tx>
  readonly #queue: Piece<Tx>[] = []
  /** Who waits for the same card, in line: one a group, so that a card that many are at costs the others nothing. */
  readonly #lines = new Map<string, Piece<Tx>[]>()
  #waiting = 0
  #draining: Promise<void> | null = null

  constructor(runGroup: RunGroup<Tx>) {
    this.#runGroup = runGroup
  }

  /** @throws StoreUnavailable when too much waits already */
  submit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#waiting >= QUEUE_MAX) return Promise.reject(new StoreUnavailable('the queue is full'))
    return new Promise<T>((resolve, reject) => {
      const cameAtMs = performance.now()
      this.#queue.push({ work, resolve: (value) => resolve(value as T), reject, cameAtMs })
      this.#waiting += 1
      this.#draining ??= this.#drain()
    })
  }

  /** Resolves when all that was submitted is answered. */
  async settled(): Promise<void> {
    await this.#draining
  }

  async #drain(): Promise<void> {
    await nextTurn() // let everything that this turn of the event loop brings join the group
    while (this.#waiting > 0) {
      const group = this.#nextGroup()
      const again = await this.#runGroup(group).catch((error) => {
        for (const { reject } of group) reject(error)
        return []
      })
      for (const { piece, met } of again) this.#standInLine(piece, met)
      await nextTurn()
    }
    this.#draining = null
  }

  /** The first of each line, then who came since. */
  #nextGroup(): readonly Piece<Tx>[] {
    const group: Piece<Tx>[] = []
    for (const [met, line] of this.#lines) {
      if (group.length === GROUP_MAX) break
      group.push(...line.splice(0, 1))
      if (line.length === 0) this.#lines.delete(met)
    }
    group.push(...this.#queue.splice(0, GROUP_MAX - group.length))
    this.#waiting -= group.length
    return group
  }

  #standInLine(piece: Piece<Tx>, met: string): void {
    const line = this.#lines.get(met) ?? []
    const place = line.findIndex(({ cameAtMs }) => cameAtMs > piece.cameAtMs)
    line.splice(place === -1 ? line.length : place, 0, piece)
    this.#lines.set(met, line)
    this.#waiting += 1
  }
}
