// A link from the counter, opened: whose card it is, and one button. Previews of links open it too, so looking changes nothing.
import { html } from 'hono/html'
import { postForm } from '../../ui/form.ts'
import type { Frame } from '../../ui/frame.ts'
import { layout } from '../../ui/layout.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { titleOf } from './card-page.ts'

export type Claimable = {
  maskedPhone: string
  /** Whether staff still have to nod: the kiosk's link. */
  isKiosk: boolean
  /** The other card that this browser shows now, masked, or null. */
  insteadOf: string | null
  refusal: Refused | null
}

export function claimPage(frame: Frame, { maskedPhone, isKiosk, insteadOf, refusal }: Claimable): string {
  const words = wordsIn(frame.language)
  const instead = insteadOf === null ? null : html`<p>${words.claimInstead(unbroken(insteadOf))}</p>`
  const form = postForm({
    action: frame.path,
    id: 'claim',
    frame,
    body: html`${refusalAlert(words, refusal)}<button class="main">${words.claim}</button>`,
  })
  return layout(frame, {
    title: titleOf(frame, words),
    body: html`<section class="paper"><h1>${words.claimTitle(unbroken(maskedPhone))}</h1>
<p>${isKiosk ? words.claimKioskUse : words.claimUse}</p></section>
${instead}${form}`,
  })
}

/** A number is not split between two lines. */
function unbroken(maskedPhone: string): string {
  return maskedPhone.replaceAll('-', '\u2011')
}
