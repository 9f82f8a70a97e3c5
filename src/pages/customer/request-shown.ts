/** What became of a browser's asking for a stamp, as its page says it. */
import { ASKED_WITHIN_MS, stateOf } from '../../rules/request.ts'
import type { KnownBrowser, Visit } from '../visit.ts'
import type { RequestShown } from './card-page.ts'

/** Its newest request; null once it is allowed, as the stamp says so itself, and where nobody asks. */
export async function findRequest(
  { cafe, context, nowMs }: Visit,
  { browser }: KnownBrowser,
): Promise<RequestShown | null> {
  if (cafe.mode !== 'approve') return null
  const since = nowMs - ASKED_WITHIN_MS
  const [newest] = await context.store.requests.ofBrowser(cafe.id, browser.id, since, 1)
  if (newest === undefined) return null
  const state = stateOf(newest, nowMs)
  if (state === 'allowed') return null
  return { state: state === 'open' ? 'waiting' : state, untilMs: newest.expiresAtMs }
}
