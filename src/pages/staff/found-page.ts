// What a search has found: a row for each card with a stamp one tap away, or the way to a new card.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { clockOf } from '../../ui/card.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { dayOrTime } from '../../ui/when.ts'
import type { CardRow, Found } from '../found.ts'
import type { OwnLine } from './lines-shown.ts'
import type { StaffFrame } from './staff-frame.ts'

export function foundSection(frame: StaffFrame, found: Found, movable: readonly OwnLine[]): Html {
  const { staff } = frame
  const { rows, newPhone, hasMore } = found
  if (newPhone !== null) return newCard(frame, newPhone, movable)
  if (rows.length === 0)
    return html`<section id="found" class="paper" role="status"><h2>${staff.noneFound}</h2><p>${staff.typeWhole}</p></section>`
  const items = rows.map((row, place) => cardRow(frame, { row, movable, isFirst: place === 0 }))
  return html`<section id="found" class="paper"><h2>${staff.found(rows.length)}</h2>
<ul class="rows">${items}</ul>${hasMore ? html`<p class="note">${staff.more}</p>` : null}</section>`
}

function cardRow(
  frame: StaffFrame,
  { row, movable, isFirst }: { row: CardRow; movable: readonly OwnLine[]; isFirst: boolean },
): Html {
  const { staff, slug } = frame
  const href = routes.staff.card.href({ cafe: slug, card: row.id })
  const last =
    row.lastStampAtMs === null ? staff.never : staff.last(dayOrTime(clockOf(frame), row.lastStampAtMs))
  const ready = row.rewards > 0 ? html` <em class="ready">${staff.ready(row.rewards)}</em>` : null
  const move = moveHere(frame, row, movable)
  return html`<li><a href="${href}"${isFirst ? html` autofocus` : null}><b class="number">${row.number}</b>
<span><b>${row.stamps}</b> / ${row.goal}${ready}</span> <small>${last}</small></a>
${plusOne(frame, row)}${move && html`<div class="whole">${move}</div>`}</li>`
}

function plusOne(frame: StaffFrame, row: CardRow): Html {
  return postForm({
    action: routes.staff.cardStamps.href({ cafe: frame.slug, card: row.id }),
    frame,
    body: html`${hidden('stamps', '1')}<button class="main plus" aria-label="${`${row.number} ${frame.staff.stampOne}`}">${frame.staff.plus(1)}</button>`,
  })
}

/** For stamps that just went to another card; null where there are none. */
export function moveHere(frame: StaffFrame, card: { id: string }, movable: readonly OwnLine[]): Html | null {
  const moves = movable
    .filter(({ cardId }) => cardId !== card.id)
    .map((line) =>
      moveForm(frame, line, {
        hidden: ['card', card.id],
        button: frame.staff.moveHere({ from: line.number, stamps: line.stamps }),
      }),
    )
  return moves.length === 0 ? null : html`${moves}`
}

function moveForm(
  frame: StaffFrame,
  { entryId }: OwnLine,
  to: { hidden: readonly [string, string]; button: string },
): Html {
  return postForm({
    action: routes.staff.moves.href({ cafe: frame.slug, entry: entryId }),
    frame,
    body: html`${hidden(...to.hidden)}<button class="plain">${to.button}</button>`,
  })
}

/** The number goes back into the form as it was typed: it is no card's, and nobody else has said it. */
function newCard(
  frame: StaffFrame,
  phone: NonNullable<Found['newPhone']>,
  movable: readonly OwnLine[],
): Html {
  const { staff, slug } = frame
  const several = [2, 3, 4, 5, 6, 7, 8, 9].map(
    (stamps) => html`<button class="plain" name="stamps" value="${stamps}">${staff.plus(stamps)}</button>`,
  )
  const open = postForm({
    action: routes.staff.stamps.href({ cafe: slug }),
    id: 'stamp',
    frame,
    body: html`${hidden('phone', phone.typed)}<button class="main" name="stamps" value="1" autofocus>${staff.openWithStamps(1)}</button>
<details><summary><u>${staff.stampSeveral}</u></summary><div class="several">${several}</div></details>`,
  })
  const moves = movable.map((line) =>
    moveForm(frame, line, {
      hidden: ['phone', phone.typed],
      button:
        movable.length > 1 ? staff.moveHere({ from: line.number, stamps: line.stamps }) : staff.moveToNumber,
    }),
  )
  return html`<section id="found" class="paper"><h2>${staff.newNumber(phone.lastFour)}</h2>
<p>${staff.newNumberHint}</p>${open}${moves}</section>`
}
