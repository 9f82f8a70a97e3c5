// The audit log, a sentence a line: what, to whom or what, by whom, at which device, from where and when.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import type { Audit } from '../../rules/audit.ts'
import { clockOf } from '../../ui/card.ts'
import type { Html } from '../../ui/frame.ts'
import { exactTime } from '../../ui/when.ts'
import { auditWordsIn } from '../../ui/words/audit-words.ts'
import type { Names } from './names.ts'
import { type OwnerFrame, ownerPage } from './owner-frame.ts'

export interface AuditShown {
  readonly lines: readonly Audit[]
  readonly names: Names
  readonly isNewest: boolean
  /** Where the next, older page begins, or null. */
  readonly olderBefore: number | null
}

export function auditPage(frame: OwnerFrame, { lines, names, isNewest, olderBefore }: AuditShown): string {
  const words = auditWordsIn(frame.language)
  const href = routes.owner.audit.href({ cafe: frame.slug })
  const newest = isNewest ? null : html`<a class="act" href="${href}">${words.newest}</a>`
  const older =
    olderBefore === null
      ? null
      : html`<a class="act" rel="next" href="${href}?before=${olderBefore}">${words.older}</a>`
  const list =
    lines.length === 0
      ? html`<p class="quiet">${words.empty}</p>`
      : html`<ol class="lines" reversed start="${lines[0]?.number ?? 1}">${lines.map((line) => lineItem(frame, line, names))}</ol>`
  const body = html`<h1>${words.title}</h1><p class="quiet">${words.about}</p>
<section class="paper">${list}<p class="head">${newest}${older}</p></section><p class="note">${words.proof}</p>`
  return ownerPage(frame, { title: words.title, body, current: 'audit' })
}

function lineItem(frame: OwnerFrame, line: Audit, names: Names): Html {
  const words = auditWordsIn(frame.language)
  const subject = line.subject === null ? null : nameOf(line.subject, names)
  const whom = subject && html` <span>“${subject}”</span>`
  const person = line.personId === null ? null : (names.people.get(line.personId) ?? null)
  const device = line.deviceId === null ? null : (names.devices.get(line.deviceId) ?? null)
  const actor = words.actors[line.actor]
  const who = [person === null ? actor : `${person} (${actor})`, device, line.address]
  const about = [...who, exactTime(clockOf(frame), line.atMs)].filter((part) => part !== null).join(' · ')
  return html`<li data-act="${line.act}" data-number="${line.number}"><span><b>${words.acts[line.act]}</b>${whom}${factsOf(frame, line)}</span><span class="quiet"><span class="unseen">${words.line(line.number)} · </span>${about}</span></li>`
}

/** Ids are in the log, names are not: whoever is renamed or forgotten is so here too. */
function nameOf(id: string, names: Names): string | null {
  return names.people.get(id) ?? names.devices.get(id) ?? names.branches.get(id) ?? null
}

/** What was before stands in the log as a fact of its own: the two are read together, and what stayed is left out. */
function factsOf({ language }: OwnerFrame, { facts }: Audit): Html | null {
  const words = auditWordsIn(language)
  const word = (value: string | number) => words.values[String(value)] ?? String(value)
  const said = Object.entries(facts).flatMap(([name, value]) => {
    const before = facts[`${name}Before`]
    if (name.endsWith('Before') || before === value) return []
    const label = words.facts[name] ?? name
    return [`${label} ${before === undefined ? '' : `${word(before)} → `}${word(value)}`]
  })
  return said.length === 0 ? null : html` <span class="quiet">${said.join(' · ')}</span>`
}
