// The kiosk's page: what the café says on the dark half, and the keypad, the number read back, or a refusal on the other.
import { html } from 'hono/html'
import { LANGUAGES } from '../../http/preferences.ts'
import { routes } from '../../routes.ts'
import type { TypedShape } from '../../rules/phone.ts'
import { type CounterCodeShown, counterCodePanel, counterCodeScript } from '../../ui/counter-code.ts'
import { postForm } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { layout } from '../../ui/layout.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { loadScript } from '../../ui/script.ts'
import { kioskWordsIn } from '../../ui/words/kiosk-words.ts'
import { type Language, type Refusal, wordsIn } from '../../ui/words/words.ts'
import type { KioskView } from './kiosk-cookies.ts'
import { type KioskResult, resultSection } from './result-page.ts'

const script = loadScript(import.meta.url, './kiosk.browser.js')
const keys = loadScript(import.meta.url, './keys.browser.js')
const number = loadScript(import.meta.url, './number.browser.js')
const stream = loadScript(import.meta.url, './stream.browser.js')

export type KioskShown = {
  slug: string
  /** The café and its branch. */
  place: string
  /** What the kiosk goes back to after each customer. */
  cafeLanguage: Language
  view: KioskView
  cost: number
  rewardName: string | null
  scan: CounterCodeShown
  shape: TypedShape
  /** As it was sent, where it was refused. */
  phone: string
  refused: Refused | null
  result: KioskResult | null
}

/** What can be put right here; anything else is for the counter, and the kiosk goes back to its beginning. */
const CORRECTABLE: ReadonlySet<Refusal> = new Set(['phone-missing', 'phone-invalid'])
const WORTH_ANOTHER_PRESS: ReadonlySet<Refusal> = new Set([
  'busy',
  'cannot-write',
  'bad-token',
  'no-csrf-cookie',
  'key-reused',
])

export function kioskPage(frame: Frame, kiosk: KioskShown): string {
  const words = kioskWordsIn(frame.language)
  const { view, result } = kiosk
  const marks = html`${view.isLarge ? html` data-large` : null}${view.isContrast ? html` data-contrast` : null}`
  return layout(frame, {
    title: frame.cafe === null ? words.title : `${words.title} · ${frame.cafe.name}`,
    section: 'kiosk',
    header: html``,
    footer: html``,
    body: html`${result && resultSection(frame, result)}<section id="home" class="halves"${marks} data-language="${kiosk.cafeLanguage}" data-stream="${routes.kiosk.live.href({ cafe: kiosk.slug })}">
<div class="say"><div><p class="place">${kiosk.place}</p><h1>${words.invitation}</h1>
<p class="promise">${words.promise({ cost: kiosk.cost, reward: kiosk.rewardName })}</p></div>
${counterCodePanel(frame.language, kiosk.scan)}</div>
<div class="act"><noscript><p class="refusal">${words.needsScript}</p></noscript>
${typing(frame, kiosk)}${readBack(frame, kiosk)}${refusal(frame, kiosk.refused)}${foot(frame, kiosk)}</div>
</section>`,
    script: [number, script, keys, stream, counterCodeScript],
  })
}

function typing(frame: Frame, { shape }: KioskShown): Html {
  const words = kioskWordsIn(frame.language)
  const digit = (key: string) => html`<button type="button" data-key="${key}">${key}</button>`
  return html`<div id="typing" data-groups="${shape.groups.join(' ')}" data-least="${shape.least}" data-most="${shape.most}">
<p class="number" aria-hidden="true"></p>
<p class="unseen" aria-live="polite" data-typed="${words.typed}" data-nothing="${words.nothingTyped}"></p>
<div class="keys" role="group" aria-label="${words.keypad}">${['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(digit)}
<button type="button" data-key="Backspace" aria-label="${words.backspace}">⌫</button><button type="button" data-key="0" aria-label="${words.zero}">0</button>
<button type="button" class="main" data-do="stamp">${words.stamp}</button></div>
<p class="hint" role="status" data-unfinished="${words.unfinished}"></p></div>`
}

/** The number goes back only where it can be put right or sent again: otherwise the next one to look is somebody else (safety.md S45). */
function readBack(frame: Frame, { slug, phone: typed, refused }: KioskShown): Html {
  const words = kioskWordsIn(frame.language)
  const phone = refused === null || wayOnFrom(refused.reason) === 'leave' ? '' : typed
  const form = postForm({
    action: routes.kiosk.stamps.href({ cafe: slug }),
    id: 'stamp',
    frame,
    body: html`<input type="hidden" name="phone" value="${phone}" autocomplete="off"><button class="main">${words.yes}</button>
<button type="button" class="plain" data-do="correct">${words.correct}</button>`,
  })
  return html`<div id="read-back" hidden><p class="kicker">${words.readBack}</p>
<h2 tabindex="-1"><span class="said"></span> <span>${words.isItRight}</span></h2>
${form}<p class="hint" role="status" data-under-way="${words.underWay}" data-no-answer="${words.noAnswer}"></p></div>`
}

function refusal(frame: Frame, refused: Refused | null): Html {
  const words = kioskWordsIn(frame.language)
  const way = refused === null ? 'leave' : wayOnFrom(refused.reason)
  const again = html`<button type="button" class="main" data-do="again">${words.again}</button>`
  const correct = html`<button type="button" class="main" data-do="correct">${words.correct}</button>`
  return html`<div id="refused" data-way="${way}"${refused === null ? html` hidden` : null}>${refusalAlert(wordsIn(frame.language), refused)}
${way === 'again' ? again : way === 'correct' ? correct : null}<button type="button" class="plain" data-do="next">${words.startAgain}</button></div>`
}

function wayOnFrom(reason: Refusal): 'again' | 'correct' | 'leave' {
  if (WORTH_ANOTHER_PRESS.has(reason)) return 'again'
  return CORRECTABLE.has(reason) ? 'correct' : 'leave'
}

function foot(frame: Frame, { slug, view }: KioskShown): Html {
  const words = kioskWordsIn(frame.language)
  const languages = LANGUAGES.map(
    (language) =>
      html`<button name="language" value="${language}" lang="${language}" aria-pressed="${String(language === frame.language)}">${wordsIn(language).languageName}</button>`,
  )
  const form = postForm({
    action: routes.kiosk.settings.href({ cafe: slug }),
    id: 'settings',
    frame,
    body: html`<div role="group" aria-label="${wordsIn(frame.language).language}">${languages}</div>
<div role="group" aria-label="${words.settings}">${toggle('large', words.large, view.isLarge)}${toggle('contrast', words.contrast, view.isContrast)}</div>`,
  })
  return html`<div class="foot">${form}<p class="line" role="status" data-offline="${words.offline}" data-online="${words.online}">${words.online}</p></div>`
}

function toggle(name: 'large' | 'contrast', label: string, isOn: boolean): Html {
  return html`<button name="${name}" value="${isOn ? 'off' : 'on'}" aria-pressed="${String(isOn)}">${label}</button>`
}
