// What a search has found: a row for each card with a stamp one tap away, or the way to a new card.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { clockOf } from '../../ui/card.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { unbroken } from '../../ui/number.ts'
import { dayOrTime, exactTime } from '../../ui/when.ts'
import type { CardRow, Found } from '../found.ts'
import type { OwnLine } from './lines-shown.ts'
import type { StaffFrame } from './staff-frame.ts'

/** @param movable may have been meant for a new card; @param offered of those, for one that is found */
export function foundSection(
  frame: StaffFrame,
  found: Found,
  { movable, offered }: { movable: readonly OwnLine[]; offered: readonly OwnLine[] },
): Html {
  const { staff } = frame
  const { rows, newPhone, hasMore } = found
  if (newPhone !== null) return newCard(frame, newPhone, movable)
  if (rows.length === 0)
    return html`<section id="found" class="paper" role="status"><h2>${staff.noneFound}</h2><p>${staff.typeWhole}</p></section>`
  const items = rows.map((row, place) => cardRow(frame, { row, isFirst: place === 0 }))
  return html`<section id="found" class="paper"><h2>${staff.found(rows.length)}</h2>${alikeNote(frame, rows)}
<ul class="rows">${items}</ul>${hasMore ? html`<p class="note">${staff.more}</p>` : null}${movesSection(rows.flatMap((row) => movesTo(frame, row, { movable: offered, isOne: rows.length === 1 })))}</section>`
}

/** Who looks the same here is told apart by what only they know. */
function alikeNote({ staff }: StaffFrame, rows: readonly CardRow[]): Html | null {
  const alike = rows.filter(({ id, number }) => rows.some((one) => one.id !== id && one.number === number))
  const [one] = alike
  if (one === undefined) return null
  const ending = { customers: alike.length, lastFour: one.number.slice(-4) }
  return html`<p class="alike" role="status">${staff.alike(ending)}</p>`
}

function cardRow(frame: StaffFrame, { row, isFirst }: { row: CardRow; isFirst: boolean }): Html {
  const { staff, slug } = frame
  const href = routes.staff.card.href({ cafe: slug, card: row.id })
  const last =
    row.lastStampAtMs === null ? staff.never : staff.last(dayOrTime(clockOf(frame), row.lastStampAtMs))
  const ready = row.rewards > 0 ? html` <em class="ready">${staff.ready(row.rewards)}</em>` : null
  return html`<li><a href="${href}"${isFirst ? html` autofocus` : null}><b class="number">${row.number}</b>
<span><b>${row.stamps}</b> / ${row.goal}${ready}</span> <small>${last} · ${row.isOnPhone ? staff.onAPhone : staff.onNoPhone}</small></a>
${plusOne(frame, row)}</li>`
}

function plusOne(frame: StaffFrame, row: CardRow): Html {
  return postForm({
    action: routes.staff.cardStamps.href({ cafe: frame.slug, card: row.id }),
    frame,
    body: html`${hidden('stamps', '1')}<button class="main plus" aria-label="${`${row.number} ${frame.staff.stampOne}`}">${frame.staff.plus(1)}</button>`,
  })
}

/** For stamps that just went to another card: away from the buttons that are pressed all day. */
export function moveHere(frame: StaffFrame, card: CardMeant, movable: readonly OwnLine[]): Html | null {
  return movesSection(movesTo(frame, card, { movable, isOne: true }))
}

type CardMeant = Pick<CardRow, 'id' | 'number' | 'stamps'>

function movesTo(
  frame: StaffFrame,
  { id, number, stamps: balance }: CardMeant,
  { movable, isOne }: { movable: readonly OwnLine[]; isOne: boolean },
): readonly Html[] {
  return movable
    .filter(({ cardId }) => cardId !== id)
    .map((line) => {
      const what = whatMoves(frame, line)
      const button = isOne
        ? frame.staff.moveHere(what)
        : frame.staff.moveTo({ ...what, to: unbroken(number), balance })
      return moveForm(frame, line, { hidden: ['card', id], button })
    })
}

function whatMoves(frame: StaffFrame, { number, stamps, atMs }: OwnLine) {
  return { from: unbroken(number), stamps, when: exactTime(clockOf(frame), atMs) }
}

function movesSection(moves: readonly Html[]): Html | null {
  return moves.length === 0 ? null : html`<div class="moves">${moves}</div>`
}

function moveForm(
  frame: StaffFrame,
  { entryId }: OwnLine,
  to: { hidden: readonly [string, string]; button: string },
): Html {
  return postForm({
    action: routes.staff.moves.href({ cafe: frame.slug, entry: entryId }),
    frame,
    body: html`${hidden(...to.hidden)}<button class="quiet-act">${to.button}</button>`,
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
  const moves = movable.map((line) => {
    const button = staff.moveToNumber(whatMoves(frame, line))
    return moveForm(frame, line, { hidden: ['phone', phone.typed], button })
  })
  return html`<section id="found" class="paper"><h2>${staff.newNumber(phone.lastFour)}</h2>
<p>${staff.newNumberHint}</p>${open}${movesSection(moves)}</section>`
}
