// The free coffee: how many stamps are missing, whether to use it now, and the ticket that the barista looks at.
import { html } from 'hono/html'
import { type CardShown, cardSection, clockOf } from '../../ui/card.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { layout } from '../../ui/layout.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { loadScript } from '../../ui/script.ts'
import { exactTime } from '../../ui/when.ts'
import { wordsIn } from '../../ui/words/words.ts'

const script = loadScript(import.meta.url, './free.browser.js')

export type RewardShown = { id: string; name: string | null; cost: number; isReady: boolean }

export type TicketShown = {
  state: 'live' | 'used'
  /** When it was redeemed. */
  atMs: number
  expiresAtMs: number
  rewardName: string | null
}

export type Free = {
  card: CardShown
  rewards: RewardShown[]
  ticket: TicketShown | null
  refusal: Refused | null
}

export function freePage(frame: Frame, free: Free): string {
  const { ticket, refusal } = free
  const words = wordsIn(frame.language)
  const isLive = ticket?.state === 'live'
  const name = ticket?.rewardName ?? free.card.rewardName ?? words.freeCoffee
  return layout(frame, {
    title: frame.cafe === null ? name : `${name} · ${frame.cafe.name}`,
    body: html`${refusalAlert(words, refusal)}${ticket === null ? null : ticketSection(frame, ticket)}
${offer(frame, free)}`,
    script,
    section: 'ticket',
    ...(isLive ? { refreshSeconds: Math.ceil(leftMs(frame, ticket) / 1000) + 1 } : {}),
  })
}

/** What can be had now, or how far it is. */
function offer(frame: Frame, { card, rewards, ticket }: Free): Html {
  const words = wordsIn(frame.language)
  const ready = rewards.filter((reward) => reward.isReady)
  const [only] = ready
  const back = html`<a class="plain" href="${frame.hrefs.card}">${words.backToCard}</a>`
  if (only === undefined) {
    const missing = words.missing({ stamps: Math.max(card.goal - card.stamps, 0), reward: card.rewardName })
    return html`${cardSection(frame, { card, justStamped: 0, heading: headingOf(ticket, missing) })}${back}`
  }
  const readyText =
    ticket === null ? words.ready({ rewards: card.rewards, reward: card.rewardName }) : words.moreReady
  const heading =
    ready.length > 1
      ? headingOf(ticket, readyText)
      : html`<p class="kicker">${readyText}</p>${headingOf(ticket, words.ask(only.name))}`
  return html`${cardSection(frame, { card, justStamped: 0, heading })}
${rewardForm(frame, ready)}
<a class="plain" href="${frame.hrefs.card}">${words.notNow}</a>`
}

/** Under a ticket, everything else is second. */
function headingOf(ticket: TicketShown | null, text: string): Html {
  return ticket === null ? html`<h1>${text}</h1>` : html`<h2>${text}</h2>`
}

function rewardForm(frame: Frame, ready: RewardShown[]): Html {
  const words = wordsIn(frame.language)
  const [only] = ready
  const choice =
    only !== undefined && ready.length === 1
      ? hidden('reward', only.id)
      : html`<fieldset class="rewards"><legend>${words.askWhich}</legend>${ready.map((reward, index) => rewardChoice(frame, { reward, isFirst: index === 0 }))}</fieldset>`
  return postForm({
    action: frame.hrefs.free,
    id: 'reward',
    frame,
    body: html`${choice}<p class="note">${words.pressInFront}</p><button class="main">${words.useNow}</button>`,
  })
}

function rewardChoice(frame: Frame, { reward, isFirst }: { reward: RewardShown; isFirst: boolean }): Html {
  const words = wordsIn(frame.language)
  return html`<label><input type="radio" name="reward" value="${reward.id}" required${isFirst ? html` checked` : null}><b>${reward.name ?? words.freeCoffee}</b><span>${words.total(reward.cost)}</span></label>`
}

function ticketSection(frame: Frame, ticket: TicketShown): Html {
  const words = wordsIn(frame.language)
  const isLive = ticket.state === 'live'
  const usedAt = words.usedAt(exactTime(clockOf(frame), ticket.atMs))
  const left = isLive ? html` data-left-ms="${leftMs(frame, ticket)}"` : null
  return html`<section id="ticket" data-state="${ticket.state}"${left}>
<p class="kicker" role="status"${isLive ? html` data-over="${words.ticketOver}"` : null}>${isLive ? words.showBarista : words.ticketOver}</p>
<h1>${ticket.rewardName ?? words.freeCoffee}</h1>
${isLive ? countdown(frame, ticket) : null}<p class="used"${isLive ? html` hidden` : null}>${usedAt}</p>
</section>`
}

/** A ring that empties by itself, script or not, so that a picture of the screen is seen to be one. */
function countdown(frame: Frame, ticket: TicketShown): Html {
  const seconds = Math.ceil(leftMs(frame, ticket) / 1000)
  const lasting = Math.max((ticket.expiresAtMs - ticket.atMs) / 1000, 1)
  const gone = 100 - Math.min((seconds / lasting) * 100, 100)
  return html`<div class="clock"><svg viewBox="-60 -60 120 120" aria-hidden="true"><circle r="54" class="track"/><circle r="54" class="left" pathLength="100" stroke-dasharray="100" stroke-dashoffset="${gone.toFixed(1)}" transform="rotate(-90)"><animate attributeName="stroke-dashoffset" from="${gone.toFixed(1)}" to="100" dur="${seconds}s" fill="freeze"/></circle><g class="orbit"><circle cy="-54" r="5"/></g><use href="#cup" y="-14"/></svg>
<p role="timer" aria-label="${wordsIn(frame.language).timeLeft}"><b id="left" hidden></b></p></div>
`
}

/** By the server's clock: the phone's own may be wrong. */
function leftMs(frame: Frame, ticket: TicketShown): number {
  return Math.max(ticket.expiresAtMs - frame.nowMs, 0)
}
