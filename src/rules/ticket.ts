/** The ticket: what a redeeming customer shows the barista. It is its redeem entry, looked at by the server's clock. */
import type { Entry } from './entry.ts'

export interface Ticket {
  readonly state: 'live' | 'used'
  readonly rewardId: string | null
  readonly atMs: number
  readonly expiresAtMs: number
}

const TICKET_LIVE_MS = 2 * 60 * 1000 // long enough to reach the counter, too short to lend
const TICKET_SHOWN_MS = 24 * 60 * 60 * 1000 // afterwards it is a line in the history like any other

/** @returns null once a day has passed */
export function ticketOf(redeem: Entry, nowMs: number): Ticket | null {
  if (nowMs - redeem.atMs >= TICKET_SHOWN_MS) return null
  const expiresAtMs = redeem.atMs + TICKET_LIVE_MS
  return {
    state: nowMs < expiresAtMs ? 'live' : 'used',
    rewardId: redeem.rewardId,
    atMs: redeem.atMs,
    expiresAtMs,
  }
}
