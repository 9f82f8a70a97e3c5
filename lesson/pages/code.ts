/** A way's file, shown as it is: read from the disk, a line beside each number. */

import { readFileSync } from 'node:fs'
import { html } from 'hono/html'
import type { Html } from './document.ts'

/** The text of a file in lesson/ways/, without the last line break. */
export function readCode(file: string): string {
  return readFileSync(new URL(`../ways/${file}`, import.meta.url), 'utf8').trimEnd()
}

export function codeView(file: string, label: string): Html {
  const lines = readCode(file)
    .split('\n')
    .map((line) => html`<span class="line">${coloured(line)}\n</span>`)
  return html`<pre class="code" id="code" tabindex="0" role="region" aria-label="${label}"><code>${lines}</code></pre>`
}

// Comments and texts: enough to see the shape of a file from the last row of a classroom.
const part = /(\/\*\*.*?\*\/|\/\/.*$)|('[^']*'|`[^`]*`)/g

function coloured(line: string): Html[] {
  const parts: Html[] = []
  let end = 0
  for (const match of line.matchAll(part)) {
    parts.push(html`${line.slice(end, match.index)}`)
    parts.push(match[1] ? html`<i>${match[0]}</i>` : html`<em>${match[0]}</em>`)
    end = match.index + match[0].length
  }
  return [...parts, html`${line.slice(end)}`]
}
