// How a customer comes to a stamp, by the café's mode: press, bring the counter's code, ask, or show the card at the counter.
import { html } from 'hono/html'
import type { Mode } from '../../rules/mode.ts'
import { postForm } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { qrCode } from '../../ui/qr.ts'
import { type Refused, refusalAlert, refusalId } from '../../ui/refusal.ts'
import { type Words, wordsIn } from '../../ui/words/words.ts'

export interface Stamping {
  readonly mode: Mode
  /** The counter's code as it was typed, or as its QR brought it. */
  readonly code: string
  readonly refusal: Refused | null
}

/** For a browser that nobody knows yet. @param phone as it was typed, to be put right rather than typed again */
export function numberForm(frame: Frame, { phone, ...stamping }: Stamping & { phone: string }): Html {
  const words = wordsIn(frame.language)
  const { mode, refusal } = stamping
  const alert = refusalAlert(words, refusal)
  if (mode === 'counter') return html`${alert}<p class="lead">${words.numberAtCounter}</p>`
  const isAboutPhone = refusal?.reason === 'phone-missing' || refusal?.reason === 'phone-invalid'
  const describedBy = `phone-use${refusal === null ? '' : ` ${refusalId}`}`
  return postForm({
    action: frame.hrefs.card,
    id: 'stamp',
    frame,
    body: html`<label for="phone">${words.phone}</label>
${alert}<input id="phone" name="phone" type="tel" inputmode="tel" autocomplete="tel" required value="${phone}" aria-describedby="${describedBy}"${isAboutPhone ? html` aria-invalid="true" autofocus` : null}>
${codeField(words, stamping)}<button class="main">${buttonIn(words, mode)}</button>
<p id="phone-use" class="note">${words.phoneUse}</p>`,
  })
}

/** For a known browser: nothing to type but the counter's code. */
export function stampForm(
  frame: Frame,
  { isReady, letters, ...stamping }: Stamping & { isReady: boolean; letters: string | null },
): Html {
  const words = wordsIn(frame.language)
  const alert = refusalAlert(words, stamping.refusal)
  if (letters !== null) return html`${alert}${cardCode(words, letters)}`
  return postForm({
    action: frame.hrefs.card,
    id: 'stamp',
    frame,
    body: html`${alert}${codeField(words, stamping)}<button class="${isReady ? 'plain' : 'main'}">${buttonIn(words, stamping.mode)}</button>`,
  })
}

function buttonIn(words: Words, mode: Mode): string {
  return mode === 'approve' ? words.askForStamp : words.stamp
}

function codeField(words: Words, { mode, code, refusal }: Stamping): Html | null {
  if (mode !== 'code') return null
  const isAboutCode = refusal?.reason.startsWith('code-') === true
  const describedBy = `code-use${isAboutCode ? ` ${refusalId}` : ''}`
  return html`<label for="code">${words.counterCode}</label>
<input id="code" name="code" type="tel" inputmode="numeric" autocomplete="off" required value="${code}" aria-describedby="${describedBy}"${isAboutCode ? html` aria-invalid="true" autofocus` : null}>
<p id="code-use" class="note">${words.counterCodeUse}</p>
`
}

/** What staff scan, or type where there is no camera. */
function cardCode(words: Words, letters: string): Html {
  return html`<section id="card-code" class="paper"><p>${words.stampAtCounter}</p>
${qrCode(`DOJANG:${letters}`, words.cardQr(letters))}
<p class="note">${words.cardLetters}<b>${letters}</b></p></section>`
}
