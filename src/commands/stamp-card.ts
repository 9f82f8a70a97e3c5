/** Stamping: by a browser that is known, by a number that binds one, at the kiosk, or by staff. */
import { addStamps, type Browser, type Card } from '../rules/card.ts'
import type { Actor } from '../rules/entry.ts'
import {
  hitAtOnce,
  hitByVisits,
  isOwnHit,
  type LimitHit,
  type LimitReason,
  limitsOf,
  mayLift,
  UNTOLD,
} from '../rules/limits.ts'
import { canStamp, needsCode } from '../rules/mode.ts'
import type { Phone } from '../rules/phone.ts'
import type { Programme } from '../rules/programme.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Tx } from '../store/store.ts'
import type { Outcome } from './answer-once.ts'
import { browserOn, cardMeant } from './known-by-number.ts'
import { keepKioskLink } from './make-claim-link.ts'

export interface StampInput {
  readonly cafe: Cafe
  readonly programme: Programme
  /** The browser that asks, or null while it is not known. */
  readonly browserId: string | null
  /** The number that was typed, or null when none was. */
  readonly phone: Phone | null
  /** Staff only: the card that they found. */
  readonly cardId?: string | null
  /** Staff only: the browser whose request they allow; the stamps are its own. */
  readonly forBrowserId?: string | null
  /** The step of the counter code that was brought and found right (rules/counter-code.ts). */
  readonly codeStep?: number | null
  /** Staff only: whatever limit stands in the way is lifted, with their name. */
  readonly isOverLimit?: boolean
  /** Kiosk only: the link that it shows afterwards, by the hash of its token (rules/claim.ts). */
  readonly claimLinkId?: string | null
  readonly stamps: number
  readonly atMs: number
  /** Ids for what may come to be (UUIDv7). */
  readonly newIds: { readonly entry: string; readonly card: string; readonly browser: string }
}

export type StampRefusal =
  | 'counter-only'
  | 'phone-missing'
  | 'no-such-card'
  | 'code-missing'
  | 'code-used'
  | LimitReason

/**
 * Adds stamps to a card, or says why not. A known browser stamps its own card; with another number than its own it is forgotten first, as by
 * "not me"; a browser not known is bound to the number's card, unproven. What is refused has changed nothing.
 */
export async function stampCard(tx: Tx, actor: Actor, input: StampInput): Promise<Outcome<StampRefusal>> {
  const early = refusalOfInput(actor, input)
  if (early !== null) return { ok: false, reason: early }
  const meant = await whoIsMeant(tx, actor, input)
  if ('reason' in meant) return { ok: false, reason: meant.reason }

  const { cafe, atMs, stamps, newIds } = input
  const codeStep = needsCode(cafe.mode, actor) ? (input.codeStep ?? null) : null
  if (codeStep !== null && codeStep <= (meant.card.lastCodeStep ?? -1))
    return { ok: false, reason: 'code-used' }
  const hit = hitByVisits(cafe, meant.card, atMs) ?? hitAtOnce(cafe, stamps)
  if (hit !== null && !lifts(actor, input))
    return { ok: false, ...(await toldTo(tx, actor, hit, meant, cafe)) }

  const browser = await earnerOf(tx, actor, meant, input)
  const days = { timeZone: cafe.timeZone, hasLimits: limitsOf(cafe) !== null }
  const how = { ...days, actor, entryId: newIds.entry, codeStep, overLimit: hit?.reason ?? null }
  const step = addStamps(meant.card, browser, { ...input, ...how })
  await tx.entries.append(step)
  if (actor.kind === 'kiosk' && browser !== null && input.claimLinkId != null)
    await keepKioskLink(tx, actor, { linkId: input.claimLinkId, atMs }, browser)
  const browserId = actor.kind === 'browser' ? (browser?.id ?? null) : null // no device ever holds a card cookie
  return { ok: true, answer: { browserId, entryId: step.entry.id, stamps, atMs } }
}

/** What can be said before any card is looked at or opened. */
function refusalOfInput(actor: Actor, { cafe, ...input }: StampInput): StampRefusal | null {
  if (!canStamp(cafe.mode, actor)) return 'counter-only'
  if (needsCode(cafe.mode, actor) && input.codeStep == null) return 'code-missing'
  const hit = hitAtOnce(cafe, input.stamps)
  const mayPass = lifts(actor, input) && mayLift(cafe, input.stamps)
  return hit !== null && !mayPass ? hit.reason : null
}

function lifts(actor: Actor, { isOverLimit }: Pick<StampInput, 'isOverLimit'>): boolean {
  return actor.kind === 'staff' && isOverLimit === true
}

interface Meant {
  readonly card: Card
  /** The browser that asks, or for which staff stamp; it may be on another card still. */
  readonly asking: Browser | null
}

/** Only staff go by a card's id, or stamp for another's browser. */
async function whoIsMeant(
  tx: Tx,
  actor: Actor,
  input: StampInput,
): Promise<Meant | { readonly reason: 'phone-missing' | 'no-such-card' }> {
  const isStaff = actor.kind === 'staff'
  const cardId = isStaff ? (input.cardId ?? null) : null
  const forBrowserId = isStaff ? (input.forBrowserId ?? null) : null
  const browserId = actor.kind === 'browser' ? input.browserId : forBrowserId
  const asking = browserId === null ? null : await tx.browsers.find(actor.cafeId, browserId)
  if (forBrowserId !== null && asking === null) return { reason: 'no-such-card' }
  const card =
    cardId === null ? await cardMeant(tx, asking, input) : await tx.cards.lock(actor.cafeId, cardId)
  return card === null ? { reason: cardId === null ? 'phone-missing' : 'no-such-card' } : { card, asking }
}

const LINES_LOOKED_AT = 40 // a day's visits with a good deal of undoing

/** An unproven browser is told only of what it did itself: else it asks at the counter. */
async function toldTo(
  tx: Tx,
  actor: Actor,
  hit: LimitHit,
  { card, asking }: Meant,
  { timeZone }: Cafe,
): Promise<LimitHit> {
  if (actor.kind !== 'browser' || hit.reason === 'too-many-at-once') return hit
  if (asking === null || asking.cardId !== card.id || card.lastEntryId === null) return UNTOLD
  if (asking.isProven) return hit
  const lines = await tx.entries.historyOfCard(card.cafeId, card.lastEntryId, LINES_LOOKED_AT)
  return isOwnHit(hit, { card, lines, browserId: asking.id }, timeZone) ? hit : UNTOLD
}

/** Whose own the stamps are: at the kiosk a browser's that is yet to come, by its link. */
async function earnerOf(
  tx: Tx,
  actor: Actor,
  { card, asking }: Meant,
  input: StampInput,
): Promise<Browser | null> {
  const isKioskOf = actor.kind === 'kiosk' && input.claimLinkId != null
  if (actor.kind === 'browser' || isKioskOf) return browserOn(tx, card, asking, input)
  return asking?.cardId === card.id ? asking : null
}
