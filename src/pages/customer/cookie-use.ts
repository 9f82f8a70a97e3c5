/** Looks at each card cookie as it is used, and notices copies (rules/cookie-use.ts). */
import { noticeCopy } from '../../commands/notice-copy.ts'
import { type CookieVerdict, judgeCookie } from '../../rules/cookie-use.ts'
import { StoreUnavailable } from '../../store/store.ts'
import type { Visit } from '../visit.ts'

/** Remembers a newer cookie, once a day; takes back what a copied one could be used for. On trial nobody is proven. */
export async function noteCookieUse(visit: Visit): Promise<CookieVerdict> {
  const { cafe, cardCookie, known, nowMs } = visit
  if (cardCookie === null || known === null || cafe.setUpAtMs === null) return 'usual'
  const verdict = judgeCookie(known.cookie, { issuedAtMs: cardCookie.issuedAtMs, nowMs })
  if (verdict === 'usual') return verdict
  try {
    await (verdict === 'newer' ? noteNewer(visit, cardCookie.issuedAtMs) : noteCopy(visit))
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    visit.context.log.error({ err: error }, 'cannot note the use of a card cookie') // the page can be read all the same
  }
  return verdict
}

async function noteNewer({ context, cafe, known, nowMs }: Visit, issuedAtMs: number): Promise<void> {
  if (known === null) return
  await context.store.transaction(cafe.id, (tx) =>
    tx.browsers.noteCookie(cafe.id, known.browser.id, issuedAtMs, nowMs),
  )
}

async function noteCopy({ context, cafe, known, nowMs, address }: Visit): Promise<void> {
  if (known === null) return
  const browserId = known.browser.id
  const isNews = await context.store.transaction(cafe.id, (tx) =>
    noticeCopy(tx, { cafeId: cafe.id, browserId, atMs: nowMs }),
  )
  const facts = { event: 'card-cookie-copied', browser: browserId, address }
  if (isNews) context.log.warn(facts, 'two hold the cookie of one browser')
}
