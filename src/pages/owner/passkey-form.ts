// A form that the browser fills in with a passkey. Without JavaScript there is none, so it says so.
import { html } from 'hono/html'
import { hidden } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { loadScript } from '../../ui/script.ts'
import { signInWordsIn } from '../../ui/words/sign-in-words.ts'
import type { PasskeyAsk } from './passkey-ask.ts'

/** Goes with every page that has such a form. */
export const passkeyScript = loadScript(import.meta.url, '../../sign-in/passkey.browser.js')

export function passkeyForm(
  frame: Frame,
  input: { action: string; what: 'get' | 'create'; ask: PasskeyAsk; body: Html; id?: string },
): Html {
  const { action, what, ask, body, id = 'passkey' } = input
  const { passkeyFailed } = signInWordsIn(frame.language)
  return html`<form method="post" action="${action}" id="${id}" data-passkey="${what}" data-options="${ask.options}">${hidden('csrf_token', frame.forms.csrfToken())}${hidden('idempotency_key', frame.forms.keyFor(action))}${hidden('challenge', ask.challenge)}${hidden('passkey', '')}${body}
<p class="refusal" data-passkey-failed hidden>${passkeyFailed}</p></form>`
}
