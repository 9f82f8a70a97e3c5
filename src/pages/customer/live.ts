/** `/cafe/live/`: the customer's card hears when staff stamp it, decide its request or nod to its claim. */
import { routes } from '../../routes.ts'
import type { Browser } from '../../rules/card.ts'
import { ASKED_WITHIN_MS, stateOf } from '../../rules/request.ts'
import type { Change } from '../../store/changes.ts'
import type { Door } from '../door.ts'
import { replyLive } from '../live.ts'
import { replyRefusal } from '../reply.ts'
import { isStillTheirs } from '../still-theirs.ts'
import type { KnownBrowser, Visit } from '../visit.ts'

export const liveDoor: Door = {
  async get(visit) {
    const { known } = visit
    if (known === null) return replyRefusal(visit, 'not-found') // there is no card to listen to
    const { id, cardId } = known.browser
    return replyLive(visit, {
      waiter: `browser:${id}`,
      concerns: await listenerOf(visit, known),
      mayStay: async () =>
        (await findNow(visit, id))?.cardId === cardId && isStillTheirs(visit, routes.live.audience),
    })
  },
}

/** An unproven browser hears of nothing but its own: else a stranger would be told when the number's customer comes by. */
async function listenerOf(
  visit: Visit,
  { browser, card }: KnownBrowser,
): Promise<(change: Change) => boolean | Promise<boolean>> {
  const isWaiting = await hasOpenRequest(visit, browser.id)
  let seen = browser
  const hasOwnNews = async () => {
    const now = await findNow(visit, browser.id)
    const isNews = now === null || !isSame(now, seen)
    seen = now ?? seen
    return isNews
  }
  return (change) => {
    if ('isGap' in change) return true
    if ('cardId' in change) return change.cardId === card.id && (seen.isProven || hasOwnNews())
    if (change.topic === 'requests') return isWaiting
    return change.topic === 'claims' && !seen.isProven && hasOwnNews()
  }
}

async function hasOpenRequest({ cafe, context, nowMs }: Visit, browserId: string): Promise<boolean> {
  if (cafe.mode !== 'approve') return false
  const asked = await context.store.requests.ofBrowser(cafe.id, browserId, nowMs - ASKED_WITHIN_MS, 1)
  return asked.some((request) => stateOf(request, nowMs) === 'open')
}

function findNow({ cafe, context }: Visit, browserId: string): Promise<Browser | null> {
  return context.store.browsers.find(cafe.id, browserId)
}

/** Alike in all that its page shows. */
function isSame(one: Browser, other: Browser): boolean {
  return (
    one.own === other.own &&
    one.spentElsewhere === other.spentElsewhere &&
    one.isProven === other.isProven &&
    one.lastEntryId === other.lastEntryId
  )
}
