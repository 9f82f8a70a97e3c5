/** `/cafe/kiosk/`: the keypad, what a stamp has brought, or why there was none. */
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { viewOf } from '../../rules/card.ts'
import { claimLinkId, refusalOfClaim } from '../../rules/claim.ts'
import { typedShape } from '../../rules/phone.ts'
import { currentVersion, goalOf } from '../../rules/programme.ts'
import type { Refused } from '../../ui/refusal.ts'
import { counterCodeNow } from '../counter-code-now.ts'
import { type Door, ownOrigin } from '../door.ts'
import type { Notice } from '../notice.ts'
import { replyPage } from '../reply.ts'
import { frameOf, type Visit } from '../visit.ts'
import type { KioskView } from './kiosk-cookies.ts'
import { kioskPage } from './kiosk-page.ts'
import type { KioskResult } from './result-page.ts'

export const kioskDoor: Door = { get: showKiosk }

type KioskStamped = Extract<Notice, { kind: 'kiosk-stamped' }>

const PLAIN: KioskView = { isLarge: false, isContrast: false }

async function showKiosk(visit: Visit): Promise<Response> {
  const { flash } = visit.context
  const notice = flash.read(visit.pairs)
  if (notice !== null) visit.setCookies.push(flash.clear())
  const result = notice?.kind === 'kiosk-stamped' ? await resultOf(visit, notice) : null
  return replyPage(visit, 200, await renderKiosk(visit, { result }))
}

interface KioskState {
  readonly fields?: Fields
  readonly refused?: Refused
  readonly result?: KioskResult | null
}

export async function renderKiosk(
  visit: Visit,
  { fields, refused, result = null }: KioskState,
): Promise<string> {
  const { cafe, programme, who, context } = visit
  const { device } = who
  if (device === null) throw new Error('only a paired device gets this far')
  const branch = await context.store.branches.find(cafe.id, device.branchId)
  const version = currentVersion(programme)
  return kioskPage(frameOf(visit), {
    slug: cafe.slug,
    place: branch === null ? cafe.name : `${cafe.name} · ${branch.name}`,
    cafeLanguage: cafe.language,
    view: kioskViewOf(visit),
    cost: goalOf(programme, version.version),
    rewardName: version.rewards[0]?.name ?? null,
    scan: counterCodeNow(visit, device.branchId),
    shape: typedShape(cafe.country),
    phone: fields?.one('phone') ?? '',
    refused: refused ?? null,
    result,
  })
}

export function kioskViewOf({ context, pairs }: Visit): KioskView {
  return context.kioskCookies.viewCookie.read(pairs) ?? PLAIN
}

/** The stamp of a line, as it stood then: the same however often its form is sent. */
async function resultOf(visit: Visit, { entryId, claimToken }: KioskStamped): Promise<KioskResult | null> {
  const { cafe, programme, context, nowMs } = visit
  const entry = await context.store.entries.find(cafe.id, entryId)
  const card = entry && (await context.store.cards.find(cafe.id, entry.cardId))
  if (entry === null || card === null) return null
  const link = await context.store.claimLinks.find(cafe.id, claimLinkId(claimToken) ?? '')
  const isLinkLive = refusalOfClaim(link, nowMs) === null
  const path = routes.claim.href({ cafe: cafe.slug, token: claimToken })
  const { stamps, goal, ready } = viewOf({ ...card, balance: entry.balance }, null, programme)
  return {
    count: cafe.kioskShowsCount ? { stamps, goal, ready } : null,
    rewardName: currentVersion(programme).rewards[0]?.name ?? null,
    claimHref: isLinkLive ? `${ownOrigin(visit)}${path}` : null,
  }
}
