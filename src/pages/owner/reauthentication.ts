/** `/cafe/owner/reauthentication/`: is it still you? Asked before what matters, by any of the ways they have. */
import { html } from 'hono/html'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { confirmPassword } from '../../sign-in/try-password.ts'
import { tryTotp } from '../../sign-in/try-totp.ts'
import type { Person } from '../../store/people.ts'
import { field } from '../../ui/field.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { type SignInWords, signInWordsIn } from '../../ui/words/sign-in-words.ts'
import { type Refusal, wordsIn } from '../../ui/words/words.ts'
import { alonePage } from '../alone-page.ts'
import { auditLine } from '../audited.ts'
import type { Declined, Door } from '../door.ts'
import { replyPage, replySeeOther } from '../reply.ts'
import { commitSession } from '../start-session.ts'
import type { Visit } from '../visit.ts'
import { ownerFrameOf } from './owner-frame.ts'
import { passkeyAsk } from './passkey-ask.ts'
import { passkeyForm, passkeyScript } from './passkey-form.ts'
import { PASSKEY_FIELDS, provenByPasskey } from './passkey-proof.ts'
import { ownerPath } from './sign-in.ts'

export const reauthenticationDoor: Door = {
  get: async (visit) => {
    const next = new URL(visit.request.url).searchParams.get('next')
    return replyPage(visit, 200, await renderReauthentication(visit, ownerPath(visit, next), null))
  },
  post: {
    fields: ['password', 'code', 'next', ...PASSKEY_FIELDS],
    change: reauthenticate,
    again: (visit, fields, refused) =>
      renderReauthentication(visit, ownerPath(visit, fields.one('next')), refused),
  },
}

async function reauthenticate(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, who, nowMs, address } = visit
  const personId = who.person?.id ?? ''
  const fault = await faultOf(visit, fields, personId)
  if (fault !== null) {
    context.log.info({ event: 'reauthentication-failed', person: personId, address }, 'asked again')
    return fault
  }
  await noteProven(visit, { isStrong: fields.one('password') === null })
  const line = auditLine(visit, 'reauthenticated', personId)
  await context.store.transaction(cafe.id, (tx) => tx.audits.append(cafe.id, line))
  context.log.info({ event: 'reauthenticated', person: personId, address, atMs: nowMs }, 'it is still them')
  return replySeeOther(visit, ownerPath(visit, fields.one('next')))
}

/** They have just proven who they are: from now on under a new id. */
export async function noteProven(visit: Visit, { isStrong }: { readonly isStrong: boolean }): Promise<void> {
  const session = visit.who.sessions.owner
  await session.rotate()
  const facts = await session.facts()
  facts.provenAtMs = visit.nowMs
  facts.isStrong ||= isStrong
  await commitSession(visit, session)
}

/** By a passkey, a code or the password: whichever they sent. */
async function faultOf(visit: Visit, fields: Fields, personId: string): Promise<Refusal | Declined | null> {
  const { cafe, context } = visit
  if (fields.one('passkey')) {
    const person = await provenByPasskey(visit, fields, 'reauthentication')
    return person?.id === personId ? null : 'passkey-failed'
  }
  const code = fields.one('code')
  const outcome =
    code === null
      ? await confirmPassword(context, { cafeId: cafe.id, personId, password: fields.one('password') ?? '' })
      : await tryTotp(context, { cafeId: cafe.id, personId, code })
  return outcome.ok ? null : outcome
}

async function renderReauthentication(visit: Visit, next: string, refused: Refused | null): Promise<string> {
  const { cafe, context, who } = visit
  const frame = await ownerFrameOf(visit, next)
  const words = signInWordsIn(frame.language)
  const person = await context.store.people.find(cafe.id, who.person?.id ?? '')
  const alert = refusalAlert(wordsIn(frame.language), refused)
  const body = html`<section class="paper"><h1>${words.reauthenticate}</h1><p>${words.reauthenticateAbout}</p>${alert}
${person === null ? null : await ways(visit, { frame, person, next, refused, words })}</section>
<a class="plain" href="${next}">${words.goBack}</a>`
  return alonePage(frame, { title: words.reauthenticate, body, script: passkeyScript })
}

async function ways(
  visit: Visit,
  input: { frame: Frame; person: Person; next: string; refused: Refused | null; words: SignInWords },
): Promise<Html> {
  const { frame, person, next, refused, words } = input
  const action = routes.owner.reauthentication.href({ cafe: visit.cafe.slug })
  const passkeys = await visit.context.store.passkeys.ofPerson(visit.cafe.id, person.id)
  const ask = passkeys.length === 0 ? null : await passkeyAsk(visit, 'reauthentication', passkeys)
  const back = hidden('next', next)
  const button = (words: string, isMain: boolean) =>
    html`<button class="${isMain ? 'main' : 'plain'}">${words}</button>`
  const passwordForm = postForm({
    action,
    id: 'by-password',
    frame,
    body: html`${back}${field({ name: 'password', label: words.password, type: 'password', autocomplete: 'current-password', isWrong: refused?.reason === 'wrong-password' })}${button(words.confirm, true)}`,
  })
  const codeForm = postForm({
    action,
    id: 'by-code',
    frame,
    body: html`${back}${field({ name: 'code', label: words.code, inputmode: 'numeric', autocomplete: 'one-time-code', isWrong: refused?.reason === 'wrong-second-factor' })}${button(words.confirm, !person.hasPassword)}`,
  })
  const passkey =
    ask &&
    passkeyForm(frame, { action, what: 'get', ask, body: html`${back}${button(words.otherPasskey, false)}` })
  return html`${person.hasPassword ? passwordForm : null}${person.hasTotp ? codeForm : null}${passkey}`
}
