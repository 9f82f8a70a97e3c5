/** Who waits for staff: customers who ask for a stamp, and customers who want their card on their phone. */
import { refusalOfNod } from '../../rules/claim.ts'
import type { Visit } from '../visit.ts'
import { maskedNumberOf } from './masked-number.ts'

export interface RequestShown {
  readonly id: string
  readonly number: string
  readonly expiresAtMs: number
}

export interface ClaimShown {
  readonly id: string
  readonly number: string
  readonly claimedAtMs: number
}

export interface Waiting {
  /** Null where customers do not ask. */
  readonly requests: readonly RequestShown[] | null
  readonly claims: readonly ClaimShown[]
}

const CLAIMS_LOOKED_AT_MS = 10 * 60_000 // a link lives five minutes, and is nodded to within five after it was claimed
const CLAIMS_MOST = 50 // every stamp at a kiosk makes a link; few are opened

export async function whoWaits(visit: Visit): Promise<Waiting> {
  const [requests, claims] = await Promise.all([openRequests(visit), claimsToNod(visit)])
  return { requests: visit.cafe.mode === 'approve' || requests.length > 0 ? requests : null, claims }
}

async function openRequests(visit: Visit): Promise<readonly RequestShown[]> {
  const open = await visit.context.store.requests.open(visit.cafe.id, visit.nowMs)
  return Promise.all(
    open.map(async ({ id, cardId, expiresAtMs }) => ({
      id,
      expiresAtMs,
      number: await maskedNumberOf(visit, cardId),
    })),
  )
}

/** Links of kiosks that somebody has opened; at a tablet those of its own branch. */
async function claimsToNod(visit: Visit): Promise<readonly ClaimShown[]> {
  const { context, cafe, who, nowMs } = visit
  const links = await context.store.claimLinks.waitingForNod(
    cafe.id,
    nowMs - CLAIMS_LOOKED_AT_MS,
    CLAIMS_MOST,
  )
  const claimed = links.filter((link) => link.claimedAtMs !== null && refusalOfNod(link, nowMs) === null)
  const devices = claimed.length === 0 ? [] : await context.store.devices.list(cafe.id)
  const here = claimed.filter(
    ({ deviceId }) =>
      who.device === null || devices.find(({ id }) => id === deviceId)?.branchId === who.device.branchId,
  )
  return Promise.all(
    here.map(async ({ id, cardId, claimedAtMs }) => ({
      id,
      number: await maskedNumberOf(visit, cardId),
      claimedAtMs: claimedAtMs ?? nowMs,
    })),
  )
}
