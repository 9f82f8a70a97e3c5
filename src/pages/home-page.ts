// Several cafés under one roof: a plain list, nothing to search or rank.
import { html } from 'hono/html'
import type { Frame } from '../ui/frame.ts'
import { layout } from '../ui/layout.ts'
import { wordsIn } from '../ui/words/words.ts'

export function homePage(frame: Frame, cafes: { name: string; href: string }[]): string {
  const words = wordsIn(frame.language)
  const links = cafes.map(({ name, href }) => html`<li><a href="${href}">${name}</a></li>`)
  const list =
    cafes.length === 0 ? html`<p class="note">${words.noCafeYet}</p>` : html`<ul class="cafes">${links}</ul>`
  return layout(frame, { title: words.home, body: html`<h1>${words.chooseCafe}</h1>${list}` })
}
