/** Lets few at a time do what costs much memory and time, so that a flood of passwords leaves the stamps their turn. */
import { StoreUnavailable } from '../store/store.ts'

/** Too many wait already: nothing was done, and trying again later may work, so doors answer it like a store that is busy. */
export class Busy extends StoreUnavailable {
  override readonly name = 'Busy'
}

export type Gate = <T>(work: () => Promise<T>) => Promise<T>

export function createGate({ atOnce, waiting }: { atOnce: number; waiting: number }): Gate {
  const queue: (() => void)[] = []
  let inside = 0
  return async (work) => {
    if (inside < atOnce) inside += 1
    else if (queue.length >= waiting) throw new Busy('too many passwords at once')
    else await new Promise<void>((enter) => queue.push(enter)) // whoever leaves gives up their place
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) inside -= 1
      else next()
    }
  }
}
