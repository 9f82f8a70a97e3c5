/** `/cafe/owner/customers/`: found by what they say, as staff do; `?card=` shows one card and who made each of its lines. */
import { doneAt } from '../../commands/answer-once.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeAudited } from '../audited.ts'
import type { Declined, Door } from '../door.ts'
import { cardRow, findCards, readQuery } from '../found.ts'
import { readId } from '../path-id.ts'
import { replyPage, replyRefusal } from '../reply.ts'
import type { Visit } from '../visit.ts'
import {
  type CustomerShown,
  type CustomersShown,
  cardHref,
  customerPage,
  customersPage,
} from './customers-page.ts'
import { namesIn } from './names.ts'
import { ownerFrameOf } from './owner-frame.ts'
import { askerOf } from './people.ts'

export const customersDoor: Door = {
  get: showCustomers,
  post: {
    fields: ['query'],
    change: search,
    again: (visit, fields, refused) => render(visit, { query: fields.one('query') ?? '', refused }),
  },
}

const LINES_SHOWN = 30 // a page of history

async function showCustomers(visit: Visit): Promise<Response> {
  const query = new URL(visit.request.url).searchParams
  if (!query.has('card')) return replyPage(visit, 200, await render(visit, {}))
  const page = await renderCustomer(visit, readId(query.get('card')), { from: readId(query.get('from')) })
  return page === null ? replyRefusal(visit, 'not-found') : replyPage(visit, 200, page)
}

async function search(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context } = visit
  const typed = fields.one('query') ?? ''
  const query = readQuery(typed, cafe.country)
  if (query === null) return 'digits-missing'
  const taken = await context.limiters.staffSearch.consume(cafe.id, `person:${askerOf(visit).id}`)
  if (!taken.ok) return { reason: 'too-many-tries', againAtMs: taken.againAtMs }
  const found = await findCards(visit, query)
  const facts = { by: query.kind, found: found.rows.length }
  const outcome = await changeAudited<never>(
    visit,
    fields,
    { act: 'search', subject: null, facts },
    async () => doneAt(visit.nowMs),
  )
  return outcome.ok ? replyPage(visit, 200, await render(visit, { found })) : outcome
}

async function render(visit: Visit, shown: Partial<CustomersShown>): Promise<string> {
  const frame = await ownerFrameOf(visit, routes.owner.customers.href({ cafe: visit.cafe.slug }))
  return customersPage(frame, { query: '', found: null, refused: null, ...shown })
}

/** @returns null when the café has no such card, or the line is not one of it */
export async function renderCustomer(
  visit: Visit,
  cardId: string | null,
  more: { from?: string | null; refused?: Refused; fullNumber?: string } = {},
): Promise<string | null> {
  const { cafe, context } = visit
  const card = cardId && (await context.store.cards.find(cafe.id, cardId))
  const phone = card && (await context.store.cards.phoneOf(cafe.id, card.id))
  if (!card || !phone) return null
  const from = more.from ?? card.lastEntryId
  const lines = from === null ? [] : await context.store.entries.historyOfCard(cafe.id, from, LINES_SHOWN)
  if (lines.some((line) => line.cardId !== card.id)) return null
  const path = cardHref({ slug: cafe.slug }, card.id)
  const olderId = lines.length === LINES_SHOWN ? (lines.at(-1)?.previousId ?? null) : null
  const shown: CustomerShown = {
    card: await cardRow(visit, { ...card, phone }),
    code: context.store.cards.codeOf(cafe.id, card.id),
    lines: lines.map((entry) => ({ entry, card: null })),
    names: await namesIn(visit),
    olderHref: olderId && `${path}&from=${olderId}`,
    isOwner: askerOf(visit).role === 'owner',
    fullNumber: more.fullNumber ?? null,
    refused: more.refused ?? null,
  }
  return customerPage(await ownerFrameOf(visit, path), shown)
}
