/** Stamping: by a browser that is known, or by a number that binds one. */
import { addStamps, type Browser, type Card } from '../rules/card.ts'
import type { Actor } from '../rules/entry.ts'
import { canStamp } from '../rules/mode.ts'
import type { Phone } from '../rules/phone.ts'
import { currentVersion, type Programme } from '../rules/programme.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Tx } from '../store/store.ts'
import type { Outcome } from './answer-once.ts'

export interface StampInput {
  readonly cafe: Cafe
  readonly programme: Programme
  /** The browser that asks, or null while it is not known. */
  readonly browserId: string | null
  /** The number it typed, or null when it typed none. */
  readonly phone: Phone | null
  readonly stamps: number
  readonly atMs: number
  /** Ids for what may come to be (UUIDv7). */
  readonly newIds: { readonly entry: string; readonly card: string; readonly browser: string }
}

/**
 * Adds stamps to a card, or says why not. A known browser stamps its own card; with another number than its own it is forgotten first, as by
 * "not me"; a browser not known is bound to the number's card, unproven.
 */
export async function stampCard(
  tx: Tx,
  actor: Actor,
  input: StampInput,
): Promise<Outcome<'counter-only' | 'phone-missing'>> {
  if (!canStamp(input.cafe.mode, actor)) return { ok: false, reason: 'counter-only' }
  const known = input.browserId && (await tx.browsers.find(actor.cafeId, input.browserId))
  const card = await cardFor(tx, known || null, input)
  if (card === null) return { ok: false, reason: 'phone-missing' }

  const browser = await browserFor(tx, known || null, card, input)
  const step = addStamps(card, browser, { ...input, actor, entryId: input.newIds.entry })
  await tx.entries.append(step)
  return { ok: true, answer: { browserId: browser.id, stamps: input.stamps, atMs: input.atMs } }
}

async function cardFor(tx: Tx, known: Browser | null, input: StampInput): Promise<Card | null> {
  const cafeId = input.cafe.id
  if (input.phone === null) return known && tx.cards.lock(cafeId, known.cardId)
  const opening = {
    id: input.newIds.card,
    promisedVersion: currentVersion(input.programme).version,
    atMs: input.atMs,
  }
  return tx.cards.lockOrOpen(cafeId, input.phone, opening)
}

async function browserFor(tx: Tx, known: Browser | null, card: Card, input: StampInput): Promise<Browser> {
  if (known?.cardId === card.id) return known
  if (known !== null) await tx.browsers.forget(card.cafeId, known.id)
  return tx.browsers.bind(
    card.cafeId,
    input.newIds.browser,
    card.id,
    currentVersion(input.programme).version,
    input.atMs,
  )
}
