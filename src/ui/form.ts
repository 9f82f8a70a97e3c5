// A form that changes something: guarded against other sites, and safe to press twice.
import { html } from 'hono/html'
import type { Frame, Html } from './frame.ts'

export function postForm(input: { action: string; id?: string; frame: Frame; body: Html }): Html {
  const { action, id, frame, body } = input
  const idAttribute = id === undefined ? '' : html` id="${id}"`
  return html`<form method="post" action="${action}"${idAttribute}>${hidden('csrf_token', frame.forms.csrfToken())}${hidden('idempotency_key', frame.forms.keyFor(action))}${body}</form>`
}

export function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`
}
