/** What went over the wire in one exchange, line by line, and what each attribute of a cookie says. */

import { inspect } from 'node:util'
import { html } from 'hono/html'
import type { WireWords } from '../words/cafe-words.ts'
import type { Html } from './document.ts'

export interface Lines {
  /** `POST /cafe/` */
  readonly request: string
  readonly host: string
  /** Header lines that say where the request comes from. */
  readonly source: readonly string[]
  readonly cookie: string | null
  readonly status: number
  readonly setCookies: readonly string[]
  /** The latest there were: explained below, even where this answer has none. */
  readonly given: readonly string[]
  /** Whether the explanations are open from the start. */
  readonly isExplained: boolean
}

export function wireOf(lines: Lines, words: WireWords): Html {
  const sent = [`→ ${lines.request}`, `Host: ${lines.host}`, ...lines.source].join('\n')
  const cookie = lines.cookie === null ? html`<i>${words.noCookie}</i>` : html`<b>Cookie: ${lines.cookie}</b>`
  const set = lines.setCookies.map((line) => html`<b>Set-Cookie: ${line}</b>\n`)
  const answer = lines.setCookies.length === 0 ? html`<i>${words.noSetCookie}</i>` : set
  return html`<h2>${words.exchange}</h2>
<pre class="wire" data-cookie="${lines.cookie ?? ''}">${sent}
${cookie}

← ${lines.status}
${answer}</pre>
${lines.given.map((line) => attributesOf(line, lines, words))}`
}

function attributesOf(line: string, { host, isExplained }: Lines, words: WireWords): Html {
  const [pair = '', ...attributes] = line.split('; ')
  const name = pair.split('=')[0] ?? ''
  const has = (attribute: string) =>
    attributes.some((one) => one === attribute || one.startsWith(`${attribute}=`))
  const missing: [attribute: string, said: string][] = [
    ['Max-Age', has('Max-Age') || has('Expires') ? '' : words.says.session],
    ['HttpOnly', has('HttpOnly') ? '' : words.says.readable],
    ['Secure', has('Secure') ? '' : words.says.insecure],
    ['Domain', has('Domain') ? '' : words.says.hostOnly(host.replace(/:\d+$/, ''))],
  ]
  const rows = [
    html`<dt>${name}=…</dt><dd>${words.says.value(name)}</dd>`,
    ...attributes.map((one) => html`<dt>${one}</dt><dd>${saying(one, words)}</dd>`),
    ...missing
      .filter(([, said]) => said !== '')
      .map(([attribute, said]) => html`<dt><s>${attribute}</s></dt><dd>${said}</dd>`),
  ]
  return html`<details class="says"${isExplained ? html` open` : null}><summary>${words.attributes}: <code>${name}</code></summary><pre class="wire">Set-Cookie: ${line}</pre><dl>${rows}</dl></details>`
}

function saying(attribute: string, { says }: WireWords): string {
  const [name, value = ''] = attribute.split('=')
  if (name === 'Max-Age') return says.maxAge(Number(value))
  if (name === 'Expires') return says.maxAge((Date.parse(value) - Date.now()) / 1000)
  if (name === 'Path') return says.path(value)
  if (name === 'HttpOnly') return says.httpOnly
  if (name === 'Secure') return says.secure
  return value === 'Strict' || value === 'None' ? says.sameSite[value] : says.sameSite.Lax
}

/** What scripts of this page can read. Filled in by frame.browser.js. */
export function scriptView(words: WireWords): Html {
  return html`<h2>${words.documentCookie}</h2>
<pre class="wire" data-document-cookie data-empty="${words.documentCookieEmpty}"></pre>
<noscript><p>${words.documentCookieNoScript}</p></noscript>`
}

export function serverView(kept: unknown, words: WireWords): Html {
  const text =
    kept === null ? words.serverNothing : inspect(kept, { depth: 4, breakLength: 76, maxArrayLength: 12 })
  return html`<h2>${words.server}</h2><pre class="wire" id="server">${text}</pre>`
}
