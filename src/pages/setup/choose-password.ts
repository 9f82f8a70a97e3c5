/** The way back in for an owner who is locked out: a new password, and everybody signed in as them is out. */
import { html } from 'hono/html'
import { resetPassword } from '../../commands/reset-password.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { hashPassword } from '../../sign-in/password.ts'
import { judgePassword } from '../../sign-in/password-rules.ts'
import type { Person } from '../../store/people.ts'
import { field } from '../../ui/field.ts'
import { postForm } from '../../ui/form.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { setupWordsIn } from '../../ui/words/setup-words.ts'
import { type Refusal, wordsIn } from '../../ui/words/words.ts'
import { alonePage } from '../alone-page.ts'
import { changeOnce, type PostDoor } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import { afterPassword, personLine } from '../start-session.ts'
import { askOf, frameOf, type Visit } from '../visit.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { linkOverPage } from './link-over.ts'
import { type SetupCookie, setupCookieOf } from './setup-cookie.ts'

export function choosePasswordDoor(cookie: SetupCookie): PostDoor {
  return {
    fields: ['password'],
    change: (visit, fields) => choosePassword(visit, fields, cookie),
    again: (visit, fields, refused) => renderChoosePassword(visit, cookie, fields, refused),
  }
}

export async function renderChoosePassword(
  visit: Visit,
  cookie: SetupCookie,
  _fields: Fields | null,
  refused: Refused | null,
): Promise<string> {
  const person = await personOf(visit, cookie)
  if (person === null || refused?.reason === 'link-over') return linkOverPage(visit)
  const frame = frameOf(visit)
  const words = setupWordsIn(frame.language)
  const isWrong = refused?.reason.startsWith('password-') === true
  const form = postForm({
    action: routes.setup.href({}),
    id: 'password-form',
    frame,
    body: html`${refusalAlert(wordsIn(frame.language), refused)}${field({ name: 'password', label: words.password, type: 'password', autocomplete: 'new-password', note: words.passwordNote, isWrong })}
<button class="main">${words.save}</button>`,
  })
  const body = html`<section class="paper"><h1>${words.newPassword}</h1><p>${words.newPasswordFor(person.name)}</p>${form}</section>`
  return alonePage(frame, { title: words.newPassword, body })
}

async function choosePassword(
  visit: Visit,
  fields: Fields,
  cookie: SetupCookie,
): Promise<Response | Refusal> {
  const { cafe, context, address, setCookies, who } = visit
  const person = await personOf(visit, cookie)
  const password = fields.one('password') ?? ''
  const owner = { cafeName: cafe.name, email: person?.email ?? '' }
  const fault = person && judgePassword(password, owner)
  if (fault !== null) return fault
  const hash = await hashPassword(context.random, password)
  const ask = askOf(visit, withoutSecrets(fields, ['password']))
  const lineFor = (one: Person) => personLine(visit, one, 'password-changed', { reset: 1 })
  const input = { cafeId: cafe.id, invitationId: cookie.invitationId, hash, lineFor, atMs: visit.nowMs }
  const outcome = await changeOnce(visit, fields, (tx) => resetPassword(tx, input), ask)
  if (!outcome.ok) return outcome.reason
  setCookies.push(setupCookieOf(context).expire())
  if (person === null) return replySeeOther(visit, routes.owner.home.href({ cafe: cafe.slug })) // pressed again
  await context.peopleSessions(cafe).owner.endAllOf(person.id)
  await who.sessions.owner.end()
  context.log.info({ event: 'password-reset', person: person.id, address }, 'an owner chose a new password')
  return afterPassword(visit, person, routes.owner.home.href({ cafe: cafe.slug }))
}

/** Whom the link lets in; null once it is done. */
async function personOf({ context, cafe }: Visit, { invitationId }: SetupCookie): Promise<Person | null> {
  const invitation = await context.store.invitations.find(cafe.id, invitationId)
  const id = invitation?.personId ?? null
  return id === null ? null : context.store.people.find(cafe.id, id)
}
