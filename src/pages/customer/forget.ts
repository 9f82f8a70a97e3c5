/** `/cafe/forget/`: "not me". */
import { forgetBrowser } from '../../commands/forget-browser.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeOnce, type Door } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import { lastAskOf, type Visit } from '../visit.ts'
import { renderCard } from './card.ts'

export const forgetDoor: Door = {
  post: { fields: [], change: forget, again: (visit, _fields, refused) => renderCard(visit, { refused }) },
}

async function forget(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const { cafe, context, cardCookie, nowMs } = visit
  const browserId = cardCookie?.browserId ?? null
  const outcome = await changeOnce(
    visit,
    fields,
    (tx) => forgetBrowser(tx, { cafeId: cafe.id, browserId, atMs: nowMs }),
    lastAskOf(visit, fields),
  )
  if (!outcome.ok) return outcome.reason
  visit.setCookies.push(context.cardCookies(cafe.slug).expire(), context.flash.write({ kind: 'forgotten' }))
  return replySeeOther(visit, routes.card.href({ cafe: cafe.slug }))
}
