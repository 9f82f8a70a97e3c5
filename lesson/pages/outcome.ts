/** What came of an attack: the facts as they happened, then why, then what follows from it. */

import { html } from 'hono/html'
import type { Report } from '../attacks.ts'
import type { Fact } from '../fact.ts'
import type { PageWords } from '../words/page-words.ts'
import type { AttackWords } from '../words/words.ts'
import type { Html } from './document.ts'

export function outcome(input: {
  report: Report
  works: boolean
  said: AttackWords
  words: PageWords
}): Html {
  const { report, works, said, words } = input
  const verdict = report.worked ? words.worked : words.held
  const facts = report.facts.map((fact) => html`<li>${lineOf(fact, words.facts)}</li>`)
  const explained = html`<p class="big">${said.happened}</p>
<h4>${words.why}</h4><p>${said.why}</p>
<h4>${words.whyNext}</h4><p>${said.next}</p>`
  return html`<div class="outcome" role="status" data-worked="${String(report.worked)}">
<p class="verdict">${verdict}</p>
<h4>${words.happened}</h4>
<ol>${facts}</ol>
${report.worked === works ? explained : html`<p class="big">${words.otherwise}</p>`}
</div>`
}

function lineOf<K extends Fact['kind']>(
  fact: Extract<Fact, { kind: K }>,
  lines: { readonly [Each in Fact['kind']]: (fact: Extract<Fact, { kind: Each }>) => string },
): string {
  const line: (fact: Extract<Fact, { kind: K }>) => string = lines[fact.kind as K]
  return line(fact)
}
