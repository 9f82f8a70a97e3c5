/** `/cafe/owner/customers/<card>/number/`: the whole number, for the owner alone, once; each look is a line in the audit log. */
import { answerOnce, doneAt } from '../../commands/answer-once.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { writePhone } from '../../rules/phone.ts'
import { messagePage } from '../../ui/message-page.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { auditLine } from '../audited.ts'
import type { Declined, Door } from '../door.ts'
import { pathId } from '../path-id.ts'
import { replyPage, replyRefusal } from '../reply.ts'
import { askOf, frameOf, type Visit } from '../visit.ts'
import { renderCustomer } from './customers.ts'
import { needsReauthentication } from './proven.ts'

export const numberDoor: Door = { post: { fields: [], change: showNumber, again } }

async function showNumber(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, nowMs } = visit
  const id = pathId(visit, 'card')
  const card = id && (await context.store.cards.find(cafe.id, id))
  if (!card) return replyRefusal(visit, 'not-found')
  if (needsReauthentication(visit)) return 'reauthenticate'
  const seen = await context.store.transaction(cafe.id, async (tx) => {
    const outcome = await answerOnce<never>(tx, askOf(visit, fields), async () => doneAt(nowMs))
    if (!outcome.ok) return outcome
    await tx.audits.append(cafe.id, auditLine(visit, 'number-viewed', card.id)) // also when asked again: it is another look
    return { ok: true, phone: await tx.cards.phoneOf(cafe.id, card.id) } as const
  })
  if (!seen.ok) return seen.reason
  if (seen.phone === null) return replyRefusal(visit, 'not-found')
  context.log.info(
    { event: 'number-viewed', card: card.id, person: visit.who.person?.id },
    'a full number was shown',
  )
  const page = await renderCustomer(visit, card.id, { fullNumber: writePhone(seen.phone) })
  return page === null ? replyRefusal(visit, 'not-found') : replyPage(visit, 200, page)
}

async function again(visit: Visit, _fields: Fields, refused: Refused): Promise<string> {
  const page = await renderCustomer(visit, pathId(visit, 'card'), { refused })
  return page ?? messagePage({ ...frameOf(visit), path: homeOf(visit) }, refused)
}

const homeOf = ({ cafe }: Visit) => routes.owner.customers.href({ cafe: cafe.slug })
