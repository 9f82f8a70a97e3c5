/** `/cafe/owner/second-factor/`: the password was right, and a code or a passkey is still to come. */
import { html } from 'hono/html'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { tryTotp } from '../../sign-in/try-totp.ts'
import type { Person } from '../../store/people.ts'
import { field } from '../../ui/field.ts'
import { hidden, postForm } from '../../ui/form.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { signInWordsIn } from '../../ui/words/sign-in-words.ts'
import { type Refusal, wordsIn } from '../../ui/words/words.ts'
import { alonePage } from '../alone-page.ts'
import type { Declined, Door } from '../door.ts'
import { REFUSAL_STATUS } from '../refusals.ts'
import { refusalHeaders, replyPage, replySeeOther } from '../reply.ts'
import { startSession } from '../start-session.ts'
import { frameOf, type Visit } from '../visit.ts'
import { passkeyAsk } from './passkey-ask.ts'
import { passkeyForm, passkeyScript } from './passkey-form.ts'
import { ownerPath, renderSignIn } from './sign-in.ts'

export const secondFactorDoor: Door = {
  get: showSecondFactor,
  post: {
    fields: ['code'],
    change: takeCode,
    again: (visit, _fields, refused) => renderSecondFactor(visit, refused),
  },
}

const AWAITS_MS = 10 * 60 * 1000 // as long as looking for a phone takes

interface Awaited {
  readonly person: Person
  readonly next: string
}

/** Whose second factor is awaited in this browser; null where nobody's is, or no longer. */
async function awaitedIn({ context, cafe, who, nowMs }: Visit): Promise<Awaited | null> {
  const { awaits } = await who.sessions.owner.facts()
  if (awaits === undefined || nowMs - awaits.atMs > AWAITS_MS) return null
  const person = await context.store.people.find(cafe.id, awaits.personId)
  return person === null || person.disabledAtMs !== null ? null : { person, next: awaits.next }
}

async function showSecondFactor(visit: Visit): Promise<Response> {
  if ((await awaitedIn(visit)) !== null) return replyPage(visit, 200, await renderSecondFactor(visit, null))
  if (visit.who.person?.via === 'owner-session')
    return replySeeOther(visit, routes.owner.home.href({ cafe: visit.cafe.slug }))
  const reason = 'not-signed-in'
  const page = await renderSignIn(visit, { reason })
  return replyPage(visit, REFUSAL_STATUS[reason], page, refusalHeaders(reason))
}

async function takeCode(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, address } = visit
  const awaited = await awaitedIn(visit)
  if (awaited === null) return 'not-signed-in'
  const { person, next } = awaited
  const code = fields.one('code') ?? ''
  const outcome = await tryTotp(context, { cafeId: cafe.id, personId: person.id, code })
  if (!outcome.ok) {
    context.log.info({ event: 'second-factor-failed', person: person.id, address }, outcome.reason)
    return outcome
  }
  await startSession(visit, person, { isStrong: true })
  return replySeeOther(visit, ownerPath(visit, next))
}

async function renderSecondFactor(visit: Visit, refused: Refused | null): Promise<string> {
  const awaited = await awaitedIn(visit)
  if (awaited === null) return renderSignIn(visit, refused ?? { reason: 'not-signed-in' })
  const { cafe, context } = visit
  const { person, next } = awaited
  const frame = frameOf(visit)
  const words = signInWordsIn(frame.language)
  const passkeys = await context.store.passkeys.ofPerson(cafe.id, person.id)
  const ask = passkeys.length === 0 ? null : await passkeyAsk(visit, 'sign-in', passkeys)
  const code = postForm({
    action: routes.owner.secondFactor.href({ cafe: cafe.slug }),
    id: 'second-factor',
    frame,
    body: html`<p>${words.codeAbout}</p>${field({ name: 'code', label: words.code, inputmode: 'numeric', autocomplete: 'one-time-code', isWrong: refused?.reason === 'wrong-second-factor' })}
<button class="main">${words.confirm}</button>`,
  })
  const passkey =
    ask &&
    passkeyForm(frame, {
      action: routes.owner.passkeySignIn.href({ cafe: cafe.slug }),
      what: 'get',
      ask,
      body: html`${hidden('next', next)}<button class="${person.hasTotp ? 'plain' : 'main'}">${words.otherPasskey}</button>`,
    })
  const title = words.secondFactor
  const body = html`<section class="paper"><h1>${title}</h1>${refusalAlert(wordsIn(frame.language), refused)}${person.hasTotp ? code : null}${passkey}</section>
<p class="note"><a href="${routes.owner.home.href({ cafe: cafe.slug })}">${words.startAgain}</a></p>`
  return alonePage(frame, { title, body, script: passkeyScript })
}
