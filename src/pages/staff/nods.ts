/** The nod to a customer at the kiosk who wants the card on their phone: one tap, and their browser is proven. */
import { nodClaim } from '../../commands/nod-claim.ts'
import type { Fields } from '../../http/form.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Declined, Door } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { actOnce, done } from './act.ts'
import { homePath, renderHome } from './home.ts'

export const nodsDoor: Door = {
  post: { fields: [], change: nod, again: (visit, _, refused) => renderHome(visit, { refused }) },
}

const LINK_ID = /^[\w-]{43}$/ // a SHA-256 in base64url (rules/claim.ts)

async function nod(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const linkId = visit.params.claim ?? ''
  if (!LINK_ID.test(linkId)) return 'claim-unknown'
  const link = await visit.context.store.claimLinks.find(visit.cafe.id, linkId)
  if (link === null) return 'claim-unknown'
  const deed = { act: 'claim-nodded', subject: link.cardId } as const
  const outcome = await actOnce(visit, fields, deed, async (tx, actor) => {
    const nodded = await nodClaim(tx, actor, { linkId, atMs: visit.nowMs })
    return nodded.ok ? done(visit) : nodded
  })
  if (!outcome.ok) return outcome
  visit.setCookies.push(visit.context.flash.write({ kind: 'staff', done: 'nodded' }))
  return replySeeOther(visit, homePath(visit))
}
