/** A link that makes a customer's browser proven: from staff's screen, or beside the kiosk's stamp for staff to nod to. */
import type { Browser } from '../rules/card.ts'
import { CLAIM_LIVE_MS, type ClaimLink } from '../rules/claim.ts'
import type { Actor } from '../rules/entry.ts'
import type { Tx } from '../store/store.ts'

type Staff = Extract<Actor, { kind: 'staff' }>
type Kiosk = Extract<Actor, { kind: 'kiosk' }>

/** A link for a card that staff found. Showing the page again makes another one: each is claimed once. */
export async function makeClaimLink(
  tx: Tx,
  actor: Staff,
  input: { readonly cardId: string; readonly linkId: string; readonly atMs: number },
): Promise<{ ok: true; link: ClaimLink } | { ok: false; reason: 'no-such-card' }> {
  if ((await tx.cards.lock(actor.cafeId, input.cardId)) === null) return { ok: false, reason: 'no-such-card' }
  const link = {
    ...newLink(actor.cafeId, input.linkId, input.cardId, input.atMs),
    personId: actor.person.id,
    deviceId: actor.device?.id ?? null,
  }
  await tx.claimLinks.add(link)
  return { ok: true, link }
}

/** The link of a kiosk's stamp: whoever claims it goes on as the browser that was bound with the stamp. */
export async function keepKioskLink(
  tx: Tx,
  actor: Kiosk,
  input: { readonly linkId: string; readonly atMs: number },
  made: Browser,
): Promise<void> {
  const link = newLink(actor.cafeId, input.linkId, made.cardId, input.atMs)
  await tx.claimLinks.add({ ...link, madeForBrowserId: made.id, deviceId: actor.device.id })
  await tx.tell(actor.cafeId, 'claims')
}

function newLink(cafeId: number, id: string, cardId: string, createdAtMs: number): ClaimLink {
  return {
    cafeId,
    id,
    cardId,
    madeForBrowserId: null,
    personId: null,
    deviceId: null,
    createdAtMs,
    expiresAtMs: createdAtMs + CLAIM_LIVE_MS,
    claimedAtMs: null,
    claimedBrowserId: null,
    noddedAtMs: null,
    noddedBy: null,
  }
}
