// The customer's card, and the form that asks a browser nobody knows yet for its number.
import { html } from 'hono/html'
import type { Mode } from '../../rules/mode.ts'
import { type CardShown, cardHistory, cardSection, clockOf } from '../../ui/card.ts'
import { postForm } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { layout } from '../../ui/layout.ts'
import type { Refused } from '../../ui/refusal.ts'
import { loadScript } from '../../ui/script.ts'
import { sealGrid } from '../../ui/seal.ts'
import { dayOrTime, exactTime } from '../../ui/when.ts'
import { type Words, wordsIn } from '../../ui/words/words.ts'
import { numberForm, stampForm } from './stamp-forms.ts'

const script = loadScript(import.meta.url, './card.browser.js')
const liveScript = loadScript(import.meta.url, './live-card.browser.js')

const WAITING_REFRESH_SECONDS = 5 // without JavaScript: somebody stands at the counter and looks at it

export type UnknownCard = {
  goal: number
  rewardName: string | null
  mode: Mode
  /** As it was typed, to be put right rather than typed again. */
  phone: string
  code: string
  refusal: Refused | null
  justForgot: boolean
}

export function unknownCardPage(frame: Frame, card: UnknownCard): string {
  const words = wordsIn(frame.language)
  const status = card.justForgot ? html`<p class="kicker good" role="status">${words.forgotten}</p>` : null
  const seals = sealGrid({
    stamps: 0,
    goal: card.goal,
    justStamped: 0,
    label: words.seals({ stamps: 0, goal: card.goal }),
    rewardLabel: card.rewardName === null ? words.free : words.treat,
  })
  const promise = words.promise({ goal: card.goal, reward: card.rewardName })
  return layout(frame, {
    title: titleOf(frame, words),
    body: html`<section class="paper">${status}<h1>${promise}</h1>${seals}</section>
${numberForm(frame, card)}`,
    script,
  })
}

/** What became of asking for a stamp; once it is allowed, the stamp says so itself. */
export type RequestShown = { state: 'waiting' | 'refused' | 'expired'; untilMs: number }

/** A browser that shows the whole card. */
export type LinkedShown = { isThis: boolean; sinceMs: number; unlinkHref: string }

export type KnownCard = {
  card: CardShown
  mode: Mode
  code: string
  /** Of the card, where staff stamp it; null where its customer does. */
  letters: string | null
  request: RequestShown | null
  /** How many stamps this very answer brings; 0 when it is only looked at. */
  justStamped: number
  justClaimed: boolean
  /** Where the customer says that they have read of a copied cookie, or null. */
  copyNoticeHref: string | null
  /** The proven browsers, where this one may see them. */
  linked: readonly LinkedShown[]
  refusal: Refused | null
  olderHref: string | null
  /** Where the page hears of what staff do, or null where nobody does anything. */
  liveHref: string | null
}

export function knownCardPage(frame: Frame, known: KnownCard): string {
  const { card, justStamped, liveHref, request } = known
  const words = wordsIn(frame.language)
  const heading = html`${kickerOf(words, known)}<h1>${headlineOf(words, card)}</h1>`
  const free =
    card.rewards > 0
      ? html`<a class="main" href="${frame.hrefs.free}">${words.useReward(card.rewardName)}</a>`
      : null
  const elsewhere = card.isProven ? null : html`<p class="note">${words.elsewhere}</p>`
  const isWaiting = request?.state === 'waiting'
  const form = isWaiting ? null : stampForm(frame, { ...known, isReady: card.rewards > 0 })
  return layout(frame, {
    title: titleOf(frame, words),
    body: html`${copyNotice(frame, known.copyNoticeHref)}${cardSection(frame, { card, justStamped, heading })}
${free}${requestLine(frame, request)}${form}
${elsewhere}${cardHistory(frame, { card, olderHref: known.olderHref })}${linkedBrowsers(frame, known.linked)}`,
    script: liveHref === null ? script : liveScript,
    ...(liveHref !== null && { liveHref }),
    ...(isWaiting && { refreshSeconds: WAITING_REFRESH_SECONDS }),
  })
}

/** Beside what it says now, what it will say when a stamp or staff's word comes while the page is open. */
function kickerOf(words: Words, { card, justStamped, justClaimed, liveHref }: KnownCard): Html {
  const later =
    liveHref === null ? null : html` data-stamped="${words.stamped(1)}" data-proved="${words.claimed}"`
  const claimed = justClaimed && (card.isProven ? words.claimed : words.claimWaits)
  const news = justStamped > 0 ? words.stamped(justStamped) : claimed
  return news
    ? html`<p class="kicker good" role="status"${later}>${news}</p>`
    : html`<p class="kicker"${later}>${words.card}</p>`
}

function requestLine(frame: Frame, request: RequestShown | null): Html | null {
  if (request === null) return null
  const words = wordsIn(frame.language)
  const { state, untilMs } = request
  if (state !== 'waiting')
    return html`<p id="request" class="paper" role="status" data-state="${state}">${words.requestOver[state]}</p>`
  const left = html` data-left-ms="${untilMs - frame.nowMs}"`
  return html`<p id="request" class="paper" role="status" data-state="waiting"${left}>${words.requestWaits(exactTime(clockOf(frame), untilMs))}</p>`
}

function copyNotice(frame: Frame, href: string | null): Html | null {
  if (href === null) return null
  const words = wordsIn(frame.language)
  const read = postForm({
    action: href,
    frame,
    body: html`<button class="plain">${words.copiedRead}</button>`,
  })
  return html`<section id="copied" class="paper" role="status"><p>${words.copied}</p>${read}</section>
`
}

function linkedBrowsers(frame: Frame, linked: readonly LinkedShown[]): Html | null {
  if (linked.length === 0) return null
  const words = wordsIn(frame.language)
  const lines = linked.map(({ isThis, sinceMs, unlinkHref }) => {
    const since = words.linkedSince(dayOrTime(clockOf(frame), sinceMs))
    const name = isThis ? words.thisBrowser : words.otherBrowser
    const unlink = isThis
      ? null
      : postForm({
          action: unlinkHref,
          frame,
          body: html`<button class="plain" aria-label="${words.unlink}: ${name} ${since}">${words.unlink}</button>`,
        })
    return html`<li><span><b>${name}</b> ${since}</span>${unlink}</li>
`
  })
  return html`<section class="history phones"><h2>${words.browsers}</h2>
<ul>${lines}</ul></section>`
}

function headlineOf(words: Words, card: CardShown): string {
  const { rewards, rewardName: reward, goal } = card
  if (rewards > 0) return words.ready({ rewards, reward })
  if (card.stamps <= 0) return words.promise({ goal, reward })
  return words.missing({ stamps: goal - card.stamps, reward })
}

export function titleOf(frame: Frame, words: Words): string {
  return frame.cafe === null ? words.card : `${words.card} · ${frame.cafe.name}`
}
