/** "This card on their phone": a link that the customer scans off this screen, for five minutes and once. */
import { makeClaimLink } from '../../commands/make-claim-link.ts'
import type { Fields } from '../../http/form.ts'
import { claimLinkId } from '../../rules/claim.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Declined, Door } from '../door.ts'
import { pathId } from '../path-id.ts'
import { replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { actOnce, done } from './act.ts'
import { cardPath, renderAgain } from './card.ts'
import { linkNonce, linkToken } from './claim-shown.ts'

export const claimsDoor: Door = { post: { fields: [], change: makeLink, again: renderAgain } }

async function makeLink(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const cardId = pathId(visit, 'card')
  if (cardId === null) return 'no-such-card'
  const nonce = linkNonce(fields.one('idempotency_key') ?? '')
  const linkId = claimLinkId(linkToken(visit, nonce)) ?? ''
  const outcome = await actOnce(visit, fields, { act: 'claim-made', subject: cardId }, async (tx, actor) => {
    const made = await makeClaimLink(tx, actor, { cardId, linkId, atMs: visit.nowMs })
    return made.ok ? done(visit) : made
  })
  if (!outcome.ok) return outcome
  return replySeeOther(visit, `${cardPath(visit, cardId)}?link=${nonce}`)
}
