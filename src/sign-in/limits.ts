/** How often what may be tried, all in one table. */
import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import { createLimiter, type Limit, type Limiter } from './limiter.ts'

const MINUTE = 60
const MONTH = 30 * 24 * 60 * MINUTE

const LIMITS = {
  // Two apart, never one of the pair: many addresses at one account meet the first, one address at many accounts the second (S31).
  signInByAccount: { points: 10, durationSeconds: 15 * MINUTE }, // 960 guesses a day at a password of 15 characters
  signInByAddress: { points: 10, durationSeconds: 15 * MINUTE }, // an honest café signs in a few times a day
  signInByKnownBrowser: { points: 10, durationSeconds: 15 * MINUTE }, // instead of both: strangers cannot use up what is its own
  knownBrowserInAll: { points: 100, durationSeconds: MONTH }, // and were it stolen: NIST SP 800-63B-4 3.2.2, a hundred wrong in a row
  secondFactor: { points: 5, durationSeconds: 15 * MINUTE }, // three of a million codes are right at a time
  secondFactorInAll: { points: 100, durationSeconds: MONTH }, // as above; 3 in 10,000 for who has the password already
  reauthentication: { points: 10, durationSeconds: 15 * MINUTE }, // of a person who is signed in
  pairingByAddress: { points: 10, durationSeconds: 10 * MINUTE }, // people mistype six digits now and then
  pairingByCafe: { points: 20, durationSeconds: 10 * MINUTE }, // as long as a code counts: 20 in a million, from wherever
  staffSearch: { points: 30, durationSeconds: MINUTE }, // of a person or a device: a queue is slower, reading all cards is not
  codeByBrowser: { points: 5, durationSeconds: 10 * MINUTE }, // product.md
  codeByCafe: { points: 20, durationSeconds: MINUTE }, // 20 · 1440 · 2 of a million: 0.06 forged stamps a day (safety.md F1)
  claimByAddress: { points: 30, durationSeconds: 10 * MINUTE }, // links of 128 bits are not guessed; customers share the shop's address
  setupByAddress: { points: 10, durationSeconds: 15 * MINUTE }, // nor are those; each costs a look-up
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS
export type Limiters = Readonly<Record<LimitName, Limiter>>

export function createLimiters(store: Store, clock: Clock): Limiters {
  const made = Object.entries(LIMITS).map(([name, limit]) => [
    name,
    createLimiter(store, clock, { name, ...limit }),
  ])
  return Object.fromEntries(made) as Limiters
}
