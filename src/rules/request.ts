/** Requests, where a café approves each stamp: a customer asks, and staff allow or refuse while it lives. */

export type Decision = 'allow' | 'refuse'

export interface StampRequest {
  readonly cafeId: number
  readonly id: string
  readonly cardId: string
  readonly browserId: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly decision: Decision | null
  readonly decidedAtMs: number | null
  readonly personId: string | null
  readonly deviceId: string | null
  /** The stamp that it became, or null. */
  readonly entryId: string | null
}

export const REQUEST_LIVE_MS = 2 * 60_000 // as long as somebody stands at the counter and waits
export const REQUEST_KEPT_MS = 24 * 60 * 60_000 // its browser has long been told by then
export const ASKED_WITHIN_MS = 10 * 60_000 // a visit: whoever asks again tomorrow starts afresh
export const ASKED_MOST = 3 // a browser within that time (safety.md F16)
export const OPEN_MOST = 20 // a café: more nobody can look at

export type RequestState = 'open' | 'allowed' | 'refused' | 'expired'

export function stateOf({ decision, expiresAtMs }: StampRequest, nowMs: number): RequestState {
  if (decision !== null) return decision === 'allow' ? 'allowed' : 'refused'
  return nowMs < expiresAtMs ? 'open' : 'expired'
}

/**
 * What becomes of one more request of a browser: its open one stands for it, or it has asked too often, or it may ask.
 *
 * @param asked its requests of the last ten minutes
 */
export function judgeAsking(
  asked: readonly StampRequest[],
  nowMs: number,
): { kind: 'ask' } | { kind: 'stands'; request: StampRequest } | { kind: 'too-many' } {
  const open = asked.find((request) => stateOf(request, nowMs) === 'open')
  if (open !== undefined) return { kind: 'stands', request: open }
  return { kind: asked.length >= ASKED_MOST ? 'too-many' : 'ask' }
}

/** Why staff cannot decide a request, or null when they can. */
export function refusalOfDecision(
  request: StampRequest,
  nowMs: number,
): 'already-decided' | 'request-expired' | null {
  const state = stateOf(request, nowMs)
  if (state === 'open') return null
  return state === 'expired' ? 'request-expired' : 'already-decided'
}
