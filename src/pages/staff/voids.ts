/** Undoing a line: by one tap within a minute, later by a manager with a reason. */
import { voidEntry } from '../../commands/void-entry.ts'
import type { Fields } from '../../http/form.ts'
import { readReason } from '../../rules/reason.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Declined, Door } from '../door.ts'
import { pathId } from '../path-id.ts'
import { replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { actOnce, done } from './act.ts'
import { cardPath, renderCard } from './card.ts'
import { homePath, renderHome } from './home.ts'

export const voidsDoor: Door = {
  post: {
    fields: ['reason', 'back'],
    change: undo,
    again: (visit, fields, refused) => renderLine(visit, refused, fields),
  },
}

async function undo(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const undoneId = pathId(visit, 'entry')
  const said = readReason(fields.one('reason') ?? '')
  if (undoneId === null) return 'no-such-entry'
  if (!said.ok) return said.reason
  const { context, cafe, nowMs: atMs } = visit
  const input = {
    undoneId,
    entryId: context.random.uuid(),
    reason: said.reason,
    cafe,
    atMs,
  }
  const outcome = await actOnce(visit, fields, { act: 'undo', subject: undoneId }, async (tx, actor) => {
    const undone = await voidEntry(tx, actor, input)
    return undone.ok ? done(visit, undone.entry.id) : undone
  })
  if (!outcome.ok) return outcome
  visit.setCookies.push(context.flash.write({ kind: 'staff', done: 'undone' }))
  const entry = await context.store.entries.find(cafe.id, undoneId)
  const isBack = fields.one('back') === 'card' && entry !== null
  return replySeeOther(visit, isBack ? cardPath(visit, entry.cardId) : homePath(visit))
}

/** The card of the line, or the counter where there is no such line. */
export async function renderLine(visit: Visit, refused: Refused, fields?: Fields): Promise<string> {
  const { context, cafe } = visit
  const entryId = pathId(visit, 'entry')
  const entry = entryId && (await context.store.entries.find(cafe.id, entryId))
  const card = entry && (await context.store.cards.find(cafe.id, entry.cardId))
  return card
    ? renderCard(visit, card, { refused, ...(fields && { fields }) })
    : renderHome(visit, { refused })
}
