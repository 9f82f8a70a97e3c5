/** `/cafe/kiosk/stamps/`: a number that was read back, one stamp, and a link that takes the card onto the customer's phone. */
import { stampCard } from '../../commands/stamp-card.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { claimLinkId, kioskClaimToken } from '../../rules/claim.ts'
import { type Phone, parsePhone } from '../../rules/phone.ts'
import type { Tx } from '../../store/store.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeAudited } from '../audited.ts'
import type { Declined, Door } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { actorOf } from '../who.ts'
import { renderKiosk } from './kiosk.ts'

export const kioskStampsDoor: Door = {
  post: {
    fields: ['phone'],
    change: stamp,
    again: (visit, fields, refused) => renderKiosk(visit, { fields, refused }),
  },
}

async function stamp(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const typed = fields.one('phone')?.trim() ?? ''
  if (typed === '') return 'phone-missing'
  const phone = parsePhone(typed, visit.cafe.country)
  if (phone === null) return 'phone-invalid'

  const claimToken = kioskClaimToken(fields.one('idempotency_key') ?? '')
  const { random, flash } = visit.context
  const newIds = { entry: random.uuid(), card: random.uuid(), browser: random.uuid() }
  const deed = { act: 'stamp', subject: null, facts: { stamps: 1 } } as const
  const outcome = await changeAudited(visit, fields, deed, (tx) =>
    stampOn(tx, visit, { phone, claimToken, newIds }),
  )
  if (!outcome.ok) return outcome
  const { entryId } = outcome.answer
  if (entryId !== null) visit.setCookies.push(flash.write({ kind: 'kiosk-stamped', entryId, claimToken }))
  return replySeeOther(visit, routes.kiosk.home.href({ cafe: visit.cafe.slug }))
}

interface Stamping {
  readonly phone: Phone
  readonly claimToken: string
  readonly newIds: { readonly entry: string; readonly card: string; readonly browser: string }
}

function stampOn(tx: Tx, visit: Visit, { phone, claimToken, newIds }: Stamping) {
  const { cafe, programme, nowMs: atMs } = visit
  const actor = actorOf(cafe, visit.who)
  if (actor === null) throw new Error('only a kiosk gets this far')
  return stampCard(tx, actor, {
    cafe,
    programme,
    browserId: null,
    phone,
    claimLinkId: claimLinkId(claimToken),
    stamps: 1,
    atMs,
    newIds,
  })
}
