/** The questions that the last 30 days leave for the owner (rules/honesty.ts), as a part of a page. */
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { type Finding, findOddities } from '../../rules/honesty.ts'
import { dayOf } from '../../rules/limits.ts'
import { clockOf } from '../../ui/card.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { dayOrTime } from '../../ui/when.ts'
import { honestyWordsIn } from '../../ui/words/honesty-words.ts'
import type { Visit } from '../visit.ts'

const PERIOD_MS = 30 * 24 * 60 * 60 * 1000
const SHOWN_MAX = 10 // what an owner asks about in one evening

export async function questionsFor({ context, cafe, nowMs }: Visit, frame: Frame): Promise<Html> {
  const lines = await context.store.entries.byStaffSince(cafe.id, nowMs - PERIOD_MS)
  const names = new Map((await context.store.people.list(cafe.id)).map(({ id, name }) => [id, name]))
  const findings = findOddities(lines, daysIn(cafe.timeZone)).slice(0, SHOWN_MAX)
  const words = honestyWordsIn(frame.language)
  if (findings.length === 0)
    return html`<section class="paper questions"><h2>${words.heading}</h2><p class="note">${words.none}</p></section>`
  const item = (finding: Finding) => {
    const sentence = words.sentences[finding.kind]({
      person: names.get(finding.personId) ?? '?',
      count: finding.count,
    })
    const href = finding.cardId && routes.staff.card.href({ cafe: cafe.slug, card: finding.cardId })
    const look = href && html` <a href="${href}">${words.look}</a>`
    return html`<li data-finding="${finding.kind}"><span>${sentence}${look}</span><time>${dayOrTime(clockOf(frame), finding.lastAtMs)}</time></li>`
  }
  return html`<section class="paper questions"><h2>${words.heading}</h2><p class="note">${words.lead}</p><ul>${findings.map(item)}</ul></section>`
}

/** Days and hours as the café counts them. */
function daysIn(timeZone: string) {
  return {
    dayOf: (atMs: number) => dayOf(atMs, timeZone),
    hourOf: (atMs: number) => Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone).hour,
  }
}
