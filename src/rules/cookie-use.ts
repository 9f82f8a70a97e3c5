/**
 * A card cookie is rolled from day to day as it is used. One older than the newest that was used before is a copy, or what was copied: which of
 * the two, nobody can tell (safety.md F9).
 */

/** What is remembered of the cookies of one browser. */
export interface CookieUse {
  /** When the browser was bound: its first cookie is of that day. */
  readonly createdAtMs: number
  /** The day of the newest cookie that was used, or null before the first roll. */
  readonly dayMs: number | null
  /** Since when that one is in use. Without a day: when a copy was noticed. */
  readonly seenAtMs: number | null
}

/** `newer`: to be remembered; `copy`: an older one came after a newer one. */
export type CookieVerdict = 'usual' | 'newer' | 'copy'

const DAY_MS = 24 * 60 * 60 * 1000
const GRACE_MS = 60_000 // other tabs, and requests that were on their way when the answer with the newer one came

/** The day (UTC) that a cookie is of, by its first millisecond. */
export function cookieDayOf(issuedAtMs: number): number {
  return issuedAtMs - (issuedAtMs % DAY_MS)
}

/** Whether a copy was noticed, and the customer has neither claimed the card again nor said that all is well. */
export function isCopyNoticed({ dayMs, seenAtMs }: CookieUse): boolean {
  return dayMs === null && seenAtMs !== null
}

export function judgeCookie(use: CookieUse, cookie: { issuedAtMs: number; nowMs: number }): CookieVerdict {
  if (isCopyNoticed(use)) return 'usual'
  const day = cookieDayOf(cookie.issuedAtMs)
  const newest = use.dayMs ?? cookieDayOf(use.createdAtMs)
  if (day > newest) return 'newer'
  const isLate = cookie.nowMs - (use.seenAtMs ?? use.createdAtMs) > GRACE_MS
  return day < newest && isLate ? 'copy' : 'usual'
}
