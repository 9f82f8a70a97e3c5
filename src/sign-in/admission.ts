/** Who may try a password now. Asked before it is looked at, so what is refused never reaches the comparison. */
import { networkOf } from '../http/address.ts'
import { normaliseEmail } from '../rules/email.ts'
import type { Limiter, Taken } from './limiter.ts'
import type { Limiters } from './limits.ts'

export interface Attempt {
  readonly cafeId: number
  /** As typed: it counts whether or not somebody has it. */
  readonly email: string
  readonly address: string
  /** The id of a browser in which this very account was signed in before, as a signed cookie says; null for any other. */
  readonly knownBrowser: string | null
}

const PASSWORD_FAILURES_MAX = 100 // in a row: NIST SP 800-63B-4 3.2.2

/**
 * Takes a try from the account and from the address, each on its own. A browser that the account's owner has used before has tries of its
 * own and needs neither: strangers use up the others, and cannot lock it out.
 *
 * @throws StoreUnavailable: then nobody is let through
 */
export async function admitPassword(limiters: Limiters, attempt: Attempt): Promise<Taken> {
  for (const [limiter, whom] of bucketsOf(limiters, attempt)) {
    const taken = await limiter.consume(attempt.cafeId, whom)
    if (!taken.ok) return taken // an address without tries takes none from the account
  }
  return { ok: true }
}

/** The password was right: that was no try, and what this browser has tried is over. */
export async function forgivePassword(limiters: Limiters, attempt: Attempt): Promise<void> {
  for (const [limiter, whom] of bucketsOf(limiters, attempt)) {
    if (attempt.knownBrowser === null) await limiter.giveBack(attempt.cafeId, whom)
    else await limiter.clear(attempt.cafeId, whom)
  }
}

/**
 * Whether so many wrong passwords came in a row that none counts any more until it is set anew. Those of known browsers have a limit of
 * their own (`knownBrowserInAll`), or strangers could lock them out by a hundred wrong ones.
 */
export function isPasswordOff(failures: number, { knownBrowser }: Pick<Attempt, 'knownBrowser'>): boolean {
  return failures >= PASSWORD_FAILURES_MAX && knownBrowser === null
}

function bucketsOf(
  limiters: Limiters,
  { email, address, knownBrowser }: Attempt,
): (readonly [Limiter, string])[] {
  const account = normaliseEmail(email)
  if (knownBrowser === null) {
    return [
      [limiters.signInByAddress, networkOf(address)],
      [limiters.signInByAccount, account],
    ]
  }
  const browser = JSON.stringify([account, knownBrowser])
  return [
    [limiters.signInByKnownBrowser, browser],
    [limiters.knownBrowserInAll, browser],
  ]
}
