// The counter: one field for whoever stands there, and beside it everybody who waits. Read at a metre's distance.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { type CounterCodeShown, counterCodePanel } from '../../ui/counter-code.ts'
import { postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { type Refused, refusalAlert, refusalId } from '../../ui/refusal.ts'
import type { Done } from '../../ui/words/staff-words.ts'
import { wordsIn } from '../../ui/words/words.ts'
import type { Found } from '../found.ts'
import { foundSection } from './found-page.ts'
import { kioskSection, lastDoneSection } from './lines-page.ts'
import type { OwnLine } from './lines-shown.ts'
import { type StaffFrame, staffPage } from './staff-frame.ts'
import { claimsSection, requestsSection } from './waiting-page.ts'
import type { ClaimShown, RequestShown } from './waiting-shown.ts'

export type CounterShown = {
  found: Found | null
  refused: Refused | null
  /** What stands in the field. */
  query: string
  notice: { stamps: number } | { done: Done } | null
  byLetters: boolean
  /** Whether whole numbers begin with a 0 here. */
  beginsWithZero: boolean
  /** The request whose stamp a limit refused just now. */
  liftFor: string | null
  /** What customers' phones scan, where the café stamps by codes. */
  code: CounterCodeShown | null
  own: OwnLine | null
  kiosk: readonly OwnLine[]
  movable: readonly OwnLine[]
  /** Of those, what is offered beside cards that were found. */
  offered: readonly OwnLine[]
  requests: readonly RequestShown[] | null
  claims: readonly ClaimShown[]
}

export function counterPage(frame: StaffFrame, shown: CounterShown): string {
  const { found, own } = shown
  return staffPage(frame, {
    title: frame.staff.title,
    isLive: true,
    body: html`<div class="work">${found && foundSection(frame, found, shown)}
${finder(frame, shown)}
<div data-part="own" class="part">${noticeLine(frame, shown.notice)}${own && lastDoneSection(frame, own)}</div></div>
<div class="wait"><div data-part="requests" class="part">${shown.requests && requestsSection(frame, shown.requests, shown.liftFor)}</div>
<div data-part="claims" class="part">${claimsSection(frame, shown.claims)}</div>
<div data-part="kiosk" class="part">${kioskSection(frame, shown.kiosk)}</div>
${shown.code && counterCodePanel(frame.language, shown.code)}</div>`,
  })
}

export function noticeLine(frame: StaffFrame, notice: CounterShown['notice']): Html | null {
  if (notice === null) return null
  const said =
    'done' in notice ? frame.staff.done[notice.done] : wordsIn(frame.language).stamped(notice.stamps)
  return html`<p class="good" role="status">${said}</p>`
}

function finder(frame: StaffFrame, { refused, query, byLetters, found, beginsWithZero }: CounterShown): Html {
  const { staff, slug } = frame
  const home = routes.staff.home.href({ cafe: slug })
  const isNext = found === null || (found.rows.length === 0 && found.newPhone === null)
  const isAboutField = refused?.reason === 'digits-missing' || refused?.reason === 'phone-invalid'
  const field = html`<input id="find" name="query" class="big" type="text" inputmode="${byLetters ? 'text' : 'numeric'}" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required value="${query}" placeholder="${byLetters ? 'ABCDEF' : '5678'}"${beginsWithZero ? html` data-zero` : null}${isAboutField ? html` aria-invalid="true" aria-describedby="${refusalId}"` : null}${isNext ? html` autofocus` : null}>`
  const form = postForm({
    action: routes.staff.searches.href({ cafe: slug }),
    id: 'search',
    frame,
    body: html`<h1><label for="find">${byLetters ? staff.findByCode : staff.find}</label></h1>
${refusalAlert(wordsIn(frame.language), refused)}${field}
<div class="beside"><button class="main">${staff.search}</button>
<button class="plain" type="button" id="scan" hidden data-stop="${staff.stopScan}" data-none="${staff.noCamera}">${staff.scan}</button></div>`,
  })
  const other = byLetters
    ? html`<a href="${home}">${staff.useDigits}</a>`
    : html`<a href="${`${home}?letters`}">${staff.useLetters}</a>`
  return html`<section class="paper">${form}<video id="camera" hidden muted playsinline></video>
<p class="note other">${byLetters ? null : html`${staff.findHint} `}${other}</p></section>`
}
