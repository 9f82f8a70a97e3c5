/** Stamping by staff: a card that they found, or a number that a customer says, whether or not it has a card. */
import { type StampInput, stampCard } from '../../commands/stamp-card.ts'
import type { Fields } from '../../http/form.ts'
import { type Phone, parsePhone } from '../../rules/phone.ts'
import type { Answer } from '../../store/answers.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Declined, Door } from '../door.ts'
import { findTyped } from '../found.ts'
import { pathId } from '../path-id.ts'
import { replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { actOnce } from './act.ts'
import { renderAgain, renderCard } from './card.ts'
import { readLift, readStamps } from './card-lift.ts'
import { homePath, renderHome } from './home.ts'

export const cardStampsDoor: Door = {
  post: { fields: ['stamps', 'over_limit'], change: stampFound, again: renderAgain },
}

export const stampsDoor: Door = {
  post: { fields: ['phone', 'stamps', 'over_limit'], change: stampNumber, again: renderNumber },
}

async function stampFound(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const cardId = pathId(visit, 'card')
  if (cardId === null) return 'no-such-card'
  return stamp(visit, fields, { cardId, phone: null })
}

async function stampNumber(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const typed = fields.one('phone')?.trim() ?? ''
  const phone = parsePhone(typed, visit.cafe.country)
  if (phone === null) return typed === '' ? 'phone-missing' : 'phone-invalid'
  return stamp(visit, fields, { cardId: null, phone })
}

async function stamp(
  visit: Visit,
  fields: Fields,
  which: { readonly cardId: string | null; readonly phone: Phone | null },
): Promise<Response | Refusal | Declined> {
  const { cafe, programme, nowMs: atMs } = visit
  const { random, flash } = visit.context
  const [stamps, isOverLimit] = [readStamps(fields), readLift(fields)]
  if (stamps === null || isOverLimit === null) return 'field-invalid'
  const newIds = { entry: random.uuid(), card: random.uuid(), browser: random.uuid() }
  const input: StampInput = { cafe, programme, browserId: null, ...which, stamps, isOverLimit, atMs, newIds }
  const act = isOverLimit ? 'stamp-over-limit' : 'stamp'
  const outcome = await actOnce(visit, fields, { act, subject: null, facts: { stamps } }, (tx, actor) =>
    stampCard(tx, actor, input),
  )
  if (!outcome.ok) return outcome
  visit.setCookies.push(flash.write(noticeOf(outcome.answer)))
  return replySeeOther(visit, homePath(visit)) // where the next customer is found, with what was done and its undo
}

function noticeOf({ stamps }: Answer) {
  return { kind: 'stamped', stamps } as const
}

/** The number's card where it has one, and nothing of the number; else the form as it was filled in. */
async function renderNumber(visit: Visit, fields: Fields, refused: Refused): Promise<string> {
  const found = await findTyped(visit, fields)
  const [row] = found?.rows ?? []
  const card = row === undefined ? null : await visit.context.store.cards.find(visit.cafe.id, row.id)
  if (card !== null) return renderCard(visit, card, { fields, refused })
  return renderHome(
    visit,
    found === null ? { refused, query: fields.one('phone') ?? '' } : { refused, found },
  )
}
