// The customer's card, and the form that asks a browser nobody knows yet for its number.
import { html } from 'hono/html'
import { type CardShown, cardHistory, cardSection } from '../../ui/card.ts'
import { postForm } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { layout } from '../../ui/layout.ts'
import { type Refused, refusalAlert, refusalId } from '../../ui/refusal.ts'
import { loadScript } from '../../ui/script.ts'
import { sealGrid } from '../../ui/seal.ts'
import { type Words, wordsIn } from '../../ui/words/words.ts'

const script = loadScript(import.meta.url, './card.browser.js')

export type UnknownCard = {
  goal: number
  rewardName: string | null
  /** False where only the counter stamps. */
  canStamp: boolean
  /** As it was typed, to be put right rather than typed again. */
  phone: string
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
${card.canStamp ? numberForm(frame, card) : html`${refusalAlert(words, card.refusal)}<p class="lead">${words.numberAtCounter}</p>`}`,
    script,
  })
}

function numberForm(frame: Frame, card: UnknownCard): Html {
  const words = wordsIn(frame.language)
  const { refusal } = card
  const isAboutPhone = refusal?.reason === 'phone-missing' || refusal?.reason === 'phone-invalid'
  const describedBy = `phone-use${refusal === null ? '' : ` ${refusalId}`}`
  return postForm({
    action: frame.hrefs.card,
    id: 'stamp',
    frame,
    body: html`<label for="phone">${words.phone}</label>
${refusalAlert(words, refusal)}<input id="phone" name="phone" type="tel" inputmode="tel" autocomplete="tel" required value="${card.phone}" aria-describedby="${describedBy}"${isAboutPhone ? html` aria-invalid="true" autofocus` : null}>
<button class="main">${words.stamp}</button>
<p id="phone-use" class="note">${words.phoneUse}</p>`,
  })
}

export type KnownCard = {
  card: CardShown
  /** False where only the counter stamps. */
  canStamp: boolean
  /** How many stamps this very answer brings; 0 when it is only looked at. */
  justStamped: number
  refusal: Refused | null
  olderHref: string | null
}

export function knownCardPage(frame: Frame, known: KnownCard): string {
  const { card, justStamped } = known
  const words = wordsIn(frame.language)
  const kicker =
    justStamped > 0
      ? html`<p class="kicker good" role="status">${words.stamped(justStamped)}</p>`
      : html`<p class="kicker">${words.card}</p>`
  const heading = html`${kicker}<h1>${headlineOf(words, card)}</h1>`
  const free =
    card.rewards > 0
      ? html`<a class="main" href="${frame.hrefs.free}">${words.useReward(card.rewardName)}</a>`
      : null
  const elsewhere = card.isProven ? null : html`<p class="note">${words.elsewhere}</p>`
  return layout(frame, {
    title: titleOf(frame, words),
    body: html`${cardSection(frame, { card, justStamped, heading })}
${free}${stampForm(frame, known)}
${elsewhere}${cardHistory(frame, { card, olderHref: known.olderHref })}`,
    script,
  })
}

function stampForm(frame: Frame, { card, canStamp, refusal }: KnownCard): Html {
  const words = wordsIn(frame.language)
  const alert = refusalAlert(words, refusal)
  if (!canStamp) return html`${alert}<p class="lead">${words.stampAtCounter}</p>`
  return postForm({
    action: frame.hrefs.card,
    id: 'stamp',
    frame,
    body: html`${alert}<button class="${card.rewards > 0 ? 'plain' : 'main'}">${words.stamp}</button>`,
  })
}

function headlineOf(words: Words, card: CardShown): string {
  const { rewards, rewardName: reward, goal } = card
  if (rewards > 0) return words.ready({ rewards, reward })
  if (card.stamps <= 0) return words.promise({ goal, reward })
  return words.missing({ stamps: goal - card.stamps, reward })
}

function titleOf(frame: Frame, words: Words): string {
  return frame.cafe === null ? words.card : `${words.card} · ${frame.cafe.name}`
}
