// A page that only has something to say, and a way back to somewhere good.
import { html } from 'hono/html'
import type { Frame } from './frame.ts'
import { layout } from './layout.ts'
import { type Refused, refusalAlert } from './refusal.ts'
import { wordsIn } from './words/words.ts'

/** 404 and every other refusal that has no form of its own to stand in. */
export function messagePage(frame: Frame, refused: Refused): string {
  const words = wordsIn(frame.language)
  const isNotFound = refused.reason === 'not-found' || refused.reason === 'cafe-not-found'
  const title = isNotFound ? words.notFound : words.oops
  const isHome = frame.cafe === null || frame.maskedPhone === null
  const href = frame.cafe === null ? frame.hrefs.home : frame.hrefs.card
  return layout(frame, {
    title,
    body: html`<section class="paper"><h1>${title}</h1>${refusalAlert(words, refused)}</section>
<a class="main" href="${href}">${isHome ? words.backHome : words.backToCard}</a>`,
  })
}
