/** Claim links: what makes a customer's browser proven. Staff's do so at once; the kiosk's once staff have nodded. */
import { createHash } from 'node:crypto'
import type { Browser, Card } from './card.ts'

export interface ClaimLink {
  readonly cafeId: number
  /** A hash of the link's token: the token itself is in no database. */
  readonly id: string
  readonly cardId: string
  /** Of a kiosk's: the browser, bound with the stamp, that goes to whoever claims; of staff's null. */
  readonly madeForBrowserId: string | null
  /** Who made it. */
  readonly personId: string | null
  readonly deviceId: string | null
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly claimedAtMs: number | null
  readonly claimedBrowserId: string | null
  readonly noddedAtMs: number | null
  /** Who of the staff nodded. */
  readonly noddedBy: string | null
}

export type ClaimRefusal = 'claim-unknown' | 'claim-expired' | 'claim-used'

export const CLAIM_TOKEN_BYTES = 16 // 128 bits (safety.md F7): nobody guesses one within its life
export const CLAIM_LIVE_MS = 5 * 60_000 // to get the phone out; a photo of the screen is soon worth nothing
export const CLAIM_KEPT_MS = 24 * 60 * 60_000 // afterwards there is no such link, instead of one that is too old
const NOD_MS = 5 * 60_000 // after the claim: the queue may be longer than the customer's patience

const TOKEN_SHAPE = /^[A-Za-z0-9_-]{22}$/

/** A token's text from its bytes. */
export function claimTokenOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

/** The token that a kiosk's form stands for: sent again, it is shown the same link. The form's key is as random, and as secret. */
export function kioskClaimToken(formKey: string): string {
  return claimTokenOf(sha256(`kiosk claim ${formKey}`).subarray(0, CLAIM_TOKEN_BYTES))
}

/** The id under which a token's link is kept, or null when the text is no token. */
export function claimLinkId(token: string): string | null {
  return TOKEN_SHAPE.test(token) ? sha256(token).toString('base64url') : null
}

/** Why a link cannot be claimed, or null when it can. Who has claimed it already hears so, not that it is too old. */
export function refusalOfClaim(link: ClaimLink | null, atMs: number): ClaimRefusal | null {
  if (link === null || atMs >= link.createdAtMs + CLAIM_KEPT_MS) return 'claim-unknown'
  if (link.claimedAtMs !== null) return 'claim-used'
  return atMs >= link.expiresAtMs ? 'claim-expired' : null
}

/** Why staff cannot nod to a link, or null when they can: a kiosk's, while it lives or a little after it was claimed. */
export function refusalOfNod(link: ClaimLink | null, atMs: number): ClaimRefusal | null {
  if (link === null || link.madeForBrowserId === null) return 'claim-unknown'
  const untilMs = link.claimedAtMs === null ? link.expiresAtMs : link.claimedAtMs + NOD_MS
  return atMs >= Math.max(untilMs, link.expiresAtMs) ? 'claim-expired' : null
}

/** Whose word makes the claiming browser proven, as the claim names it; null while nobody has given it. */
export function proverOf(link: ClaimLink): string | null {
  const personId = link.madeForBrowserId === null ? link.personId : link.noddedBy
  return personId && `staff:${personId}`
}

/** The customer's known browser with what the kiosk's has earned for it. */
export function withOwnOf(known: Browser, made: Browser, card: Card): Browser {
  const promisedVersion =
    known.own === 0 ? made.promisedVersion : Math.min(known.promisedVersion, made.promisedVersion)
  return { ...known, own: Math.min(card.balance, known.own + made.own), promisedVersion }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
