/** The first page: the question, and the whole chain as a table. */

import { html } from 'hono/html'
import { wordsIn } from '../words/words-in.ts'
import { type Frame, layout, linkTo } from './layout.ts'

export function overviewPage(frame: Frame): string {
  const { overview, ways } = wordsIn(frame.look.language)
  const [way, where, who, breaks] = overview.columns
  const rows = ways.map(
    (
      each,
      index,
    ) => html`<tr><th scope="row"><a href="${linkTo(frame, `/${index + 1}/`)}">${index + 1} · ${each.title}</a></th>
<td data-label="${where}">${each.where}</td><td data-label="${who}">${each.who}</td><td data-label="${breaks}">${each.breaks}</td></tr>`,
  )
  return layout(
    frame,
    html`<h1>${overview.title}</h1>
${overview.lead.map((paragraph) => html`<p class="lead">${paragraph}</p>`)}
<p><a class="main" href="${linkTo(frame, '/1/')}">${overview.start}</a></p>
<table><caption>${overview.caption}</caption>
<thead><tr><th scope="col">${way}</th><th scope="col">${where}</th><th scope="col">${who}</th><th scope="col">${breaks}</th></tr></thead>
<tbody>${rows}</tbody></table>
<p>${overview.howTo}</p>
<p class="muted">${overview.browsers}</p>`,
  )
}
