/** What stands around every page of the owner's and managers': the menu, the café, who is signed in, the way out. */
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import type { Role } from '../../rules/role.ts'
import { postForm } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { footer, layout } from '../../ui/layout.ts'
import { type OwnerDone, type OwnerPlace, ownerWordsIn } from '../../ui/words/owner-words.ts'
import { frameOf, type Visit } from '../visit.ts'

export interface OwnerFrame extends Frame {
  readonly slug: string
  readonly person: { readonly name: string; readonly role: Role }
  /** What was done just before this page, said once. */
  readonly done: OwnerDone | null
}

export interface OwnerPage {
  readonly title: string
  readonly body: Html
  /** Which place of the menu the page belongs to. */
  readonly current: OwnerPlace
  readonly liveHref?: string
  readonly script?: string
}

const PLACES: readonly OwnerPlace[] = [
  'home',
  'customers',
  'programme',
  'devices',
  'staff',
  'audit',
  'security',
]

/** @param path where a changed language comes back to, for an answer that has no address of its own */
export async function ownerFrameOf(visit: Visit, path = visit.path): Promise<OwnerFrame> {
  const { person } = visit.who
  if (person === null) throw new Error('only a person who has signed in gets this far')
  const frame = frameOf(visit)
  const { name, role } = person
  return { ...frame, path, slug: visit.cafe.slug, person: { name, role }, done: takeDone(visit) }
}

/** Only by a page that somebody asked for: a refusal has something else to say. */
function takeDone({ context, pairs, request, setCookies }: Visit): OwnerDone | null {
  const notice = request.method === 'GET' ? context.flash.read(pairs) : null
  if (notice?.kind !== 'owner') return null
  setCookies.push(context.flash.clear())
  return notice.done
}

function doneLine({ done, language }: OwnerFrame): Html | null {
  return done && html`<p class="good" role="status">${ownerWordsIn(language).done[done]}</p>`
}

/** The heading is the page's own: `title` names the window. */
export function ownerPage(frame: OwnerFrame, { title, body, current, liveHref, script }: OwnerPage): string {
  return layout(frame, {
    title: `${title} · ${frame.cafe?.name ?? ''}`,
    body: html`${doneLine(frame)}${body}`,
    section: 'owner',
    header: header(frame, current),
    footer: footer(frame),
    ...(liveHref !== undefined && { liveHref }),
    ...(script !== undefined && { script }),
  })
}

/** The menu is there twice, folded on a phone and beside the page on a desk: a stylesheet cannot open what is folded. */
function header(frame: OwnerFrame, current: OwnerPlace): Html {
  const words = ownerWordsIn(frame.language)
  return html`<header class="side"><a class="cafe" href="${routes.owner.home.href({ cafe: frame.slug })}">${frame.cafe?.name ?? ''}</a>
<nav class="beside" aria-label="${words.menu}">${links(frame, current)}</nav>
<details class="folded"><summary>${words.menu} · <b>${words.places[current]}</b></summary><nav aria-label="${words.menu}">${links(frame, current)}</nav></details>
${whoIsHere(frame)}</header>`
}

function links({ slug, language }: OwnerFrame, current: OwnerPlace): Html {
  const { places } = ownerWordsIn(language)
  const items = PLACES.map(
    (place) =>
      html`<li><a href="${routes.owner[place].href({ cafe: slug })}"${place === current ? html` aria-current="page"` : null}>${places[place]}</a></li>`,
  )
  return html`<ul>${items}</ul>`
}

function whoIsHere(frame: OwnerFrame): Html {
  const words = ownerWordsIn(frame.language)
  const signOut = postForm({
    action: routes.owner.signOut.href({ cafe: frame.slug }),
    frame,
    body: html`<button class="link">${words.signOut}</button>`,
  })
  return html`<div class="here"><p>${words.signedIn(frame.person)}</p>${signOut}</div>`
}
