/** What stands around every page of staff: the café, who works where, and the way to hand over. */
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { counterCodeScript } from '../../ui/counter-code.ts'
import { postForm } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { layout } from '../../ui/layout.ts'
import { loadScript } from '../../ui/script.ts'
import { type StaffWords, staffWordsIn } from '../../ui/words/staff-words.ts'
import { frameOf, type Visit } from '../visit.ts'

export interface StaffFrame extends Frame {
  readonly slug: string
  readonly staff: StaffWords
  /** Who works here; null while nobody has said so. */
  readonly person: { readonly id: string; readonly name: string } | null
  /** The branch and the tablet; null on a phone of their own. */
  readonly place: { readonly branch: string; readonly device: string } | null
  /** Whether a reload of this very answer shows it again: it was asked for, not posted. */
  readonly isShown: boolean
}

export interface StaffPage {
  readonly title: string
  readonly body: Html
  /** Whether it hears when to look again. */
  readonly isLive: boolean
}

const script = loadScript(import.meta.url, './staff.browser.js')
const hands = loadScript(import.meta.url, './hands.browser.js')

export async function staffFrameOf(visit: Visit): Promise<StaffFrame> {
  const { cafe, who, request, language } = visit
  const frame = frameOf(visit)
  const branch = who.device && (await visit.context.store.branches.find(cafe.id, who.device.branchId))
  const isShown = request.method !== 'POST'
  return {
    ...frame,
    path: isShown ? frame.path : routes.staff.home.href({ cafe: cafe.slug }), // what was posted to cannot be opened
    slug: cafe.slug,
    staff: staffWordsIn(language),
    person: who.person && { id: who.person.id, name: who.person.name },
    place: who.device && { branch: branch?.name ?? '', device: who.device.name },
    isShown,
  }
}

export function staffPage(frame: StaffFrame, { title, body, isLive }: StaffPage): string {
  const cafe = frame.cafe?.name ?? ''
  return layout(frame, {
    title: `${title} · ${cafe}`,
    body,
    section: 'staff',
    header: header(frame, cafe),
    script: [script, hands, counterCodeScript],
    ...(isLive && frame.isShown && { liveHref: routes.staff.live.href({ cafe: frame.slug }) }),
  })
}

function header(frame: StaffFrame, cafe: string): Html {
  const { person, place, staff, slug } = frame
  const onPhone = person === null ? '' : staff.onOwnPhone
  const where = place === null ? onPhone : `${place.branch} · ${place.device}`
  const leave = postForm({
    action: routes.staff.signOut.href({ cafe: slug }),
    id: 'leave',
    frame,
    body: html`<button class="plain">${place === null ? staff.signOut : staff.lock} <kbd hidden>Esc</kbd></button>`,
  })
  return html`<header class="bar"><a class="cafe" href="${routes.staff.home.href({ cafe: slug })}">${cafe}</a>
<p class="here">${person && html`<b>${person.name}</b> · `}${where}</p>${person && leave}</header>`
}
