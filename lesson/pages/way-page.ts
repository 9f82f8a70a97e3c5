/** The page of one way: A and B side by side, the attacks and what came of them, the code that runs. */

import { html } from 'hono/html'
import { attacksOn, type NamedAttack, type Report, strangersOf } from '../attacks.ts'
import { prefixOf } from '../look.ts'
import { type Customer, customerHost, originOf, type Stranger, strangerHost } from '../places.ts'
import type { Way } from '../way.ts'
import type { WayWords, Words } from '../words/words.ts'
import { wayWords, wordsIn } from '../words/words-in.ts'
import { codeView, readCode } from './code.ts'
import type { Html } from './document.ts'
import { type Frame, layout, postForm } from './layout.ts'
import { outcome } from './outcome.ts'

interface Input {
  readonly way: Way
  readonly url: URL
  readonly reportOf: (attack: string) => Report | null
}

export function wayPage(frame: Frame, { way, url, reportOf }: Input): string {
  const words = wordsIn(frame.look.language)
  const own = wayWords(words, way.number)
  const facts = [
    [words.page.where, own.where],
    [words.page.whoCan, own.who],
    [words.page.whatBreaks, own.breaks],
  ]
  const attacks = attacksOn(way.number).map((attack, index) =>
    attackPart(frame, { attack, index, way, own, words, report: reportOf(attack.name) }),
  )
  const strangers = strangersOf(way.number).map((stranger, index) =>
    strangerPart(frame, { stranger, index: attacks.length + index, way, own, url }),
  )
  return layout(
    frame,
    html`<p class="kicker">${way.number} / ${words.ways.length}</p>
<h1>${own.title}</h1>
<p class="lead">${own.idea}</p>
<p>${own.how}</p>
<dl class="facts">${facts.map(([term, said]) => html`<div><dt>${term}</dt><dd>${said}</dd></div>`)}</dl>
<h2>${words.page.tryIt}</h2>
<p>${words.page.tryLead}</p>
<div class="pair">${browser(frame, 'a', way, url)}${browser(frame, 'b', way, url)}</div>
${own.byHand ? html`<p class="note">${own.byHand}</p>` : null}
<h2>${words.page.attacks}</h2>
${attacks}${strangers}
<h2>${words.page.code(readCode(way.file).split('\n').length)}</h2>
<p class="muted">lesson/ways/${way.file}</p>
${codeView(way.file, words.page.codeLabel)}
<h2>${words.page.thereforeNext}</h2>
<p class="lead">${own.therefore}</p>
${postForm(frame, `/${way.number}/start-over/`, html`<button class="plain">${words.page.startOver}</button>`)}`,
  )
}

function browser(frame: Frame, who: Customer, way: Way, url: URL): Html {
  const { page } = wordsIn(frame.look.language)
  const source = `${originOf(customerHost(who, way.number), url)}${prefixOf(frame.look)}/cafe/`
  return html`<iframe title="${page.frameTitle(who)}" name="${who}" data-customer="${who}" src="${source}"></iframe>`
}

interface AttackPart {
  readonly attack: NamedAttack
  readonly index: number
  readonly way: Way
  readonly own: WayWords
  readonly words: Words
  readonly report: Report | null
}

function attackPart(frame: Frame, { attack, index, way, own, words, report }: AttackPart): Html {
  const said = own.attacks[attack.name]
  if (said === undefined) throw new RangeError(`Attack ${way.number}/${attack.name} has no words`)
  return html`<section class="attack" id="${attack.name}">
<p class="kicker">${words.page.attackNumber(index + 1)}</p>
<h3>${said.title}</h3>
<p>${said.does}</p>
${postForm(frame, `/${way.number}/attacks/${attack.name}/`, html`<button class="main">${said.button}</button>`)}
${report === null ? null : outcome({ report, works: attack.works, said, words: words.page })}
</section>`
}

interface StrangerPart {
  readonly stranger: Stranger
  readonly index: number
  readonly way: Way
  readonly own: WayWords
  readonly url: URL
}

function strangerPart(frame: Frame, { stranger, index, way, own, url }: StrangerPart): Html {
  const { page } = wordsIn(frame.look.language)
  const said = own.strangers?.[stranger]
  const source = `${originOf(strangerHost(stranger), url)}${prefixOf(frame.look)}/?way=${way.number}`
  return html`<section class="attack" id="${stranger}">
<p class="kicker">${page.attackNumber(index + 1)}</p>
<h3>${said?.title}</h3>
<p>${said?.does}</p>
<iframe class="low" title="${page.strangerFrame(stranger)}" name="${stranger}" src="${source}"></iframe>
<details><summary>${page.why}</summary><p>${said?.why}</p></details>
</section>`
}
