// What this browser may see of a card: its seals, its count, and what happened to it.
import { html } from 'hono/html'
import type { Frame, Html } from './frame.ts'
import { sealGrid } from './seal.ts'
import { type Clock, clockIn, dayOrTime } from './when.ts'
import { type EntryKind, wordsIn } from './words/words.ts'

export type CardLine = { kind: EntryKind; stamps: number; atMs: number; reason: string | null }

export type CardShown = {
  /** The whole visible balance; it may be more than the goal. */
  stamps: number
  goal: number
  /** How many rewards are ready. */
  rewards: number
  isProven: boolean
  /** Own stamps that were spent by another browser or at the counter. */
  usedElsewhere: number
  /** What the owner called the reward; null for the free coffee. */
  rewardName: string | null
  lastStampAtMs: number | null
  lines: CardLine[]
}

export function cardSection(
  frame: Frame,
  input: { card: CardShown; justStamped: number; heading: Html },
): Html {
  const { card, justStamped, heading } = input
  const words = wordsIn(frame.language)
  const pressed = card.rewards > 0 ? card.goal : Math.min(card.stamps, card.goal)
  const seals = sealGrid({
    stamps: pressed,
    goal: card.goal,
    justStamped: Math.min(justStamped, pressed),
    label: words.seals({ stamps: pressed, goal: card.goal }),
    rewardLabel: card.rewardName === null ? words.free : words.treat,
  })
  const total = card.stamps > card.goal ? words.total(card.stamps) : `${card.stamps} / ${card.goal}`
  const last =
    card.lastStampAtMs === null
      ? words.noStampYet
      : words.lastStamp(dayOrTime(clockOf(frame), card.lastStampAtMs))
  return html`<section id="card" class="paper" data-proven="${String(card.isProven)}" data-last="${card.lastStampAtMs ?? ''}" data-stamps="${card.stamps}" data-goal="${card.goal}" data-rewards="${card.rewards}">
${heading}${seals}
<p class="foot"><span>${total}</span><span>${last}</span></p>
</section>`
}

export function cardHistory(frame: Frame, input: { card: CardShown; olderHref: string | null }): Html | null {
  const { card, olderHref } = input
  const words = wordsIn(frame.language)
  const clock = clockOf(frame)
  const lines = card.lines.map((line) => historyLine(clock, { line, card }))
  const elsewhere =
    card.usedElsewhere > 0
      ? html`<li><b>${words.usedElsewhere} ${signed(-card.usedElsewhere)}</b></li>`
      : null
  if (lines.length === 0 && elsewhere === null) return null
  const older = olderHref === null ? null : html`<p><a href="${olderHref}">${words.older}</a></p>`
  return html`<section class="history"><h2>${words.history}</h2>
<ul>${elsewhere}${lines}</ul>${older}</section>`
}

function historyLine(clock: Clock, { line, card }: { line: CardLine; card: CardShown }): Html {
  const { words } = clock
  const { gained, lost } = words.entries[line.kind]
  const isFreeCoffee = line.kind === 'redeem' && line.stamps < 0 && card.rewardName === null
  const label = isFreeCoffee ? words.freeCoffeeUsed : line.stamps < 0 ? lost : gained
  const reason = line.reason === null ? null : html`<small>${line.reason}</small>`
  return html`<li><b>${label} ${signed(line.stamps)}</b><span>${dayOrTime(clock, line.atMs)}</span>${reason}</li>
`
}

/** With a real minus sign: +1, −10. */
export function signed(stamps: number): string {
  return stamps < 0 ? `−${-stamps}` : `+${stamps}`
}

/** The café's clock as the person reads it. */
export function clockOf(frame: Frame): Clock {
  const timeZone = frame.cafe?.timeZone ?? 'UTC'
  return clockIn({ words: wordsIn(frame.language), timeZone, nowMs: frame.nowMs })
}
