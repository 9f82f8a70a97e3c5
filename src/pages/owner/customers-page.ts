// Finding a customer, and one card with each of its lines. The number in full is there only as an answer to being asked for.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { clockOf } from '../../ui/card.ts'
import { field } from '../../ui/field.ts'
import { postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { unbroken } from '../../ui/number.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { dayOrTime } from '../../ui/when.ts'
import { customersWordsIn } from '../../ui/words/customers-words.ts'
import { wordsIn } from '../../ui/words/words.ts'
import type { CardRow, Found } from '../found.ts'
import { wayToConfirm } from './confirm.ts'
import { type LineShown, ledgerLine } from './line.ts'
import type { Names } from './names.ts'
import { type OwnerFrame, ownerPage } from './owner-frame.ts'

export interface CustomersShown {
  readonly query: string
  readonly found: Pick<Found, 'rows' | 'hasMore'> | null
  readonly refused: Refused | null
}

export interface CustomerShown {
  readonly card: CardRow
  readonly code: string
  readonly lines: readonly LineShown[]
  readonly names: Names
  readonly olderHref: string | null
  readonly isOwner: boolean
  /** Asked for just now by the owner, and in the audit log; else null. */
  readonly fullNumber: string | null
  readonly refused: Refused | null
}

export function customersPage(frame: OwnerFrame, { query, found, refused }: CustomersShown): string {
  const words = customersWordsIn(frame.language)
  const isWrong = refused?.reason === 'digits-missing'
  const form = postForm({
    action: routes.owner.customers.href({ cafe: frame.slug }),
    id: 'search',
    frame,
    body: html`${field({ name: 'query', label: words.query, value: query, isWrong })}<button class="main">${words.find}</button>`,
  })
  const body = html`<h1>${words.title}</h1>${refusalAlert(wordsIn(frame.language), refused)}
<section class="paper">${form}<p class="note">${words.about}</p></section>${found === null ? null : results(frame, found)}`
  return ownerPage(frame, { title: words.title, body, current: 'customers' })
}

function results(frame: OwnerFrame, { rows, hasMore }: Pick<Found, 'rows' | 'hasMore'>): Html {
  const words = customersWordsIn(frame.language)
  const heading = rows.length === 0 ? words.none : words.found(rows.length)
  const items = rows.map(
    (card) =>
      html`<li class="head" data-card="${card.id}"><span><b>${unbroken(card.number)}</b><br><span class="quiet">${summary(frame, card)}</span></span><a class="act" href="${cardHref(frame, card.id)}">${words.open(unbroken(card.number))}</a></li>`,
  )
  return html`<section class="paper" id="found"><h2>${heading}</h2><ul class="rows">${items}</ul>${hasMore ? html`<p class="note">${words.more}</p>` : null}</section>`
}

export function customerPage(frame: OwnerFrame, shown: CustomerShown): string {
  const words = customersWordsIn(frame.language)
  const { card, code, lines, names, olderHref, refused } = shown
  const context = { names, clock: clockOf(frame), language: frame.language }
  const history =
    lines.length === 0
      ? html`<p class="quiet">${words.noHistory}</p>`
      : html`<ul class="lines">${lines.map((line) => ledgerLine(line, context))}</ul>`
  const older = olderHref && html`<p><a class="act" href="${olderHref}">${words.older}</a></p>`
  const body = html`<p><a class="act" href="${routes.owner.customers.href({ cafe: frame.slug })}">${words.back}</a></p><h1>${unbroken(card.number)}</h1>
${refusalAlert(wordsIn(frame.language), refused)}${refused?.reason === 'reauthenticate' ? wayToConfirm(frame) : null}
<p class="quiet">${summary(frame, card)} · ${words.code} <b class="letters">${code}</b></p>
${shown.isOwner ? numberPart(frame, shown) : null}<section class="paper"><h2>${words.history}</h2>${history}${older}</section>`
  return ownerPage(frame, { title: words.title, body, current: 'customers' })
}

function numberPart(frame: OwnerFrame, { card, fullNumber }: CustomerShown): Html {
  const words = customersWordsIn(frame.language)
  if (fullNumber !== null)
    return html`<section class="paper"><h2>${words.number}</h2><p class="code" id="full-number">${unbroken(fullNumber)}</p><p class="note">${words.numberAbout}</p></section>`
  const form = postForm({
    action: routes.owner.number.href({ cafe: frame.slug, card: card.id }),
    id: 'number',
    frame,
    body: html`<button class="small">${words.showNumber}</button>`,
  })
  return html`<section class="paper">${form}<p class="note">${words.showNumberAbout}</p></section>`
}

export function cardHref({ slug }: Pick<OwnerFrame, 'slug'>, cardId: string): string {
  return `${routes.owner.customers.href({ cafe: slug })}?card=${cardId}`
}

function summary(frame: OwnerFrame, { stamps, goal, rewards, lastStampAtMs }: CardRow): string {
  const words = customersWordsIn(frame.language)
  const ready = rewards === 0 ? [] : [words.ready(rewards)]
  const last = lastStampAtMs === null ? [] : [words.lastStamp(dayOrTime(clockOf(frame), lastStampAtMs))]
  return [words.total({ stamps, goal }), ...ready, ...last].join(' · ')
}
