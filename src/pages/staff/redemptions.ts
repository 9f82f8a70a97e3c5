/** Handing over a reward to a customer without a phone: with the name of whoever does. */
import { redeemReward } from '../../commands/redeem-reward.ts'
import type { Fields } from '../../http/form.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Declined, Door } from '../door.ts'
import { pathId } from '../path-id.ts'
import { replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { actOnce } from './act.ts'
import { cardPath, renderAgain } from './card.ts'

export const redemptionsDoor: Door = { post: { fields: ['reward'], change: redeem, again: renderAgain } }

async function redeem(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const cardId = pathId(visit, 'card')
  if (cardId === null) return 'no-such-card'
  const input = {
    programme: visit.programme,
    browserId: null,
    cardId,
    rewardId: fields.one('reward') || null,
    entryId: visit.context.random.uuid(),
    atMs: visit.nowMs,
  }
  const outcome = await actOnce(visit, fields, { act: 'redeem', subject: null }, (tx, actor) =>
    redeemReward(tx, actor, input),
  )
  if (!outcome.ok) return outcome.reason === 'unknown-browser' ? 'no-such-card' : outcome.reason
  visit.setCookies.push(visit.context.flash.write({ kind: 'staff', done: 'redeemed' }))
  return replySeeOther(visit, cardPath(visit, cardId))
}
