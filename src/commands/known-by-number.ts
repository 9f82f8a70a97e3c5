/** Which card a customer means, and as which browser they go on: known by its cookie, or by a number that binds a new one. */
import type { Browser, Card } from '../rules/card.ts'
import type { Phone } from '../rules/phone.ts'
import { currentVersion, type Programme } from '../rules/programme.ts'
import type { Tx } from '../store/store.ts'

export interface Coming {
  readonly cafe: { readonly id: number }
  readonly programme: Programme
  /** The number that was typed, or null when none was. */
  readonly phone: Phone | null
  readonly atMs: number
  readonly newIds: { readonly card: string; readonly browser: string }
}

/** The number's card, opened if there is none; without a number the known browser's. */
export async function cardMeant(
  tx: Tx,
  known: Browser | null,
  { cafe, programme, phone, atMs, newIds }: Omit<Coming, 'newIds'> & { newIds: { readonly card: string } },
): Promise<Card | null> {
  if (phone === null) return known && tx.cards.lock(cafe.id, known.cardId)
  const opening = { id: newIds.card, promisedVersion: currentVersion(programme).version, atMs }
  return tx.cards.lockOrOpen(cafe.id, phone, opening)
}

/** The known browser on its own card; another is forgotten first, as by "not me", and a new one bound, unproven. */
export async function browserOn(
  tx: Tx,
  card: Card,
  known: Browser | null,
  { programme, atMs, newIds }: Coming,
): Promise<Browser> {
  if (known?.cardId === card.id) return known
  if (known !== null) await tx.browsers.forget(card.cafeId, known.id)
  return tx.browsers.bind(card.cafeId, newIds.browser, card.id, currentVersion(programme).version, atMs)
}
