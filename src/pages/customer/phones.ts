/** The phones that show a card: one is unlinked from another; and the word that its cookie was copied, once it has been read. */
import { dismissCopyNotice } from '../../commands/notice-copy.ts'
import { unlinkBrowser } from '../../commands/unlink-browser.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeOnce, type Door } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import { rememberBrowser, type Visit } from '../visit.ts'
import { renderCard } from './card.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const browserRemovalDoor: Door = {
  post: {
    isForKnown: true,
    fields: [],
    change: unlink,
    again: (visit, _fields, refused) => renderCard(visit, { refused }),
  },
}

export const copyNoticeDoor: Door = {
  post: {
    isForKnown: true,
    fields: [],
    change: dismiss,
    again: (visit, _fields, refused) => renderCard(visit, { refused }),
  },
}

async function unlink(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const { cafe, known, nowMs, params } = visit
  const browserId = params.browser ?? ''
  if (known === null || !UUID.test(browserId)) return 'not-found'
  const input = { cafeId: cafe.id, byBrowserId: known.browser.id, browserId, atMs: nowMs }
  const outcome = await changeOnce(visit, fields, (tx) => unlinkBrowser(tx, input))
  return outcome.ok ? replySeeOther(visit, routes.card.href({ cafe: cafe.slug })) : outcome.reason
}

/** Today's cookie goes with the answer: it is the newest from now on. */
async function dismiss(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const { cafe, known, nowMs } = visit
  if (known === null) return 'not-found'
  const input = { cafeId: cafe.id, browserId: known.browser.id, atMs: nowMs }
  const outcome = await changeOnce(visit, fields, (tx) => dismissCopyNotice(tx, input))
  if (!outcome.ok) return outcome.reason
  rememberBrowser(visit, known.browser.id)
  return replySeeOther(visit, routes.card.href({ cafe: cafe.slug }))
}
