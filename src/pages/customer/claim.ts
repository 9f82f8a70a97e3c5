/** `/cafe/claim/<token>/`: a link from staff's screen or the kiosk's, by which a customer's browser shows their card. */
import { claimCard } from '../../commands/claim-card.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { type ClaimLink, type ClaimRefusal, claimLinkId, refusalOfClaim } from '../../rules/claim.ts'
import { isCopyNoticed } from '../../rules/cookie-use.ts'
import { maskPhone } from '../../rules/phone.ts'
import { messagePage } from '../../ui/message-page.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeOnce, type Declined, type Door } from '../door.ts'
import { replyPage, replyRefusal, replySeeOther } from '../reply.ts'
import { frameOf, rememberBrowser, type Visit } from '../visit.ts'
import { claimPage } from './claim-page.ts'

export const claimDoor: Door = {
  get: showClaim,
  post: { fields: [], change: claim, again: renderAgain },
}

type Found = { readonly link: ClaimLink } | { readonly reason: ClaimRefusal }

async function showClaim(visit: Visit): Promise<Response> {
  const found = await findLink(visit)
  if ('link' in found) return replyPage(visit, 200, await renderLink(visit, found.link))
  return found.reason === 'claim-used' && (await isOwn(visit))
    ? replySeeOther(visit, routes.card.href({ cafe: visit.cafe.slug }))
    : replyRefusal(visit, found.reason)
}

async function claim(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { address, cafe, context, known, nowMs, params, programme } = visit
  const linkId = claimLinkId(params.token ?? '')
  if (linkId === null) return 'claim-unknown'
  const tries = await context.limiters.claimByAddress.peek(cafe.id, address)
  if (!tries.ok) return { reason: 'too-many-tries', againAtMs: tries.againAtMs }
  const input = {
    cafeId: cafe.id,
    programme,
    linkId,
    browserId: known?.browser.id ?? null,
    isCopied: known !== null && isCopyNoticed(known.cookie),
    newBrowserId: context.random.uuid(),
    atMs: nowMs,
  }
  const outcome = await changeOnce(visit, fields, (tx) => claimCard(tx, input))
  context.log.info({ event: 'claim', outcome: outcome.ok ? 'ok' : outcome.reason, address }, 'a claim link')
  if (!outcome.ok) {
    if (outcome.reason === 'claim-unknown') await context.limiters.claimByAddress.consume(cafe.id, address)
    return outcome.reason
  }
  if (outcome.answer.browserId !== null) rememberBrowser(visit, outcome.answer.browserId)
  visit.setCookies.push(context.flash.write({ kind: 'claimed' }))
  return replySeeOther(visit, routes.card.href({ cafe: cafe.slug }))
}

/** The button again, where the link still stands. */
async function renderAgain(visit: Visit, _fields: Fields, refused: Refused): Promise<string> {
  const found = await findLink(visit)
  return 'link' in found ? renderLink(visit, found.link, refused) : messagePage(frameOf(visit), refused)
}

async function renderLink(visit: Visit, link: ClaimLink, refused: Refused | null = null): Promise<string> {
  const { cafe, context, known } = visit
  const frame = frameOf(visit)
  const phone = await context.store.cards.phoneOf(cafe.id, link.cardId)
  return claimPage(frame, {
    maskedPhone: phone === null ? '' : maskPhone(phone),
    isKiosk: link.madeForBrowserId !== null && link.noddedAtMs === null,
    insteadOf: known === null || known.card.id === link.cardId ? null : frame.maskedPhone,
    refusal: refused,
  })
}

async function findLink({ cafe, context, nowMs, params }: Visit): Promise<Found> {
  const id = claimLinkId(params.token ?? '')
  const link = id === null ? null : await context.store.claimLinks.find(cafe.id, id)
  const reason = refusalOfClaim(link, nowMs)
  return link === null || reason !== null ? { reason: reason ?? 'claim-unknown' } : { link }
}

/** Opened again, by a Back button, in the browser that has claimed by it. */
async function isOwn({ cafe, context, known, params }: Visit): Promise<boolean> {
  const id = claimLinkId(params.token ?? '')
  const link = id === null ? null : await context.store.claimLinks.find(cafe.id, id)
  return known !== null && link?.claimedBrowserId === known.browser.id
}
