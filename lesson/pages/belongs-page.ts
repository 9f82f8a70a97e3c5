/** What belongs in a cookie, live, and what never does. */

import { html } from 'hono/html'
import { type CookiePairs, parseCookies } from '../../src/http/cookie.ts'
import { cartCookie, ITEMS, searchesCookie, seenCookie, wishCookies } from '../wishes.ts'
import type { BelongsWords } from '../words/words.ts'
import { wordsIn } from '../words/words-in.ts'
import type { Html } from './document.ts'
import { type Frame, layout, postForm, wishForm } from './layout.ts'

export function belongsPage(
  frame: Frame,
  input: { pairs: CookiePairs; cookieHeader: string | null },
): string {
  const { pairs, cookieHeader } = input
  const { belongs } = wordsIn(frame.look.language)
  const part = (name: string, heading: string, body: Html) =>
    html`<section class="card" id="${name}"><h3>${heading}</h3>${body}${cookieNow(frame, { name, pairs, cookieHeader })}</section>`
  const wishes = (name: 'language' | 'theme') => html`<div class="wishes">${wishForm(frame, name)}</div>`
  const fits = belongs.fitsRows.map(
    ([what, why]) => html`<tr><th scope="row">${what}</th><td>${why}</td></tr>`,
  )
  const [what, why, instead] = belongs.neverColumns
  const never = belongs.neverRows.map(
    ([item, reason, place]) =>
      html`<tr><th scope="row">${item}</th><td data-label="${why}">${reason}</td><td data-label="${instead}">${place}</td></tr>`,
  )
  return layout(
    frame,
    html`<h1>${belongs.title}</h1>
${belongs.lead.map((paragraph) => html`<p class="lead">${paragraph}</p>`)}
<h2>${belongs.live}</h2>
<div class="cards">
${part('language', belongs.language, wishes('language'))}
${part('theme', belongs.theme, wishes('theme'))}
${part('cart', belongs.cart, cart(frame, pairs, belongs))}
${part('searches', belongs.searches, searches(frame, pairs, belongs))}
${part('seen', belongs.seen, seen(frame, pairs, belongs))}
</div>
${postForm(frame, '/belongs/forget/', html`<button class="plain">${belongs.forgetAll}</button>`)}
<h2>${belongs.fits}</h2>
<table><tbody>${fits}</tbody></table>
<h2>${belongs.never}</h2>
<table><thead><tr><th scope="col">${what}</th><th scope="col">${why}</th><th scope="col">${instead}</th></tr></thead><tbody>${never}</tbody></table>`,
  )
}

function cart(frame: Frame, pairs: CookiePairs, words: BelongsWords): Html {
  const kept = cartCookie.read(pairs) ?? []
  const lines = kept.map(
    ({ item, cups }) =>
      html`<li>${words.items[item]} × ${cups} ${press(frame, 'take-out', item, words.takeOut(words.items[item] ?? item))}</li>`,
  )
  const choices = ITEMS.map((item) => press(frame, 'add', item, words.add(words.items[item] ?? item)))
  return html`${kept.length === 0 ? html`<p>${words.cartEmpty}</p>` : html`<ul>${lines}</ul>`}<div class="row">${choices}</div>`
}

function searches(frame: Frame, pairs: CookiePairs, words: BelongsWords): Html {
  const kept = searchesCookie.read(pairs) ?? []
  const list = html`<ol>${kept.map((text) => html`<li>${text}</li>`)}</ol>`
  const field = html`<label>${words.searchLabel}<input type="search" name="text" required maxlength="20"></label><button class="plain">${words.search}</button>`
  return html`${kept.length === 0 ? html`<p>${words.searchesEmpty}</p>` : list}${postForm(frame, '/belongs/search/', field)}`
}

function seen(frame: Frame, pairs: CookiePairs, words: BelongsWords): Html {
  const kept = seenCookie.read(pairs) ?? []
  const list = html`<ol>${kept.map((item) => html`<li>${words.items[item]}</li>`)}</ol>`
  const choices = ITEMS.map((item) => press(frame, 'see', item, words.see(words.items[item] ?? item)))
  return html`${kept.length === 0 ? html`<p>${words.seenEmpty}</p>` : list}<div class="row">${choices}</div>`
}

function press(frame: Frame, action: string, item: string, label: string): Html {
  return postForm(
    frame,
    `/belongs/${action}/`,
    html`<button class="small" name="item" value="${item}">${label}</button>`,
  )
}

function cookieNow(
  frame: Frame,
  input: { name: string; pairs: CookiePairs; cookieHeader: string | null },
): Html {
  const { belongs } = wordsIn(frame.look.language)
  const { name, pairs, cookieHeader } = input
  const sent = new RegExp(`(?:^|; )(${name}=[^;]*)`).exec(cookieHeader ?? '')?.[1]
  const isSpoiled = parseCookies(cookieHeader).has(name) && wishCookies[name]?.read(pairs) === null
  const spoil = html`<button class="small" name="cookie" value="${name}">${belongs.spoil}<span class="hidden">: ${name}</span></button>`
  return html`<p class="muted">${belongs.cookieNow}</p><pre class="wire">${sent === undefined ? belongs.none : `Cookie: ${sent}`}</pre>
${isSpoiled ? html`<p class="refusal" role="status">${belongs.spoiled}</p>` : null}${postForm(frame, '/belongs/spoil/', spoil)}`
}
