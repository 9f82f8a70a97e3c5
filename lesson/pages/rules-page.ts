/** Cookies' own rules, each tried in the browser that is looking, and the 403 that is never switched off. */

import { html } from 'hono/html'
import { type Experiment, experiments, type Findings } from '../experiments.ts'
import { prefixOf } from '../look.ts'
import { jarHost, originOf, strangerHost } from '../places.ts'
import type { RulesWords } from '../words/words.ts'
import { wordsIn } from '../words/words-in.ts'
import type { Html } from './document.ts'
import { type Frame, layout, postForm } from './layout.ts'

interface Input {
  readonly url: URL
  readonly findingsOf: (experiment: string) => Findings | null
}

export function rulesPage(frame: Frame, { url, findingsOf }: Input): string {
  const { rules, page } = wordsIn(frame.look.language)
  const jar = `${originOf(jarHost('x'), url)}/?look=${prefixOf(frame.look).slice(1)}`
  const evil = `${originOf(strangerHost('evil'), url)}${prefixOf(frame.look)}/`
  const tried = experiments.map((one) => experimentPart(frame, one, findingsOf(one.name), rules))
  return layout(
    frame,
    html`<h1>${rules.title}</h1>
${rules.lead.map((paragraph) => html`<p class="lead">${paragraph}</p>`)}
<h2>${rules.travel}</h2>
<ul>${rules.travelLines.map((line) => html`<li>${line}</li>`)}</ul>
<h2>${rules.experiments}</h2>
<p>${rules.experimentsLead}</p>
<div class="cards">${tried}</div>
<h3>${rules.jarFrame}</h3>
<p>${rules.jarLead}</p>
<iframe class="low" title="${rules.jarFrame}" name="jar" src="${jar}"></iframe>
<p>${rules.strangerLead}</p>
<iframe class="low" title="${page.strangerFrame('evil')}: ${rules.jarTitle}" name="crossing" src="${evil}"></iframe>
<h2 id="csrf">${rules.csrf}</h2>
${rules.csrfLines.map((line) => html`<p>${line}</p>`)}
<h3>${rules.csrfFrame}</h3>
<iframe class="low" title="${rules.csrfFrame}" name="csrf" src="${evil}?way=4&amp;way=8"></iframe>`,
  )
}

function experimentPart(frame: Frame, one: Experiment, findings: Findings | null, rules: RulesWords): Html {
  const said = rules.each[one.name]
  const places = (['x', 'menu', 'y'] as const).map((place) => {
    const came = findings?.[place] === true
    return html`<li data-place="${place}" data-came="${String(came)}">${came ? '✓' : '✗'} ${rules.placeNames[place]}: ${came ? rules.cameBack : rules.notBack}</li>`
  })
  const result = html`<div role="status"><ul class="places">${places}</ul><p>${said?.expect}</p></div>`
  return html`<section class="card" id="${one.name}"><h3>${said?.title}</h3>
<pre class="wire">Set-Cookie: ${one.line}</pre>
${postForm(frame, `/rules/${one.name}/`, html`<button class="plain">${rules.set}<span class="hidden">: ${said?.title}</span></button>`)}
${findings === null ? null : result}</section>`
}
