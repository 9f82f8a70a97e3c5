/** The page of x.jar.cafe.localhost: what this browser has just sent there, and what scripts can read. */

import { html } from 'hono/html'
import { type Look, prefixOf } from '../look.ts'
import { originOf } from '../places.ts'
import { wordsIn } from '../words/words-in.ts'
import { documentOf } from './document.ts'
import { scriptView, wireOf } from './wire.ts'

export function jarPage({ look, url, request }: { look: Look; url: URL; request: Request }): string {
  const words = wordsIn(look.language)
  const query = `?look=${prefixOf(look).slice(1)}`
  const site = request.headers.get('sec-fetch-site')
  const lines = {
    request: `${request.method} ${url.pathname}`,
    host: url.host,
    source: site === null ? [] : [`Sec-Fetch-Site: ${site}`],
    cookie: request.headers.get('cookie'),
    status: 200,
    setCookies: [],
    given: [],
    isExplained: false,
  }
  return documentOf({
    look,
    title: words.rules.jarTitle,
    script: 'frame',
    attributes: { class: 'framed jar', 'data-lesson': originOf('cafe.localhost', url) },
    body: html`<header class="browser"><b>${url.host}</b></header>
<main><h1 class="quiet">${words.rules.jarTitle}</h1>
<p><a href="${url.pathname}${query}">${words.wire.again}</a> · <a href="/menu/${query}">${words.rules.jarMenu}</a></p>
${wireOf(lines, words.wire)}${scriptView(words.wire)}</main>`,
  })
}
