/** Who wants to hear of new lines in the ledger, and of what else a page may show: the seam for live pages. */

/** What else changes, and is no line of the ledger. Whoever hears the word reads anew. */
export const TOPICS = ['requests', 'claims', 'devices', 'people', 'cafe', 'audits'] as const

export type Topic = (typeof TOPICS)[number]

/** A line that was written, told after its commit; a topic that has changed; or that some may have been missed, so that one should read anew. */
export type Change =
  | { readonly cafeId: number; readonly cardId: string; readonly entryId: string }
  | { readonly cafeId: number; readonly topic: Topic }
  | { readonly cafeId: number; readonly isGap: true }

export type Listener = (change: Change) => void

export interface Changes {
  /** Hears of every line and topic of a café from about now on, whichever process writes it; of a topic also in vain. @returns stops it */
  listen(cafeId: number, listener: Listener): () => void
}

/** The listeners of one process. */
export class Listeners implements Changes {
  readonly #byCafe = new Map<number, Set<Listener>>()
  readonly #whenNeeded: () => () => void
  #isEnough: (() => void) | null = null

  /** @param whenNeeded called with the first listener; what it returns, after the last has stopped */
  constructor(whenNeeded: () => () => void) {
    this.#whenNeeded = whenNeeded
  }

  get cafeIds(): readonly number[] {
    return [...this.#byCafe.keys()]
  }

  get isNeeded(): boolean {
    return this.#byCafe.size > 0
  }

  listen(cafeId: number, listener: Listener): () => void {
    const own: Listener = (change) => listener(change) // the same function may listen twice
    const others = this.#byCafe.get(cafeId)
    if (others === undefined) this.#byCafe.set(cafeId, new Set([own]))
    else others.add(own)
    this.#isEnough ??= this.#whenNeeded()
    return () => this.#stop(cafeId, own)
  }

  /** A listener that fails is its own trouble: what it was told of is on the disk, and whoever wrote it must hear so. */
  tell(change: Change): void {
    for (const listener of this.#byCafe.get(change.cafeId) ?? []) {
      try {
        listener(change)
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error))
      }
    }
  }

  /** Everybody reads anew. */
  tellGap(): void {
    for (const cafeId of this.cafeIds) this.tell({ cafeId, isGap: true })
  }

  close(): void {
    this.#byCafe.clear()
    this.#isEnough?.()
    this.#isEnough = null
  }

  #stop(cafeId: number, own: Listener): void {
    const others = this.#byCafe.get(cafeId)
    others?.delete(own)
    if (others?.size === 0) this.#byCafe.delete(cafeId)
    if (!this.isNeeded) this.close()
  }
}
