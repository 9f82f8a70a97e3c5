/** `/cafe/free/`: how many are missing, whether to use it now, and the ticket. */
import { redeemReward } from '../../commands/redeem-reward.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { currentVersion } from '../../rules/programme.ts'
import { ticketOf } from '../../rules/ticket.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeOnce, type Door } from '../door.ts'
import { replyPage, replySeeOther } from '../reply.ts'
import { frameOf, type KnownBrowser, rememberBrowser, type Visit } from '../visit.ts'
import { renderCard, rollCookie } from './card.ts'
import { freePage, type TicketShown } from './free-page.ts'
import { showKnown } from './shown.ts'

export const freeDoor: Door = {
  get: showFree,
  post: {
    isForKnown: true,
    fields: ['reward'],
    change: redeem,
    again: (visit, fields, refused) => renderFree(visit, fields, refused),
  },
}

async function showFree(visit: Visit): Promise<Response> {
  if (visit.known === null) return replySeeOther(visit, routes.card.href({ cafe: visit.cafe.slug }))
  rollCookie(visit)
  return replyPage(visit, 200, await renderFree(visit, null, null))
}

async function redeem(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const params = { cafe: visit.cafe.slug }
  const browserId = visit.cardCookie?.browserId
  if (browserId === undefined) return replySeeOther(visit, routes.card.href(params))
  const outcome = await changeOnce(visit, fields, (tx) =>
    redeemReward(
      tx,
      { kind: 'browser', cafeId: visit.cafe.id },
      {
        programme: visit.programme,
        browserId,
        rewardId: fields.one('reward') || null,
        entryId: visit.context.random.uuid(),
        atMs: visit.nowMs,
      },
    ),
  )
  if (outcome.ok) {
    rememberBrowser(visit, browserId)
    return replySeeOther(visit, routes.free.href(params))
  }
  if (outcome.reason === 'unknown-browser') return replySeeOther(visit, routes.card.href(params))
  return outcome.reason
}

async function renderFree(visit: Visit, fields: Fields | null, refused: Refused | null): Promise<string> {
  const frame = frameOf(visit)
  if (visit.known === null) {
    return renderCard(visit, { ...(fields && { fields }), ...(refused && { refused }) })
  }
  const { card } = await showKnown(visit, visit.known, null)
  const { view } = visit.known
  return freePage(frame, {
    card,
    rewards: view.rewards.map((reward) => ({ ...reward, isReady: view.stamps >= reward.cost })),
    ticket: await findTicket(visit, visit.known),
    refusal: refused,
  })
}

async function findTicket(visit: Visit, { browser }: KnownBrowser): Promise<TicketShown | null> {
  if (browser.ticketEntryId === null) return null
  const { entries } = visit.context.store
  const redeem = await entries.find(visit.cafe.id, browser.ticketEntryId)
  const ticket = redeem && ticketOf(redeem, visit.nowMs)
  if (ticket === null || (redeem !== null && (await entries.isUndone(visit.cafe.id, redeem.id)))) return null
  const reward = currentVersion(visit.programme).rewards.find(({ id }) => id === ticket.rewardId)
  return { ...ticket, rewardName: reward?.name ?? null }
}
