// Where the owner and managers say who they are.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { field } from '../../ui/field.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { signInWordsIn } from '../../ui/words/sign-in-words.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { alonePage } from '../alone-page.ts'
import type { PasskeyAsk } from './passkey-ask.ts'
import { passkeyForm, passkeyScript } from './passkey-form.ts'

export type SignInPage = {
  slug: string
  refused: Refused
  isOnTrial: boolean
  /** As it was typed. */
  email: string
  /** Where they were going. */
  next: string
  /** Null where browsers have no passkeys. */
  passkey: PasskeyAsk | null
}

export function signInPage(frame: Frame, page: SignInPage): string {
  const words = signInWordsIn(frame.language)
  const { title } = words
  if (page.isOnTrial) return alonePage(frame, { title, body: onTrial(frame, page) })
  const { refused } = page
  const isCalm = refused.reason === 'not-signed-in' && refused.sentence !== undefined
  const alert = refusalAlert(wordsIn(frame.language), refused)
  const body = html`<section class="paper${isCalm ? ' calm' : ''}"><h1>${title}</h1>${alert}${passwordForm(frame, page)}</section>
${passkeyPart(frame, page)}
<details class="note"><summary><u>${words.lockedOut}</u></summary><p>${words.lockedOutHow}</p></details>`
  return alonePage(frame, { title, body, script: passkeyScript })
}

function onTrial(frame: Frame, { refused }: SignInPage): Html {
  const words = signInWordsIn(frame.language)
  const reason = 'not-set-up'
  const why =
    refused.reason === reason ? refused : { reason, sentence: wordsIn(frame.language).refusals[reason] }
  return html`<section class="paper"><h1>${words.title}</h1>${refusalAlert(wordsIn(frame.language), why as Refused)}<p class="note">${words.onTrial}</p></section>
<a class="main" href="${frame.hrefs.card}">${wordsIn(frame.language).backToCard}</a>`
}

function passwordForm(frame: Frame, { slug, email, next, refused }: SignInPage): Html {
  const words = signInWordsIn(frame.language)
  const isWrong = refused.reason === 'wrong-password'
  return postForm({
    action: routes.owner.signIn.href({ cafe: slug }),
    id: 'sign-in',
    frame,
    body: html`${hidden('next', next)}${field({ name: 'email', label: words.email, type: 'email', inputmode: 'email', autocomplete: 'username', value: email })}
${field({ name: 'password', label: words.password, type: 'password', autocomplete: 'current-password', isWrong })}
<button class="main">${words.signIn}</button>`,
  })
}

function passkeyPart(frame: Frame, { slug, next, passkey }: SignInPage): Html | null {
  if (passkey === null) return null
  const words = signInWordsIn(frame.language)
  return passkeyForm(frame, {
    action: routes.owner.passkeySignIn.href({ cafe: slug }),
    what: 'get',
    ask: passkey,
    body: html`${hidden('next', next)}<button class="plain">${words.withPasskey}</button>`,
  })
}
