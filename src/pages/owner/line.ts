// One line of the ledger as the owner reads it: what, how many, over which limit, where, by whom and when.
import { html } from 'hono/html'
import type { Entry } from '../../rules/entry.ts'
import { LIMIT_REASONS } from '../../rules/limits.ts'
import { signed } from '../../ui/card.ts'
import type { Html } from '../../ui/frame.ts'
import { unbroken } from '../../ui/number.ts'
import { type Clock, exactTime } from '../../ui/when.ts'
import { todayWordsIn } from '../../ui/words/today-words.ts'
import { type Language, wordsIn } from '../../ui/words/words.ts'
import { type Names, placesOf } from './names.ts'

export interface LineShown {
  readonly entry: Entry
  /** The masked number with the way to its card, where the page is about more than one. */
  readonly card: { readonly masked: string; readonly href: string } | null
}

export function ledgerLine(
  { entry, card }: LineShown,
  { names, clock, language }: { readonly names: Names; readonly clock: Clock; readonly language: Language },
): Html {
  const what = wordsIn(language).entries[entry.kind][entry.stamps < 0 ? 'lost' : 'gained']
  const places = [...placesOf(entry, names, language), exactTime(clock, entry.atMs)].join(' · ')
  const limit = LIMIT_REASONS.find((reason) => reason === entry.overLimit)
  const flag = limit && html` <span class="flag">${todayWordsIn(language).overLimit[limit]}</span>`
  const number = card && html`<a href="${card.href}">${unbroken(card.masked)}</a> `
  const reason = entry.reason === null ? null : html`<br><span class="quiet">“${entry.reason}”</span>`
  return html`<li data-entry="${entry.id}"${limit ? html` data-over-limit="${limit}"` : null}><span>${number}<b>${what} ${signed(entry.stamps)}</b>${flag}${reason}</span><span class="quiet">${places}</span></li>`
}
