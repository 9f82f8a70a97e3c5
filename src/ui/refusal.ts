// What went wrong, said where it can be put right.
import { html } from 'hono/html'
import type { Html } from './frame.ts'
import type { Refusal, Words } from './words/words.ts'

/** `sentence` replaces the usual words where the caller knows more, such as when it will work again. */
export type Refused = { reason: Refusal; sentence?: string }

export const refusalId = 'refusal'

export function refusalAlert(words: Words, refused: Refused | null): Html | null {
  if (refused === null) return null
  const sentence = refused.sentence ?? words.refusals[refused.reason]
  return html`<p id="${refusalId}" class="refusal" role="alert" data-reason="${refused.reason}">${sentence}</p>`
}
