// The page of an invitation: who is invited, what they may set for themselves, and one button.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { layout } from '../../ui/layout.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { wordsIn } from '../../ui/words/words.ts'
import type { StaffFrame } from './staff-frame.ts'

export type InvitationShown = {
  name: string
  /** Managers sign in by a password, too, once they have set one. */
  asksPassword: boolean
  asksEmail: boolean
  /** As it was typed. */
  email: string
  token: string
  refused: Refused | null
}

export function invitationPage(frame: StaffFrame, shown: InvitationShown): string {
  const { staff, slug } = frame
  const cafe = frame.cafe?.name ?? ''
  const form = postForm({
    action: routes.staff.invitation.href({ cafe: slug, token: shown.token }),
    id: 'invitation',
    frame,
    body: html`<div class="field"><label for="pin">${staff.ownPin}</label>
<input id="pin" name="pin" type="password" inputmode="numeric" autocomplete="off" maxlength="6" pattern="[0-9]{6}" aria-describedby="pin-use">
<p id="pin-use" class="note">${staff.ownPinHint}</p></div>${shown.asksPassword ? passwordFields(frame, shown) : null}<button class="main">${staff.start}</button>`,
  })
  const title = staff.invited({ name: shown.name, cafe })
  return layout(frame, {
    title,
    section: 'staff',
    body: html`<section class="paper alone"><h1>${title}</h1>${refusalAlert(wordsIn(frame.language), shown.refused)}
<p>${staff.invitedHint}</p>${form}</section>`,
  })
}

function passwordFields({ staff }: StaffFrame, { asksEmail, email }: InvitationShown): Html {
  const emailField = asksEmail
    ? html`<div class="field"><label for="email">${staff.ownEmail}</label><input id="email" name="email" type="email" autocomplete="username" value="${email}"></div>`
    : null
  return html`${emailField}<div class="field"><label for="password">${staff.ownPassword}</label>
<input id="password" name="password" type="password" autocomplete="new-password" aria-describedby="password-use">
<p id="password-use" class="note">${staff.ownPasswordHint}</p></div>`
}

export function linkOverPage(frame: StaffFrame, refused: Refused): string {
  const words = wordsIn(frame.language)
  return layout(frame, {
    title: words.oops,
    section: 'staff',
    body: html`<section class="paper alone"><h1>${words.oops}</h1>${refusalAlert(words, refused)}</section>`,
  })
}
