/** Finding a card by what a customer says or shows: last four digits, whole number, six letters, or the QR that holds those. */
import type { Fields } from '../http/form.ts'
import { viewOf } from '../rules/card.ts'
import { lastFourOf, maskPhone, type Phone, parsePhone } from '../rules/phone.ts'
import type { FoundCard } from '../store/cards.ts'
import type { Visit } from './visit.ts'

export type Query =
  | { readonly kind: 'last-four'; readonly digits: string }
  | { readonly kind: 'phone'; readonly phone: Phone; readonly typed: string }
  | { readonly kind: 'code'; readonly code: string }

/** A card in a list: enough to know which, and nothing of the number but its end. */
export interface CardRow {
  readonly id: string
  readonly number: string
  readonly stamps: number
  readonly goal: number
  readonly rewards: number
  readonly lastStampAtMs: number | null
  /** Whether it is on a customer's phone, proven. */
  readonly isOnPhone: boolean
}

export interface Found {
  readonly rows: readonly CardRow[]
  readonly hasMore: boolean
  /** The whole number, as it was typed, where it has no card yet. */
  readonly newPhone: { readonly typed: string; readonly lastFour: string } | null
}

const ROWS_MOST = 10 // product.md: nobody reads all cards off this screen

const LAST_FOUR = /^\d{4}$/
const CODE = /^(?:DOJANG:)?([A-Z]{6})$/i

/** What was typed or scanned, or null when it is none of these. */
export function readQuery(text: string, country: string): Query | null {
  const typed = text.normalize('NFKC').trim()
  if (LAST_FOUR.test(typed)) return { kind: 'last-four', digits: typed }
  const code = CODE.exec(typed)?.[1]
  if (code !== undefined) return { kind: 'code', code: code.toUpperCase() }
  const phone = parsePhone(typed, country)
  return phone && { kind: 'phone', phone, typed }
}

export async function findCards(visit: Visit, query: Query): Promise<Found> {
  const { cards } = visit.context.store
  const { id: cafeId } = visit.cafe
  if (query.kind === 'phone') return findNumber(visit, query.phone, query.typed)
  const { cards: found, hasMore } =
    query.kind === 'last-four'
      ? await cards.findByLastFour(cafeId, query.digits, ROWS_MOST)
      : await cards.findByCode(cafeId, query.code, ROWS_MOST)
  return { rows: await Promise.all(found.map((card) => cardRow(visit, card))), hasMore, newPhone: null }
}

/** The number that a form of this page holds, where it has a card: then nothing of the form is shown again. */
export async function findTyped(visit: Visit, fields: Fields): Promise<Found | null> {
  const typed = fields.one('phone') ?? ''
  const phone = parsePhone(typed, visit.cafe.country)
  return phone && findNumber(visit, phone, typed)
}

async function findNumber(visit: Visit, phone: Phone, typed: string): Promise<Found> {
  const card = await visit.context.store.cards.findByPhone(visit.cafe.id, phone)
  if (card === null) return { rows: [], hasMore: false, newPhone: { typed, lastFour: lastFourOf(phone) } }
  return { rows: [await cardRow(visit, { ...card, phone })], hasMore: false, newPhone: null }
}

/** As far as anybody of the café may see it: of the number its end. */
export async function cardRow({ programme, cafe, context }: Visit, card: FoundCard): Promise<CardRow> {
  const { stamps, goal, ready } = viewOf(card, null, programme)
  const { id, phone, lastStampAtMs } = card
  const [proven] = await context.store.browsers.provenOf(cafe.id, id, 1)
  const isOnPhone = proven !== undefined
  return { id, number: maskPhone(phone), stamps, goal, rewards: ready, lastStampAtMs, isOnPhone }
}
