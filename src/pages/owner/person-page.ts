// One of the people: name and role, PIN, the links that let them in, and the end of their work. Each its own form.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import type { Role } from '../../rules/role.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { qrCode } from '../../ui/qr.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { peopleWordsIn } from '../../ui/words/people-words.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { wayToConfirm } from './confirm.ts'
import { type OwnerFrame, ownerPage } from './owner-frame.ts'
import { type PersonValues, personFields, pinField } from './people-page.ts'

export interface PersonShown {
  readonly id: string
  readonly name: string
  readonly isGone: boolean
  readonly values: PersonValues
  /** Whom they may be made; none where nothing but the PIN is the asker's to change. */
  readonly roles: readonly Role[]
  /** Whether a link may let them choose a password. */
  readonly mayHavePassword: boolean
  readonly refused: Refused | null
  /** A link made just now: shown this once. */
  readonly link: ShownLink | null
}

export interface ShownLink {
  readonly href: string
  readonly lasts: { readonly hours: number } | { readonly minutes: number }
}

export function personPage(frame: OwnerFrame, shown: PersonShown): string {
  const words = peopleWordsIn(frame.language)
  const { name, isGone, roles, refused, link } = shown
  const isTheirs = roles.length > 0
  const parts = isGone
    ? [isTheirs ? endPart(frame, shown) : null]
    : [
        isTheirs ? changePart(frame, shown) : null,
        pinPart(frame, shown),
        isTheirs ? invitationPart(frame, shown, 'phone') : null,
        shown.mayHavePassword ? invitationPart(frame, shown, 'password') : null,
        isTheirs ? endPart(frame, shown) : null,
      ]
  const body = html`<p><a class="act" href="${routes.owner.staff.href({ cafe: frame.slug })}">${words.back}</a></p><h1>${name}</h1>
${refusalAlert(wordsIn(frame.language), refused)}${refused?.reason === 'reauthenticate' ? wayToConfirm(frame) : null}
${link === null ? null : linkPart(frame, name, link)}${parts}`
  return ownerPage(frame, { title: name, body, current: 'staff' })
}

function changePart(frame: OwnerFrame, { id, values, roles }: PersonShown): Html {
  const form = postForm({
    action: routes.owner.person.href({ cafe: frame.slug, person: id }),
    id: 'person',
    frame,
    body: html`${personFields(frame, values, roles)}<button class="main">${peopleWordsIn(frame.language).save}</button>`,
  })
  return html`<section class="paper">${form}</section>`
}

function pinPart(frame: OwnerFrame, { id, refused }: PersonShown): Html {
  const words = peopleWordsIn(frame.language)
  const form = postForm({
    action: routes.owner.personPin.href({ cafe: frame.slug, person: id }),
    id: 'pin-form',
    frame,
    body: html`${pinField(frame, { refused: refused?.reason.startsWith('pin-') ? refused : null, isAsked: true })}
<button class="small">${words.setPin}</button>`,
  })
  return html`<section class="paper"><h2>${words.pin}</h2>${form}</section>`
}

function invitationPart(frame: OwnerFrame, { id }: PersonShown, purpose: 'phone' | 'password'): Html {
  const words = peopleWordsIn(frame.language)
  const form = postForm({
    action: routes.owner.personInvitation.href({ cafe: frame.slug, person: id }),
    id: `${purpose}-link`,
    frame,
    body: html`${hidden('purpose', purpose)}<button class="small">${words.makeLink}</button>`,
  })
  const about = purpose === 'phone' ? words.phoneAbout : words.passwordAbout
  return html`<section class="paper"><h2>${words[purpose]}</h2><p class="quiet">${about}</p>${form}</section>`
}

function linkPart({ language }: OwnerFrame, name: string, { href, lasts }: ShownLink): Html {
  const words = peopleWordsIn(language)
  const until = 'hours' in lasts ? words.linkOnce(lasts.hours) : words.minutesOnce(lasts.minutes)
  return html`<section class="paper pairing" id="link"><h2>${words.linkFor(name)}</h2><div>${qrCode(href, words.qr)}<div><p class="quiet">${words.link}</p><p class="address">${href}</p><p>${until}</p></div></div></section>`
}

function endPart(frame: OwnerFrame, { id, isGone }: PersonShown): Html {
  const words = peopleWordsIn(frame.language)
  const form = postForm({
    action: routes.owner.personEnd.href({ cafe: frame.slug, person: id }),
    id: 'end',
    frame,
    body: html`${hidden('state', isGone ? 'here' : 'gone')}<button class="small">${isGone ? words.enable : words.disableNow}</button>`,
  })
  if (isGone)
    return html`<section class="paper"><h2>${words.enable}</h2><p class="quiet">${words.enableAbout}</p>${form}</section>`
  return html`<section class="paper"><h2>${words.disable}</h2><p class="quiet">${words.disableAbout}</p><details><summary class="act">${words.disable}</summary>${form}</details></section>`
}
