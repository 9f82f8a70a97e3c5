/** Claiming: a customer's browser opens a link from the counter, and from then on the card is known to be theirs. */
import type { Browser, Card } from '../rules/card.ts'
import { type ClaimLink, type ClaimRefusal, proverOf, refusalOfClaim, withOwnOf } from '../rules/claim.ts'
import { currentVersion, type Programme } from '../rules/programme.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'

export interface ClaimInput {
  readonly cafeId: number
  readonly programme: Programme
  readonly linkId: string
  /** The browser that claims, or null while it is not known. */
  readonly browserId: string | null
  /** Two hold its cookie (rules/cookie-use.ts): whoever claims goes on as another, so that the copy is worth nothing. */
  readonly isCopied?: boolean
  /** For a browser that is not known yet. */
  readonly newBrowserId: string
  readonly atMs: number
}

/**
 * Staff's link proves at once. A kiosk's hands over the browser that owns just that stamp, proven once staff have nodded. A browser that is known on
 * this card stays who it is; on another card it is forgotten first, as by "not me".
 */
export async function claimCard(tx: Tx, input: ClaimInput): Promise<Outcome<ClaimRefusal>> {
  const { cafeId, atMs } = input
  const seen = await tx.claimLinks.find(cafeId, input.linkId)
  const card = seen && (await tx.cards.lock(cafeId, seen.cardId))
  if (card === null) return { ok: false, reason: 'claim-unknown' }
  const known = input.browserId === null ? null : await tx.browsers.find(cafeId, input.browserId)
  const link = await tx.claimLinks.find(cafeId, input.linkId) // as it is now that nobody else is at the card
  const refusal = refusalOfClaim(link, atMs)
  if (refusal === 'claim-used' && known !== null && link?.claimedBrowserId === known.id)
    return doneAt(link.claimedAtMs ?? atMs, known.id)
  if (link === null || refusal !== null) return { ok: false, reason: refusal ?? 'claim-unknown' }

  const browser = await browserThatClaims(tx, link, { card, known, input })
  if (browser === null) return { ok: false, reason: 'claim-expired' }
  await tx.claimLinks.claim(cafeId, link.id, browser.id, atMs)
  const prover = proverOf(link)
  if (prover !== null) await tx.browsers.prove(cafeId, browser.id, prover, atMs)
  await tx.tell(cafeId, 'claims')
  return doneAt(atMs, browser.id)
}

interface Claiming {
  readonly card: Card
  readonly known: Browser | null
  readonly input: ClaimInput
}

/** @returns null when the kiosk's browser is no longer there to be handed over */
async function browserThatClaims(
  tx: Tx,
  link: ClaimLink,
  { card, known, input }: Claiming,
): Promise<Browser | null> {
  const { cafeId } = input
  const made = link.madeForBrowserId === null ? null : await tx.browsers.find(cafeId, link.madeForBrowserId)
  if (link.madeForBrowserId !== null && made === null) return null
  if (known?.cardId === card.id && input.isCopied !== true)
    return made === null ? known : takeOver(tx, known, made, card)
  if (known !== null) await tx.browsers.forget(cafeId, known.id)
  if (made !== null) return made
  const promised = currentVersion(input.programme).version
  return tx.browsers.bind(cafeId, input.newBrowserId, card.id, promised, input.atMs)
}

/** What the kiosk's browser owns goes over to the one that the customer has. */
async function takeOver(tx: Tx, known: Browser, made: Browser, card: Card): Promise<Browser> {
  const browser = withOwnOf(known, made, card)
  await tx.browsers.keepOwn(browser)
  await tx.browsers.forget(card.cafeId, made.id)
  return browser
}
