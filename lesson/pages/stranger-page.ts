/** Somebody else's page, which customer A is looking at: its buttons send A's browser to the café. */

import { html } from 'hono/html'
import { type Look, prefixOf } from '../look.ts'
import { customerHost, jarHost, originOf, type Stranger } from '../places.ts'
import { wordsIn } from '../words/words-in.ts'
import { documentOf } from './document.ts'

export function strangerPage(input: {
  look: Look
  stranger: Stranger
  url: URL
  ways: readonly number[]
}): string {
  const { look, stranger, url, ways } = input
  const words = wordsIn(look.language)
  const said = words.strangers[stranger]
  const jar = `${originOf(jarHost('x'), url)}/?look=${prefixOf(look).slice(1)}`
  const posts = ways.map(
    (
      way,
    ) => html`<form method="post" action="${originOf(customerHost('a', way), url)}${prefixOf(look)}/cafe/">
<button class="main" data-way="${way}">${said.button}${ways.length > 1 ? ` → ${way}` : null}</button></form>`,
  )
  // In a tab of its own, because that is where links from other sites lead.
  const visits = html`<form method="get" action="${jar.split('?')[0]}" target="_blank"><input type="hidden" name="look" value="${prefixOf(look).slice(1)}"><button class="plain" id="by-link">${said.link}</button></form>
<form method="post" action="${jar}" target="_blank"><button class="plain" id="by-form">${said.post}</button></form>`
  return documentOf({
    look,
    title: said.title,
    script: 'frame',
    attributes: { class: 'framed stranger', 'data-lesson': originOf('cafe.localhost', url) },
    body: html`<header class="browser"><b>${url.host}</b></header>
<main><h1>${said.title}</h1><p>${said.lead}</p>${ways.length > 0 ? posts : visits}</main>`,
  })
}
