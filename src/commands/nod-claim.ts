/** Staff's nod to a customer at the kiosk: with it, the browser that claims the kiosk's link, or has claimed it, is proven. */
import { type ClaimRefusal, proverOf, refusalOfNod } from '../rules/claim.ts'
import type { Actor } from '../rules/entry.ts'
import type { Tx } from '../store/store.ts'

/** Nods once; again it changes nothing. */
export async function nodClaim(
  tx: Tx,
  actor: Extract<Actor, { kind: 'staff' }>,
  input: { readonly linkId: string; readonly atMs: number },
): Promise<{ ok: true; cardId: string; browserId: string | null } | { ok: false; reason: ClaimRefusal }> {
  const { cafeId, person } = actor
  const seen = await tx.claimLinks.find(cafeId, input.linkId)
  if (seen === null) return { ok: false, reason: 'claim-unknown' }
  await tx.cards.lock(cafeId, seen.cardId)
  const link = await tx.claimLinks.find(cafeId, input.linkId) // as it is now that nobody else is at the card
  const refusal = refusalOfNod(link, input.atMs)
  if (link === null || refusal !== null) return { ok: false, reason: refusal ?? 'claim-unknown' }

  const { cardId, claimedBrowserId } = link
  if (link.noddedAtMs !== null) return { ok: true, cardId, browserId: claimedBrowserId }
  const claimed = claimedBrowserId === null ? null : await tx.browsers.find(cafeId, claimedBrowserId)
  await tx.claimLinks.nod(cafeId, link.id, person.id, input.atMs)
  const prover = proverOf({ ...link, noddedBy: person.id })
  if (claimed !== null && claimed.cardId === cardId && prover !== null)
    await tx.browsers.prove(cafeId, claimed.id, prover, input.atMs)
  await tx.tell(cafeId, 'claims')
  return { ok: true, cardId, browserId: claimedBrowserId }
}
