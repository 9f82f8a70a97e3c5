// A card's lines with who made each and where; beside a line the way to take it back, for whoever may.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { clockOf } from '../../ui/card.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { dayOrTime } from '../../ui/when.ts'
import { wordsIn } from '../../ui/words/words.ts'
import type { HistoryLine, HistoryShown } from './history-shown.ts'
import { undoForm } from './lines-page.ts'
import type { StaffFrame } from './staff-frame.ts'

export function historySection(
  frame: StaffFrame,
  { id, history }: { id: string; history: HistoryShown },
): Html | null {
  if (history.lines.length === 0) return null
  const items = history.lines.map((line) => historyItem(frame, line))
  const href = routes.staff.card.href({ cafe: frame.slug, card: id })
  const older =
    history.olderId === null
      ? null
      : html`<p><a href="${`${href}?from=${history.olderId}`}">${wordsIn(frame.language).older}</a></p>`
  return html`<section class="history"><h2>${frame.staff.history}</h2><ul>${items}</ul>${older}</section>`
}

function historyItem(frame: StaffFrame, line: HistoryLine): Html {
  const { staff } = frame
  const { gained, lost } = wordsIn(frame.language).entries[line.kind]
  const signed = line.stamps < 0 ? `${lost} −${-line.stamps}` : `${gained} +${line.stamps}`
  const by = [line.person ?? staff.by[line.by], line.device].filter((name) => name !== null).join(' · ')
  const over = line.isOverLimit ? html` · ${staff.overLimit}` : null
  const reason = line.reason === null ? null : html` · ${line.reason}`
  return html`<li><b>${signed}</b><span>${dayOrTime(clockOf(frame), line.atMs)}</span><small>${by}${over}${reason}</small>${undoOf(frame, line)}</li>
`
}

function undoOf(frame: StaffFrame, line: HistoryLine): Html | null {
  if (line.undo === null) return null
  if (line.undo === 'tap') return undoForm(frame, { ...line, entryId: line.id }, 'card')
  return html`${undoWithReason(frame, line)}${line.mayMove ? moveWithReason(frame, line) : null}`
}

function undoWithReason(frame: StaffFrame, { id, typed }: HistoryLine): Html {
  const { staff, slug } = frame
  const isTyped = typed?.phone === null
  const form = postForm({
    action: routes.staff.voids.href({ cafe: slug, entry: id }),
    frame,
    body: html`${hidden('back', 'card')}${reasonField(frame, { id: `reason-${id}`, value: isTyped ? typed.reason : '' })}<button class="plain">${staff.undo}</button>`,
  })
  return html`<details class="why"${isTyped ? html` open` : null}><summary><u>${staff.undoWithReason}</u></summary>${form}</details>`
}

function moveWithReason(frame: StaffFrame, { id, typed }: HistoryLine): Html {
  const { staff, slug } = frame
  const phone = typed?.phone ?? null
  const form = postForm({
    action: routes.staff.moves.href({ cafe: slug, entry: id }),
    frame,
    body: html`<div class="field"><label for="phone-${id}">${staff.rightNumber}</label>
<input id="phone-${id}" name="phone" inputmode="tel" maxlength="40" required autocomplete="off" value="${phone ?? ''}"></div>
${reasonField(frame, { id: `move-${id}`, value: phone === null ? '' : (typed?.reason ?? '') })}<button class="plain">${staff.move}</button>`,
  })
  return html`<details class="why"${phone === null ? null : html` open`}><summary><u>${staff.moveWithReason}</u></summary>${form}</details>`
}

function reasonField({ staff }: StaffFrame, { id, value }: { id: string; value: string }): Html {
  return html`<div class="field"><label for="${id}">${staff.reason}</label>
<input id="${id}" name="reason" maxlength="200" required autocomplete="off" value="${value}"></div>`
}
