/** `/cafe/live/`: the customer's card hears when staff stamp it, decide its request or nod to its claim. */
import { routes } from '../../routes.ts'
import type { Browser } from '../../rules/card.ts'
import type { Change } from '../../store/changes.ts'
import type { Door } from '../door.ts'
import { replyLive } from '../live.ts'
import { replyRefusal } from '../reply.ts'
import { isStillTheirs } from '../still-theirs.ts'
import type { KnownBrowser, Visit } from '../visit.ts'
import type { RequestShown } from './card-page.ts'
import { findRequest } from './request-shown.ts'

export const liveDoor: Door = {
  async get(visit) {
    const { known } = visit
    if (known === null) return replyRefusal(visit, 'not-found') // there is no card to listen to
    const { id, cardId } = known.browser
    const request = await findRequest(visit, known)
    return replyLive(visit, {
      waiter: `browser:${id}`,
      isLate: new URL(visit.request.url).searchParams.get('seen') !== seenOf(known, request),
      concerns: listenerOf(visit, known, request),
      mayStay: async () =>
        (await findNow(visit, id))?.cardId === cardId && isStillTheirs(visit, routes.live.audience),
    })
  },
}

/** Where the card's page listens; it brings along what it shows, for what may have changed before it is heard. */
export function liveHrefOf({ cafe }: Visit, known: KnownBrowser, request: RequestShown | null): string {
  return `${routes.live.href({ cafe: cafe.slug })}?seen=${seenOf(known, request)}`
}

function seenOf({ browser, view }: KnownBrowser, request: RequestShown | null): string {
  return [view.stamps, browser.isProven ? 'proven' : 'own', request?.state ?? 'quiet'].join('-')
}

/** An unproven browser hears of nothing but its own: else a stranger would be told when the number's customer comes by. */
function listenerOf(
  visit: Visit,
  { browser, card }: KnownBrowser,
  request: RequestShown | null,
): (change: Change) => boolean | Promise<boolean> {
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
    if (change.topic === 'requests') return request?.state === 'waiting'
    return change.topic === 'claims' && !seen.isProven && hasOwnNews()
  }
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
