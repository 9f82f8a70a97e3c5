// One's own account: where one is signed in, the password, and the second lock.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { field } from '../../ui/field.ts'
import { postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { type SecurityWords, securityWordsIn } from '../../ui/words/security-words.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { wayToConfirm } from './confirm.ts'
import { type OwnerFrame, ownerPage } from './owner-frame.ts'
import type { PasskeyAsk } from './passkey-ask.ts'
import { passkeyForm, passkeyScript } from './passkey-form.ts'

export type SessionShown = {
  id: string
  device: { browser: string; system: string } | null
  address: string
  seen: string
  isThis: boolean
  isStaffScreen: boolean
}

export type SecurityShown = {
  sessions: readonly SessionShown[]
  passkeys: readonly { id: string; name: string; used: string | null }[]
  /** Null where browsers have no passkeys. */
  offer: PasskeyAsk | null
  hasPassword: boolean
  hasTotp: boolean
  /** Whether they have proven lately who they are: then the present password need not be typed. */
  isProven: boolean
  refused: Refused | null
  /** Which form the refusal is about. */
  form: 'password' | 'passkey' | 'other'
  /** What a new passkey is to be called, as it was typed. */
  name: string
}

export function securityPage(frame: OwnerFrame, shown: SecurityShown): string {
  const words = securityWordsIn(frame.language)
  const { refused } = shown
  const alert = refusalAlert(wordsIn(frame.language), refused)
  const way = refused?.reason === 'reauthenticate' ? wayToConfirm(frame) : null
  const body = html`<h1>${words.title}</h1>${alert}${way}
${sessionsPart(frame, words, shown)}
${passwordPart(frame, words, shown)}
${passkeysPart(frame, words, shown)}
${appPart(frame, words, shown)}`
  return ownerPage(frame, { title: words.title, body, current: 'security', script: passkeyScript })
}

function sessionsPart(frame: OwnerFrame, words: SecurityWords, { sessions }: SecurityShown): Html {
  const items = sessions.map((session) => {
    const name = session.device === null ? words.unknownDevice : words.deviceOn(session.device)
    const marks = [session.isThis ? words.thisOne : null, session.isStaffScreen ? words.onOwnPhone : null]
    const end = postForm({
      action: routes.owner.sessionEnd.href({ cafe: frame.slug, session: session.id }),
      frame,
      body: html`<button class="small">${words.end}</button>`,
    })
    return html`<li class="head" data-session="${session.id}"><span><b>${name}</b> ${marks.map((mark) => (mark === null ? null : html`<span class="flag">${mark}</span> `))}<br><span class="quiet">${words.seen(session.seen)} · ${words.from(session.address)}</span></span>${session.isThis ? null : end}</li>`
  })
  const others = postForm({
    action: routes.owner.sessionsEnd.href({ cafe: frame.slug }),
    id: 'end-others',
    frame,
    body: html`<button class="small">${words.endOthers}</button>`,
  })
  return html`<section class="paper" id="sessions"><h2>${words.sessions}</h2><ul class="rows">${items}</ul>${sessions.length > 1 ? html`<p class="note">${words.sessionsAbout}</p>${others}` : null}</section>`
}

function passwordPart(frame: OwnerFrame, words: SecurityWords, shown: SecurityShown): Html {
  const { hasPassword, isProven, form } = shown
  const reason = form === 'password' ? shown.refused?.reason : undefined
  const present =
    hasPassword && !isProven
      ? field({
          name: 'current',
          label: words.present,
          type: 'password',
          autocomplete: 'current-password',
          isWrong: reason === 'wrong-password',
        })
      : null
  const fresh = field({
    name: 'password',
    label: words.fresh,
    type: 'password',
    autocomplete: 'new-password',
    isWrong: reason?.startsWith('password-') === true,
  })
  const change = postForm({
    action: routes.owner.password.href({ cafe: frame.slug }),
    id: 'password-form',
    frame,
    body: html`${present}${fresh}<button class="main">${words.change}</button>`,
  })
  return html`<section class="paper"><h2>${words.password}</h2><p class="note">${words.passwordAbout}</p>${change}</section>`
}

function passkeysPart(
  frame: OwnerFrame,
  words: SecurityWords,
  { passkeys, offer, refused, form, name: typed }: SecurityShown,
): Html {
  const items = passkeys.map(({ id, name, used }) => {
    const remove = postForm({
      action: routes.owner.passkeyRemoval.href({ cafe: frame.slug, passkey: id }),
      frame,
      body: html`<button class="small">${words.remove}</button>`,
    })
    return html`<li class="head"><span><b>${name}</b><br><span class="quiet">${used === null ? words.neverUsed : words.used(used)}</span></span>${remove}</li>`
  })
  const isWrong = form === 'passkey' && refused?.reason === 'name-missing'
  const add =
    offer === null
      ? html`<p class="note">${words.passkeysNeed}</p>`
      : passkeyForm(frame, {
          action: routes.owner.passkeys.href({ cafe: frame.slug }),
          what: 'create',
          ask: offer,
          id: 'add-passkey',
          body: html`${field({ name: 'name', value: typed, label: words.passkeyName, note: words.passkeyExample, isWrong })}<button class="plain">${words.addPasskey}</button>`,
        })
  return html`<section class="paper" id="passkeys"><h2>${words.factors} · ${words.passkeys}</h2><p class="note">${words.factorsAbout} ${words.passkeysAbout}</p>${passkeys.length === 0 ? html`<p class="quiet">${words.noPasskeys}</p>` : html`<ul class="rows">${items}</ul>`}${add}</section>`
}

function appPart(frame: OwnerFrame, words: SecurityWords, { hasTotp }: SecurityShown): Html {
  const heading = html`<h2>${words.factors} · ${words.app}</h2>`
  if (!hasTotp) {
    const href = routes.owner.totp.href({ cafe: frame.slug })
    return html`<section class="paper" id="app">${heading}<p class="note">${words.appAbout}</p><a class="plain" href="${href}">${words.addApp}</a></section>`
  }
  const remove = postForm({
    action: routes.owner.totpRemoval.href({ cafe: frame.slug }),
    frame,
    body: html`<button class="small">${words.removeApp}</button>`,
  })
  return html`<section class="paper" id="app">${heading}<p class="good">${words.appThere}</p>${remove}</section>`
}
