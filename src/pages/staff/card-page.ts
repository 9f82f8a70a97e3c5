// One card before the person behind the counter: its seals, the big button, and what else may be done with it.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { cardSection, clockOf } from '../../ui/card.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { qrCode } from '../../ui/qr.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { exactTime } from '../../ui/when.ts'
import { wordsIn } from '../../ui/words/words.ts'
import type { LinkShown } from './claim-shown.ts'
import { moveHere } from './found-page.ts'
import { historySection } from './history-page.ts'
import type { HistoryShown } from './history-shown.ts'
import { type CounterShown, noticeLine } from './home-page.ts'
import { undoForm } from './lines-page.ts'
import type { OwnLine } from './lines-shown.ts'
import { type StaffFrame, staffPage } from './staff-frame.ts'

export type CardPage = {
  id: string
  number: string
  stamps: number
  goal: number
  /** Rewards ready. */
  ready: number
  rewards: readonly { id: string; name: string | null; cost: number; isReady: boolean }[]
  lastStampAtMs: number | null
  /** Whether this person may take back lines of others, with a reason. */
  isManager: boolean
  /** Stamps that may have been meant for this card. */
  movable: readonly OwnLine[]
  /** The stamps that were moved here just now, and the masked number that they were under. */
  movedHere: (OwnLine & { from: string }) | null
  history: HistoryShown
  link: LinkShown | null
  notice: CounterShown['notice']
  refused: Refused | null
  /** How many stamps a limit refused just now, or null. */
  lift: number | null
}

export function cardPage(frame: StaffFrame, card: CardPage): string {
  const { staff } = frame
  return staffPage(frame, {
    title: card.number,
    isLive: true,
    body: html`<div class="work"><div data-part="card" class="part">${sealed(frame, card)}</div>
${refusalAlert(wordsIn(frame.language), card.refused)}${card.lift === null ? null : stampAnyway(frame, card, card.lift)}
${stampForms(frame, card)}<a class="plain" href="${routes.staff.home.href({ cafe: frame.slug })}">← ${staff.title}</a>${moveHere(frame, card, card.movable)}</div>
<div class="wait"><div data-part="rewards" class="part">${redeemSection(frame, card)}</div>
<div data-part="phone" class="part">${phoneSection(frame, card)}</div>
<div data-part="history" class="part">${historySection(frame, card)}</div></div>`,
  })
}

function sealed(frame: StaffFrame, card: CardPage): Html {
  const { stamps, goal, ready, lastStampAtMs, notice, movedHere } = card
  const said = movedHere === null ? noticeLine(frame, notice) : movedLine(frame, movedHere)
  const readyNow = ready > 0 ? html` <em class="ready">${frame.staff.ready(ready)}</em>` : null
  return cardSection(frame, {
    card: {
      stamps,
      goal,
      rewards: ready,
      isProven: true,
      usedElsewhere: 0,
      rewardName: card.rewards[0]?.name ?? null,
      lastStampAtMs,
      lines: [],
    },
    justStamped: notice !== null && 'stamps' in notice ? notice.stamps : 0,
    heading: html`${said}<h1 class="number">${card.number}${readyNow}</h1>`,
  })
}

function movedLine(frame: StaffFrame, moved: NonNullable<CardPage['movedHere']>): Html {
  return html`<p class="good" role="status">${frame.staff.movedFrom(moved)}</p>${undoForm(frame, moved, 'card')}`
}

function stampForms(frame: StaffFrame, { id, lift }: CardPage): Html {
  const { staff, slug } = frame
  const several = [2, 3, 4, 5, 6, 7, 8, 9].map(
    (stamps) =>
      html`<button class="plain" name="stamps" value="${stamps}" aria-label="${`${staff.stampSeveral}: ${staff.plus(stamps)}`}">${staff.plus(stamps)}</button>`,
  )
  return postForm({
    action: routes.staff.cardStamps.href({ cafe: slug, card: id }),
    id: 'stamp',
    frame,
    body: html`<button class="${lift === null ? 'main' : 'plain'} big" name="stamps" value="1"${frame.isShown ? html` autofocus` : null}>${staff.stampOne}</button>
<div class="several">${several}</div>`,
  })
}

function stampAnyway(frame: StaffFrame, { id }: CardPage, stamps: number): Html {
  const { staff, slug, person } = frame
  return postForm({
    action: routes.staff.cardStamps.href({ cafe: slug, card: id }),
    id: 'anyway',
    frame,
    body: html`${hidden('stamps', String(stamps))}${hidden('over_limit', 'yes')}<button class="main">${staff.stampAnyway} ${staff.plus(stamps)}</button>
<p class="note">${staff.stampAnywayHint(person?.name ?? '')}</p>`,
  })
}

/** A tap to open it, another to confirm: a reward is not handed over by a slip. */
function redeemSection(frame: StaffFrame, { id, rewards, ready }: CardPage): Html | null {
  if (ready === 0) return null
  const { staff, slug } = frame
  const buttons = rewards
    .filter(({ isReady }) => isReady)
    .map(({ id: rewardId, name, cost }) => {
      const words = { reward: name ?? staff.freeCoffee, cost }
      return html`<button class="main" name="reward" value="${rewardId}">${staff.confirmUse(words)}</button>`
    })
  const form = postForm({
    action: routes.staff.redemptions.href({ cafe: slug, card: id }),
    id: 'reward',
    frame,
    body: html`${rewards.length > 1 ? html`<p>${staff.whichReward}</p>` : null}${buttons}<p class="note">${staff.withoutPhone}</p>`,
  })
  return html`<details class="paper"><summary><b>${staff.useReward}</b></summary>${form}</details>`
}

function phoneSection(frame: StaffFrame, { id, link }: CardPage): Html {
  const { staff, slug } = frame
  const form = postForm({
    action: routes.staff.claims.href({ cafe: slug, card: id }),
    id: 'link',
    frame,
    body: html`<button class="plain">${staff.makeLink}</button>`,
  })
  const state = link === null ? null : linkState(frame, link)
  return html`<section class="paper" id="on-phone"><h2>${staff.onPhone}</h2>${state}${link?.state === 'open' ? null : form}</section>`
}

function linkState(frame: StaffFrame, link: LinkShown): Html {
  const { staff } = frame
  if (link.state === 'claimed')
    return html`<p class="good" role="status">${staff.linkUsed(exactTime(clockOf(frame), link.atMs))}</p>`
  if (link.state === 'over') return html`<p>${staff.linkOver}</p>`
  const until = staff.linkUntil(exactTime(clockOf(frame), link.expiresAtMs))
  return html`${qrCode(link.href, staff.onPhone)}<p>${staff.linkHint}</p>
<p class="note">${staff.linkText} · ${until}</p><p class="note link-text" id="link-text">${link.href}</p>
<button class="plain" type="button" data-copy="link-text" data-copied="${staff.copied}" hidden>${staff.copy}</button>`
}
