// What a customer at the kiosk sees for eight seconds: the seal pressed, how many are missing, and the card for their phone.
import { html } from 'hono/html'
import type { Frame, Html } from '../../ui/frame.ts'
import { qrCode } from '../../ui/qr.ts'
import { sealGrid } from '../../ui/seal.ts'
import { kioskWordsIn } from '../../ui/words/kiosk-words.ts'
import { wordsIn } from '../../ui/words/words.ts'

export type KioskResult = {
  /** Null where the café does not say it at the kiosk. */
  count: { stamps: number; goal: number; ready: number } | null
  rewardName: string | null
  /** Null once the link is claimed or over. */
  claimHref: string | null
}

export function resultSection(frame: Frame, result: KioskResult): Html {
  const words = kioskWordsIn(frame.language)
  const { count, claimHref } = result
  return html`<section id="result" class="halves">
<div class="say"><p class="kicker" role="status">${words.stamped}</p><p class="plus"><span>+1</span></p>
<h1 tabindex="-1">${count === null ? words.thanks : headlineOf(frame, result, count)}</h1>
${count && sealsOf(frame, result, count)}</div>
<div class="act">${claimHref && claim(frame, claimHref)}
<button type="button" class="plain" data-do="next">${words.next}</button></div>
</section>`
}

type Count = NonNullable<KioskResult['count']>

function headlineOf(frame: Frame, { rewardName: reward }: KioskResult, count: Count): string {
  const words = wordsIn(frame.language)
  const { stamps, goal, ready } = count
  return ready > 0
    ? words.ready({ rewards: ready, reward })
    : words.missing({ stamps: goal - stamps, reward })
}

/** Of a card that is full more than once, what has begun since; full to the last seal, the full card. */
function sealsOf(frame: Frame, { rewardName }: KioskResult, { stamps, goal }: Count): Html {
  const words = wordsIn(frame.language)
  const pressed = stamps % goal === 0 ? goal : stamps % goal
  const seals = sealGrid({
    stamps: pressed,
    goal,
    justStamped: 1,
    label: words.seals({ stamps, goal }),
    rewardLabel: rewardName === null ? words.free : words.treat,
  })
  return html`${seals}<p class="total">${words.total(stamps)}</p>`
}

function claim(frame: Frame, href: string): Html {
  const words = kioskWordsIn(frame.language)
  return html`<h2>${words.onYourPhone}</h2>
<button type="button" class="hold" data-do="hold" data-held="${words.held}">${qrCode(href, words.onYourPhone)}<span class="note">${words.hold}</span></button>
<p>${words.howToClaim}</p>`
}
