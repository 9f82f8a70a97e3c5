// Everybody who works here, and the form for one more.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import type { Role } from '../../rules/role.ts'
import { explainedChoice, field } from '../../ui/field.ts'
import { postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { type Refused, refusalAlert, refusalId } from '../../ui/refusal.ts'
import { ownerWordsIn } from '../../ui/words/owner-words.ts'
import { peopleWordsIn } from '../../ui/words/people-words.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { type OwnerFrame, ownerPage } from './owner-frame.ts'

export interface PersonValues {
  readonly name: string
  readonly role: string
  readonly email: string
}

export interface ShownPerson {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly hasPin: boolean
  /** In words, or null when they were not seen yet. */
  readonly seen: string | null
  readonly isGone: boolean
  /** Whether whoever looks may change anything of theirs. */
  readonly mayChange: boolean
}

export interface PeopleShown {
  readonly people: readonly ShownPerson[]
  readonly roles: readonly Role[]
  readonly refused: Refused | null
  /** The form for a new one as it was filled in, or null. */
  readonly filled: PersonValues | null
}

export function peoplePage(frame: OwnerFrame, { people, roles, refused, filled }: PeopleShown): string {
  const words = peopleWordsIn(frame.language)
  const gone = people.filter(({ isGone }) => isGone)
  const here = people.filter(({ isGone }) => !isGone)
  const goneList = html`<section class="paper"><h2>${words.gone}</h2><ul class="rows">${gone.map((one) => row(frame, one))}</ul></section>`
  const values = filled ?? { name: '', role: 'staff', email: '' }
  const form = postForm({
    action: routes.owner.staff.href({ cafe: frame.slug }),
    id: 'add-person',
    frame,
    body: html`${personFields(frame, values, roles)}${pinField(frame, { refused, isAsked: false })}<button class="main">${words.add}</button>`,
  })
  const body = html`<h1>${words.title}</h1>${refusalAlert(wordsIn(frame.language), refused)}<p class="quiet">${words.about}</p>
<section class="paper"><ul class="rows first">${here.map((one) => row(frame, one))}</ul>
<details${filled === null ? null : html` open`}><summary class="act">${words.add}</summary>${form}</details></section>
${gone.length === 0 ? null : goneList}`
  return ownerPage(frame, { title: words.title, body, current: 'staff' })
}

/** Name, role and e-mail: of somebody new, or of somebody who is there. */
export function personFields(frame: OwnerFrame, values: PersonValues, roles: readonly Role[]): Html {
  const words = peopleWordsIn(frame.language)
  const choices = roles.map((value) => ({ value, ...words.roles[value] }))
  const hasEmail = roles.includes('manager')
  return html`${field({ name: 'name', label: words.name, value: values.name })}
${explainedChoice({ name: 'role', legend: words.role, value: values.role, choices })}
${hasEmail ? field({ name: 'email', type: 'email', label: words.email, value: values.email, note: words.emailNote }) : null}`
}

/** Never filled in again: after a refusal it says so. @param isAsked for itself, or beside other things, where it may wait */
export function pinField(
  { language }: OwnerFrame,
  { refused, isAsked }: { refused: Refused | null; isAsked: boolean },
): Html {
  const words = peopleWordsIn(language)
  const isWrong = refused?.reason.startsWith('pin-') === true
  const wrong = isWrong ? html` aria-invalid="true" autofocus aria-describedby="${refusalId} pin-note"` : null
  const note = refused === null ? words.pinAbout : `${words.pinAgain} ${words.pinAbout}`
  return html`<div class="field"><label for="pin">${isAsked ? words.newPin : words.pinOrLater}</label><input id="pin" name="pin" type="password" inputmode="numeric" autocomplete="off" maxlength="6"${isAsked ? html` required` : null}${wrong ?? html` aria-describedby="pin-note"`}>
<p id="pin-note" class="note">${note}</p></div>`
}

function row(frame: OwnerFrame, person: ShownPerson): Html {
  const words = peopleWordsIn(frame.language)
  const pin = person.hasPin ? words.hasPin : words.noPin
  const seen = person.seen === null ? words.neverSeen : words.seen(person.seen)
  const href = routes.owner.person.href({ cafe: frame.slug, person: person.id })
  const change = html`<a class="act" href="${href}">${words.change(person.name)}</a>`
  return html`<li class="head"><span><b>${person.name}</b> <span class="quiet">${ownerWordsIn(frame.language).roles[person.role]}<br>${pin} · ${seen}</span></span>${person.mayChange ? change : null}</li>`
}
