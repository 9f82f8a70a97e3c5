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
  const asking = await browserThatAsks(tx, actor, input)
  if (asking === null && input.forBrowserId != null) return { ok: false, reason: 'no-such-card' }
  const card =
    input.cardId == null
      ? await cardMeant(tx, asking, input)
      : await tx.cards.lock(actor.cafeId, input.cardId)
  if (card === null) return { ok: false, reason: input.cardId == null ? 'phone-missing' : 'no-such-card' }

  const needs = needsCode(input.cafe.mode, actor)
  const codeStep = needs ? (input.codeStep ?? null) : null
  if (codeStep !== null && codeStep <= (card.lastCodeStep ?? -1)) return { ok: false, reason: 'code-used' }
  const hit = hitByVisits(input.cafe, card, input.atMs) ?? hitAtOnce(input.cafe, input.stamps)
  const lifts = actor.kind === 'staff' && input.isOverLimit === true
  if (hit !== null && !lifts) return { ok: false, ...(await toldTo(tx, actor, hit, { input, card, asking })) }

  const browser = await earnerOf(tx, actor, card, { asking, input })
  const overLimit = hit?.reason ?? null
  const { cafe, newIds } = input
  const stamping = {
    ...input,
    actor,
    entryId: newIds.entry,
    timeZone: cafe.timeZone,
    hasLimits: limitsOf(cafe) !== null,
    codeStep,
    overLimit,
  }
  const step = addStamps(card, browser, stamping)
  await tx.entries.append(step)
  const { stamps, atMs, claimLinkId } = input
  if (actor.kind === 'kiosk' && browser !== null && claimLinkId != null)
    await keepKioskLink(tx, actor, { linkId: claimLinkId, atMs }, browser)
  const browserId = actor.kind === 'browser' ? (browser?.id ?? null) : null // no device ever holds a card cookie
  return { ok: true, answer: { browserId, entryId: step.entry.id, stamps, atMs } }
}

/** What can be said before any card is looked at or opened. */
function refusalOfInput(actor: Actor, { cafe, ...input }: StampInput): StampRefusal | null {
  if (!canStamp(cafe.mode, actor)) return 'counter-only'
  if (needsCode(cafe.mode, actor) && input.codeStep == null) return 'code-missing'
  const hit = hitAtOnce(cafe, input.stamps)
  const mayPass = actor.kind === 'staff' && input.isOverLimit === true && mayLift(cafe, input.stamps)
  return hit !== null && !mayPass ? hit.reason : null
}

async function browserThatAsks(tx: Tx, actor: Actor, input: StampInput): Promise<Browser | null> {
  const id = actor.kind === 'browser' ? input.browserId : (input.forBrowserId ?? null)
  return id === null ? null : tx.browsers.find(actor.cafeId, id)
}

const LINES_LOOKED_AT = 40 // a day's visits with a good deal of undoing

/** An unproven browser is told only of what it did itself: else it asks at the counter. */
async function toldTo(
  tx: Tx,
  actor: Actor,
  hit: LimitHit,
  { input, card, asking }: { input: StampInput; card: Card; asking: Browser | null },
): Promise<LimitHit> {
  if (actor.kind !== 'browser' || hit.reason === 'too-many-at-once') return hit
  if (asking === null || asking.cardId !== card.id || card.lastEntryId === null) return UNTOLD
  if (asking.isProven) return hit
  const lines = await tx.entries.historyOfCard(card.cafeId, card.lastEntryId, LINES_LOOKED_AT)
  return isOwnHit(hit, { card, lines, browserId: asking.id }, input.cafe.timeZone) ? hit : UNTOLD
}

/** Whose own the stamps are: at the kiosk a browser's that is yet to come, by its link. */
async function earnerOf(
  tx: Tx,
  actor: Actor,
  card: Card,
  { asking, input }: { asking: Browser | null; input: StampInput },
): Promise<Browser | null> {
  const isKioskOf = actor.kind === 'kiosk' && input.claimLinkId != null
  if (actor.kind === 'browser' || isKioskOf) return browserOn(tx, card, asking, input)
  return asking?.cardId === card.id ? asking : null
}
