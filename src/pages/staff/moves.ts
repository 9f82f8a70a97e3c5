/** Moving a stamp that went to the wrong number: one tap, two lines in the ledger. */
import { moveStamp } from '../../commands/move-stamp.ts'
import type { Fields } from '../../http/form.ts'
import { parsePhone } from '../../rules/phone.ts'
import { readReason } from '../../rules/reason.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Declined, Door } from '../door.ts'
import { type Found, findTyped } from '../found.ts'
import { pathId, readId } from '../path-id.ts'
import { replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { actOnce, done } from './act.ts'
import { cardPath } from './card.ts'
import { homePath, renderHome } from './home.ts'
import { renderLine } from './voids.ts'

export const movesDoor: Door = {
  post: { fields: ['card', 'phone', 'reason'], change: move, again: renderWhere },
}

async function move(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { context, cafe, programme, nowMs: atMs } = visit
  const undoneId = pathId(visit, 'entry')
  if (undoneId === null) return 'no-such-entry'
  const where = placeOf(fields, cafe.country)
  if (typeof where === 'string') return where
  const said = readReason(fields.one('reason') ?? '')
  if (!said.ok) return said.reason
  const { uuid } = context.random
  const newIds = { off: uuid(), on: uuid(), card: uuid() }
  const input = { cafe, programme, undoneId, ...where, reason: said.reason, atMs, newIds }
  const outcome = await actOnce(visit, fields, { act: 'move', subject: undoneId }, async (tx, actor) => {
    const moved = await moveStamp(tx, actor, input)
    return moved.ok ? done(visit, moved.on.id) : moved
  })
  if (!outcome.ok) return outcome
  visit.setCookies.push(context.flash.write({ kind: 'staff', done: 'moved' }))
  const on = outcome.answer.entryId && (await context.store.entries.find(cafe.id, outcome.answer.entryId))
  return replySeeOther(visit, on ? cardPath(visit, on.cardId) : homePath(visit))
}

/** The right card by its id, or by the number that the customer says. */
function placeOf(fields: Fields, country: string) {
  const [card, typed] = [fields.one('card') || null, fields.one('phone')?.trim() || null]
  if (card !== null) {
    const cardId = typed === null ? readId(card) : null
    return cardId === null ? 'no-such-card' : { cardId, phone: null }
  }
  const phone = typed === null ? null : parsePhone(typed, country)
  if (phone === null) return typed === null ? 'phone-missing' : 'phone-invalid'
  return { cardId: null, phone }
}

/** Where it should have gone, with the form that was sent; the line's own card otherwise, and for a manager who gave a reason there. */
async function renderWhere(visit: Visit, fields: Fields, refused: Refused): Promise<string> {
  const found = await findTyped(visit, fields)
  if (fields.one('reason') !== null) return renderLine(visit, refused, withoutKnown(fields, found))
  return found === null ? renderLine(visit, refused) : renderHome(visit, { refused, found })
}

/** A number that has a card does not come back into a page. */
function withoutKnown(fields: Fields, found: Found | null): Fields {
  const isKnown = found !== null && found.rows.length > 0
  return isKnown ? { ...fields, one: (name) => (name === 'phone' ? '' : fields.one(name)) } : fields
}
