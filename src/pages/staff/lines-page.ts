// What was just done, here and at the kiosk.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { clockOf } from '../../ui/card.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { dayOrTime } from '../../ui/when.ts'
import type { LineShown, OwnLine } from './lines-shown.ts'
import type { StaffFrame } from './staff-frame.ts'

export function lastDoneSection(frame: StaffFrame, own: OwnLine): Html {
  const { staff } = frame
  const undo = own.undoUntilMs === null ? null : undoForm(frame, own, 'home')
  return html`<section class="paper last"><h2>${staff.lastDone}</h2>
${lineLink(frame, own, html`<span>→ <b>${own.balance}</b></span>`)}${undo}</section>`
}

/** One tap, without a reason: stamps that were moved go back to where they were. @param back where to be afterwards */
export function undoForm(
  frame: StaffFrame,
  { entryId, movedFromId }: Pick<OwnLine, 'entryId' | 'movedFromId'>,
  back: 'home' | 'card',
): Html {
  if (movedFromId !== null)
    return postForm({
      action: routes.staff.moves.href({ cafe: frame.slug, entry: entryId }),
      frame,
      body: html`${hidden('card', movedFromId)}<button class="plain">${frame.staff.moveBack}</button>`,
    })
  return postForm({
    action: routes.staff.voids.href({ cafe: frame.slug, entry: entryId }),
    frame,
    body: html`${hidden('back', back)}<button class="plain">${frame.staff.undo}</button>`,
  })
}

export function kioskSection(frame: StaffFrame, lines: readonly OwnLine[]): Html | null {
  if (lines.length === 0) return null
  const items = lines.map(
    (line) =>
      html`<li class="ask">${lineLink(frame, line, null)}${line.undoUntilMs === null ? null : undoForm(frame, line, 'home')}</li>`,
  )
  return html`<section class="paper"><h2>${frame.staff.kiosk}</h2><ul class="rows">${items}</ul></section>`
}

function lineLink(frame: StaffFrame, line: LineShown, more: Html | null): Html {
  const { staff, slug } = frame
  const what = line.isRedeem ? staff.useReward : staff.plus(line.stamps)
  return html`<a href="${routes.staff.card.href({ cafe: slug, card: line.cardId })}"><b class="number">${line.number}</b>
<span>${what}</span> ${more} <small>${dayOrTime(clockOf(frame), line.atMs)}</small></a>`
}
