/** Allowing or refusing a customer who asks for a stamp, while they wait. */
import { decideRequest } from '../../commands/decide-request.ts'
import type { Fields } from '../../http/form.ts'
import { LIMIT_REASONS } from '../../rules/limits.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Declined, Door } from '../door.ts'
import { pathId } from '../path-id.ts'
import { replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { actOnce } from './act.ts'
import { readLift } from './card-lift.ts'
import { homePath, renderHome } from './home.ts'

export const decisionsDoor: Door = {
  post: {
    fields: ['decision', 'over_limit'],
    change: decide,
    again: (visit, _, refused) => renderRequests(visit, refused),
  },
}

async function decide(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, programme, context, nowMs: atMs } = visit
  const requestId = pathId(visit, 'request')
  const [decision, isOverLimit] = [fields.one('decision'), readLift(fields)]
  if (requestId === null) return 'request-unknown'
  if ((decision !== 'allow' && decision !== 'refuse') || isOverLimit === null) return 'field-invalid'
  const entryId = context.random.uuid()
  const input = { cafe, programme, requestId, decision, stamps: 1, isOverLimit, atMs, entryId } as const
  const act = decision === 'refuse' ? 'request-refused' : isOverLimit ? 'stamp-over-limit' : 'request-allowed'
  const outcome = await actOnce(visit, fields, { act, subject: requestId }, (tx, actor) =>
    decideRequest(tx, actor, input),
  )
  if (!outcome.ok) return outcome.reason === 'not-found' ? 'request-unknown' : outcome
  const done = decision === 'allow' ? 'allowed' : 'refused'
  visit.setCookies.push(context.flash.write({ kind: 'staff', done }))
  return replySeeOther(visit, homePath(visit))
}

function renderRequests(visit: Visit, refused: Refused): Promise<string> {
  const isLimit = LIMIT_REASONS.some((reason) => reason === refused.reason)
  return renderHome(visit, { refused, liftFor: isLimit ? pathId(visit, 'request') : null })
}
