// Setting up an authenticator app: scan, then show that it was scanned.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { totpSecretText, totpUri } from '../../sign-in/totp.ts'
import { field } from '../../ui/field.ts'
import { hidden, postForm } from '../../ui/form.ts'
import { qrCode } from '../../ui/qr.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { securityWordsIn } from '../../ui/words/security-words.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { wayToConfirm } from './confirm.ts'
import { type OwnerFrame, ownerPage } from './owner-frame.ts'

export type TotpShown = {
  secret: Uint8Array
  /** The secret as the form brings it back. */
  signed: string
  whose: { cafeName: string; email: string }
  refused: Refused | null
}

export function totpPage(frame: OwnerFrame, { secret, signed, whose, refused }: TotpShown): string {
  const words = securityWordsIn(frame.language)
  const form = postForm({
    action: routes.owner.totp.href({ cafe: frame.slug }),
    id: 'totp',
    frame,
    body: html`${hidden('secret', signed)}${field({ name: 'code', label: words.code, inputmode: 'numeric', autocomplete: 'one-time-code', isWrong: refused?.reason === 'wrong-second-factor' })}<button class="main">${words.confirm}</button>`,
  })
  const way = refused?.reason === 'reauthenticate' ? wayToConfirm(frame) : null
  const body = html`<h1>${words.addApp}</h1>${refusalAlert(wordsIn(frame.language), refused)}${way}
<section class="paper"><p>${words.scan}</p>${qrCode(totpUri(secret, whose), words.qr)}
<p class="note">${words.byHand}</p><p class="address" data-secret>${totpSecretText(secret)}</p><p>${words.thenType}</p>${form}</section>
<a class="plain" href="${routes.owner.security.href({ cafe: frame.slug })}">${words.back}</a>`
  return ownerPage(frame, { title: words.addApp, body, current: 'security' })
}
