/** The link that brings a card onto a customer's phone. Its address is made from what stands in the page's own, and is in no database and no URL of staff's. */
import { createHash, createHmac } from 'node:crypto'
import { routes } from '../../routes.ts'
import { CLAIM_TOKEN_BYTES, claimLinkId, claimTokenOf } from '../../rules/claim.ts'
import { ownOrigin } from '../door.ts'
import type { Visit } from '../visit.ts'

export type LinkShown =
  | { readonly state: 'open'; readonly href: string; readonly expiresAtMs: number }
  | { readonly state: 'claimed'; readonly atMs: number }
  | { readonly state: 'over' }

const NONCE = /^[\w-]{22}$/

/** What stands in the page's address: the same for the same form, so that a form sent twice shows one link. */
export function linkNonce(formKey: string): string {
  return claimTokenOf(
    createHash('sha256').update(`staff claim ${formKey}`).digest().subarray(0, CLAIM_TOKEN_BYTES),
  )
}

/** The secret of the link: nobody makes it without the café's key. */
export function linkToken({ context, cafe }: Visit, nonce: string): string {
  const mac = createHmac('sha256', context.keys.current).update(`dojang staff claim ${cafe.id} ${nonce}`)
  return claimTokenOf(mac.digest().subarray(0, CLAIM_TOKEN_BYTES))
}

/** @returns null where the page was not asked for a link of this card */
export async function linkShown(
  visit: Visit,
  cardId: string,
  nonce: string | null,
): Promise<LinkShown | null> {
  if (nonce === null || !NONCE.test(nonce)) return null
  const token = linkToken(visit, nonce)
  const link = await visit.context.store.claimLinks.find(visit.cafe.id, claimLinkId(token) ?? '')
  if (link === null || link.cardId !== cardId || link.personId === null) return null
  if (link.claimedAtMs !== null) return { state: 'claimed', atMs: link.claimedAtMs }
  if (visit.nowMs >= link.expiresAtMs) return { state: 'over' }
  const href = `${ownOrigin(visit)}${routes.claim.href({ cafe: visit.cafe.slug, token })}`
  return { state: 'open', href, expiresAtMs: link.expiresAtMs }
}
