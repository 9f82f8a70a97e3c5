// What a customer's phone scans at the counter; in `code` mode with the six digits of the moment beside it.
import { html } from 'hono/html'
import type { Html } from './frame.ts'
import { qrCode } from './qr.ts'
import { loadScript } from './script.ts'
import { kioskWordsIn } from './words/kiosk-words.ts'
import type { Language } from './words/words.ts'

export type CounterCodeShown = {
  /** The page that shows it, and will show the next. */
  page: string
  /** The address in the QR. */
  href: string
  /** Whether a phone that opens it may stamp, or only look. */
  canStamp: boolean
  /** The six digits, and how long they are still the newest; null where the café asks for none. */
  code: { digits: string; leftMs: number; stepMs: number } | null
}

/** Fetches the next code when the server's clock turns to it; for every page that shows one. */
export const counterCodeScript = loadScript(import.meta.url, './counter-code.browser.js')

export function counterCodePanel(language: Language, shown: CounterCodeShown): Html {
  const words = kioskWordsIn(language)
  const { code } = shown
  const left = code === null ? null : html` data-page="${shown.page}" data-left-ms="${code.leftMs}"`
  return html`<div id="counter-code" class="scan"${left}>${qrCode(shown.href, words.qr)}
<div><p>${shown.canStamp ? words.scan.toStamp : words.scan.toSee}</p>${code && digitsNow(language, code)}</div></div>`
}

function digitsNow(language: Language, code: NonNullable<CounterCodeShown['code']>): Html {
  const words = kioskWordsIn(language)
  const { digits, leftMs, stepMs } = code
  return html`<p class="digits"><span class="unseen">${words.codeNow}</span> <b>${digits.slice(0, 3)} ${digits.slice(3)}</b></p>
<progress max="${stepMs}" value="${leftMs}" aria-hidden="true"></progress><p class="note">${words.codeTurns}</p>`
}
