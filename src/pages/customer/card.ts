/** `/cafe/`: the form for an unknown browser, the card for a known one. */
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { isCopyNoticed } from '../../rules/cookie-use.ts'
import { currentVersion, goalOf } from '../../rules/programme.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Door } from '../door.ts'
import type { Notice } from '../notice.ts'
import { replyPage } from '../reply.ts'
import { frameOf, type KnownBrowser, rememberBrowser, type Visit } from '../visit.ts'
import { knownCardPage, type LinkedShown, unknownCardPage } from './card-page.ts'
import { liveHrefOf } from './live.ts'
import { findRequest } from './request-shown.ts'
import { firstRewardName, showKnown } from './shown.ts'
import { stampOrAsk } from './stamp.ts'

export const cardDoor: Door = {
  get: showCard,
  post: {
    fields: ['phone', 'code'],
    change: stampOrAsk,
    again: (visit, fields, refused) => renderCard(visit, { fields, refused }),
  },
}

interface CardState {
  readonly fields?: Fields
  readonly refused?: Refused
  readonly notice?: Notice | null
}

const LINKED_MOST = 20 // a family's phones and tablets

async function showCard(visit: Visit): Promise<Response> {
  const { flash } = visit.context
  const notice = flash.read(visit.pairs)
  if (notice !== null) visit.setCookies.push(flash.clear())
  rollCookie(visit)
  return replyPage(visit, 200, await renderCard(visit, { notice }))
}

/** A known browser is given today's cookie as it is used. */
export function rollCookie(visit: Visit): void {
  if (visit.known !== null && visit.cardCookie?.isStale) rememberBrowser(visit, visit.known.browser.id)
}

export async function renderCard(visit: Visit, state: CardState): Promise<string> {
  const { known, programme } = visit
  if (known !== null) return renderKnown(visit, known, state)
  const { fields, notice } = state
  return unknownCardPage(frameOf(visit), {
    goal: goalOf(programme, currentVersion(programme).version),
    rewardName: firstRewardName(visit),
    mode: visit.cafe.mode,
    phone: fields?.one('phone') ?? '',
    code: codeIn(visit, fields),
    refusal: state.refused ?? null,
    justForgot: notice?.kind === 'forgotten',
  })
}

async function renderKnown(
  visit: Visit,
  known: KnownBrowser,
  { fields, refused, notice }: CardState,
): Promise<string> {
  const { cafe, context } = visit
  const frame = frameOf(visit)
  const { card, olderEntryId } = await showKnown(visit, known, queryOf(visit).get('from'))
  const request = await findRequest(visit, known)
  return knownCardPage(frame, {
    card,
    mode: cafe.mode,
    code: codeIn(visit, fields),
    letters: cafe.mode === 'counter' ? context.store.cards.codeOf(cafe.id, known.card.id) : null,
    request,
    justStamped: notice?.kind === 'stamped' ? notice.stamps : 0,
    justClaimed: notice?.kind === 'claimed',
    copyNoticeHref: isCopyNoticed(known.cookie) ? routes.copyNotice.href({ cafe: cafe.slug }) : null,
    linked: await findLinked(visit, known),
    refusal: refused ?? null,
    olderHref: olderEntryId && `${frame.hrefs.card}?from=${olderEntryId}`,
    liveHref: cafe.setUpAtMs === null ? null : liveHrefOf(visit, known, request), // on trial nobody stamps but the customer
  })
}

/** As they typed it, or as the QR at the counter brought it. */
function codeIn(visit: Visit, fields: Fields | undefined): string {
  return (fields === undefined ? queryOf(visit).get('code') : fields.one('code')) ?? ''
}

/** Most addresses have no query: the URL parser would read all of it to say so. */
function queryOf({ request: { url } }: Visit): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : url.slice(start))
}

async function findLinked(
  { cafe, context }: Visit,
  { browser }: KnownBrowser,
): Promise<readonly LinkedShown[]> {
  if (!browser.isProven) return []
  const linked = await context.store.browsers.provenOf(cafe.id, browser.cardId, LINKED_MOST)
  return linked.map(({ id, claimedAtMs }) => ({
    isThis: id === browser.id,
    sinceMs: claimedAtMs,
    unlinkHref: routes.browserRemoval.href({ cafe: cafe.slug, browser: id }),
  }))
}
