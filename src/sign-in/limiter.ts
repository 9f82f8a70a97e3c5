/** Counts tries in the café's database: the same for all processes, still there after a restart, closed when it cannot be asked. */
import { RateLimiterRes } from 'rate-limiter-flexible'
import StoreLimiter from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js'
import type { Clock } from '../clock.ts'
import type { Counted } from '../store/limits.ts'
import type { Store } from '../store/store.ts'

export interface Limit {
  readonly points: number
  /** From the first try on; then they all count no more. */
  readonly durationSeconds: number
}

export type Taken = { readonly ok: true } | { readonly ok: false; readonly againAtMs: number }

/** @param whom anything that tells apart who is counted; only a keyed digest of it is kept */
export interface Limiter {
  /** Takes one try. @throws StoreUnavailable: then nobody is let through */
  consume(cafeId: number, whom: string): Promise<Taken>
  /** Whether there is a try left, and takes none. */
  peek(cafeId: number, whom: string): Promise<Taken>
  /** One try was none after all. */
  giveBack(cafeId: number, whom: string): Promise<void>
  clear(cafeId: number, whom: string): Promise<void>
}

export function createLimiter(store: Store, clock: Clock, limit: Limit & { readonly name: string }): Limiter {
  const counter = new CafeLimiter(store, clock, limit)
  const refusal = ({ msBeforeNext }: RateLimiterRes): Taken => ({
    ok: false,
    againAtMs: clock() + msBeforeNext,
  })
  const peek = async (cafeId: number, whom: string): Promise<Taken> => {
    const counted = await counter.get(whom, { cafeId })
    return counted !== null && counted.remainingPoints <= 0 ? refusal(counted) : { ok: true }
  }
  return {
    peek,
    async consume(cafeId, whom) {
      const seen = await peek(cafeId, whom) // whoever is refused anyway costs no write: a flood leaves the disk to the stamps
      if (!seen.ok) return seen
      try {
        await counter.consume(whom, 1, { cafeId })
        return { ok: true }
      } catch (reason) {
        if (reason instanceof RateLimiterRes) return refusal(reason)
        throw reason
      }
    },
    async giveBack(cafeId, whom) {
      await store.transaction(cafeId, (tx) => tx.limits.giveBack(cafeId, { name: limit.name, whom }, 1))
    },
    async clear(cafeId, whom) {
      await counter.delete(whom, { cafeId })
    },
  }
}

interface InCafe {
  readonly cafeId: number
}

/** The library's arithmetic over our own table and clock. The underscored names are what it asks of a store. */
class CafeLimiter extends StoreLimiter<Counted, InCafe> {
  readonly #store: Store
  readonly #clock: Clock

  constructor(
    store: Store,
    clock: Clock,
    { name, points, durationSeconds }: Limit & { readonly name: string },
  ) {
    super({ keyPrefix: name, points, duration: durationSeconds })
    this.#store = store
    this.#clock = clock
  }

  /** @throws TypeError for what the library would do to block a key: nobody here is blocked beyond their own tries */
  protected override _upsert(
    key: string,
    points: number,
    durationMs: number,
    forceExpire: boolean,
    { cafeId }: InCafe,
  ) {
    if (forceExpire || points < 0) throw new TypeError('only tries are counted')
    const nowMs = this.#clock()
    const more = { points, expiresAtMs: nowMs + durationMs }
    return this.#store.transaction(cafeId, (tx) => tx.limits.add(cafeId, this.#keyOf(key), more, nowMs))
  }

  protected override _get(key: string, { cafeId }: InCafe) {
    return this.#store.limits.find(cafeId, this.#keyOf(key), this.#clock())
  }

  protected override _delete(key: string, { cafeId }: InCafe) {
    return this.#store.transaction(cafeId, (tx) => tx.limits.clear(cafeId, this.#keyOf(key)))
  }

  protected override _getRateLimiterRes(_key: string, changedPoints: number, counted: Counted) {
    const left = Math.max(this.points - counted.points, 0)
    const msLeft = Math.max(counted.expiresAtMs - this.#clock(), 0)
    return new RateLimiterRes(left, msLeft, counted.points, counted.points === changedPoints)
  }

  #keyOf(key: string) {
    return { name: this.keyPrefix, whom: this.parseKey(key) }
  }
}
