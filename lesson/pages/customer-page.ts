/** A customer's browser in its frame: the café's page, and under it what has just gone over the wire. */

import { html } from 'hono/html'
import { sealGrid } from '../../src/ui/seal.ts'
import { type Look, prefixOf } from '../look.ts'
import { lessonHost, originOf, type Place } from '../places.ts'
import { type Answer, COST, type Visit } from '../way.ts'
import type { CafeWords } from '../words/cafe-words.ts'
import { wayWords, wordsIn } from '../words/words-in.ts'
import { documentOf, type Html } from './document.ts'
import { scriptView, serverView, wireOf } from './wire.ts'

export interface Exchange {
  readonly visit: Visit
  readonly answer: Answer
  readonly path: string
  readonly status: number
  readonly kept: unknown
  /** The Set-Cookie lines this browser was given last, in this exchange or before. */
  readonly given: readonly string[]
}

interface Input {
  readonly look: Look
  readonly place: Place & { kind: 'customer' }
  readonly url: URL
  readonly exchange: Exchange
}

export function customerPage({ look, place, url, exchange }: Input): string {
  const words = wordsIn(look.language)
  const { visit, answer, path, status, kept, given } = exchange
  const who = words.page.customer(place.customer)
  const isExplained = place.customer === 'a' && given.length === 1 // once is enough, and two would be a wall of text
  const here = {
    request: `${visit.source.method} ${path}`,
    host: url.host,
    cookie: visit.cookieHeader,
    status,
    given,
    isExplained,
  }
  return documentOf({
    look,
    title: `${who} · ${wayWords(words, place.way).title}`,
    script: 'frame',
    attributes: {
      class: `framed customer-${place.customer}`,
      'data-lesson': originOf(lessonHost(), url),
      'data-pressed': String(visit.wants !== 'look'),
    },
    body: html`<header class="browser"><b>${who}</b> <span>${url.host}</span></header>
<main>
<nav class="tabs">${tab(look, '/cafe/', words.cafe.card, path)}${tab(look, '/cafe/free/', words.cafe.free, path)}</nav>
${card({ prefix: prefixOf(look), path, answer, words: words.cafe })}
<p><a href="${prefixOf(look)}${path === '/cafe/forget/' ? '/cafe/' : path}">${words.wire.again}</a></p>
${wireOf({ ...here, source: sourceLines(visit), setCookies: answer.setCookies ?? [] }, words.wire)}
${scriptView(words.wire)}
${serverView(kept, words.wire)}
</main>`,
  })
}

function tab(look: Look, path: string, label: string, current: string): Html {
  return html`<a href="${prefixOf(look)}${path}"${path === current ? html` aria-current="page"` : null}>${label}</a>`
}

/** Only with a POST: there they decide. */
function sourceLines({ source }: Visit): readonly string[] {
  if (source.method !== 'POST') return []
  return [`Origin: ${source.origin ?? '–'}`, `Sec-Fetch-Site: ${source.secFetchSite ?? '–'}`]
}

interface Card {
  readonly prefix: string
  readonly path: string
  readonly answer: Answer
  readonly words: CafeWords
}

function card({ prefix, path, answer, words }: Card): Html {
  const { stamps, refused } = answer
  const isStranger = refused !== undefined && stamps === null && !answer.asksPhone
  const refusal =
    refused && html`<p class="refusal" role="alert" data-reason="${refused}">${words.refusals[refused]}</p>`
  const known = stamps === null ? null : html` data-stamps="${stamps}"`
  const form = isStranger ? backLink(prefix, words) : forms({ prefix, path, answer, words })
  return html`<section id="card" class="paper"${known}>
<h1>${words.name}</h1>
${answer.coffee ? html`<p class="coffee" id="coffee">☕ ${words.coffee}</p>` : null}${refusal}
${stamps === null ? null : seals(stamps, words)}
${stamps === null && refused === undefined ? html`<p class="big">${words.unknown}</p>` : null}
${form}</section>`
}

function seals(stamps: number, words: CafeWords): Html {
  const drawn = Math.min(Math.max(Math.trunc(stamps), 0), COST)
  const line = stamps >= COST ? words.ready : words.missing(COST - stamps)
  return html`<p class="big">${words.stamps(stamps)}</p>
${sealGrid({ stamps: drawn, goal: COST, justStamped: 0, label: words.seals(stamps), rewardLabel: '☕' })}
<p>${line}</p>`
}

function backLink(prefix: string, words: CafeWords): Html {
  return html`<p><a class="plain" href="${prefix}/cafe/">${words.backToCard}</a></p>`
}

function forms({ prefix, path, answer, words }: Card): Html {
  const token = answer.csrfToken && html`<input type="hidden" name="csrf_token" value="${answer.csrfToken}">`
  const phone =
    answer.asksPhone &&
    html`<label>${words.phone}<input type="tel" name="phone" required inputmode="numeric" autocomplete="off" placeholder="010-1111-2222"></label>`
  const isFree = path === '/cafe/free/'
  const main = isFree
    ? html`<form method="post" action="${prefix}/cafe/free/" id="free">${token}${phone}<button class="main">${words.useCoffee}</button></form>`
    : html`<form method="post" action="${prefix}/cafe/" id="stamp">${token}${phone}<button class="main">${words.stamp}</button></form>`
  const forgets = answer.csrfToken !== undefined && answer.stamps !== null
  const forget = html`<form method="post" action="${prefix}/cafe/forget/" id="forget">${token}<button class="plain">${words.forget}</button></form>`
  return html`${main}${forgets ? html`<p class="muted">${words.elsewhere}</p>${forget}` : null}`
}
