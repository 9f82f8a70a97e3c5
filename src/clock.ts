/** Time and chance as the app takes them, so that tests and simulations can give their own. */
import { randomUUIDv7 } from 'node:crypto'
import { stockedRandom } from './http/masked-token.ts'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Clock = () => number

export interface Random {
  /** A new time-ordered id: a UUIDv7 (RFC 9562 5.7) in its usual 36 characters. */
  readonly uuid: () => string
  /** `size` bytes nobody can guess. */
  readonly bytes: (size: number) => Uint8Array
}

export const systemClock: Clock = () => Date.now()

export const systemRandom: Random = { uuid: randomUUIDv7, bytes: stockedRandom }
