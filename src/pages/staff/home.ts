/** `/cafe/staff/`: who is here, or else the counter: find a card, who waits, what was just done. */
import { routes } from '../../routes.ts'
import { beginsWithZero } from '../../rules/phone.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Done } from '../../ui/words/staff-words.ts'
import { counterCodeNow } from '../counter-code-now.ts'
import type { Door } from '../door.ts'
import type { Found } from '../found.ts'
import { readId } from '../path-id.ts'
import { replyPage } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { counterPage } from './home-page.ts'
import { newestLines, offeredNow } from './lines-shown.ts'
import { renderPin } from './pin-shown.ts'
import { staffFrameOf } from './staff-frame.ts'
import { whoWaits } from './waiting-shown.ts'

export const homeDoor: Door = { get: showHome }

export interface HomeState {
  readonly found?: Found | null
  readonly refused?: Refused | null
  /** What stands in the field, as it was typed. */
  readonly query?: string
  /** The request whose stamp a limit refused just now: staff may lift it. */
  readonly liftFor?: string | null
  readonly notice?: { readonly stamps: number } | { readonly done: Done } | null
}

async function showHome(visit: Visit): Promise<Response> {
  if (visit.who.person === null) {
    const personId = readId(new URL(visit.request.url).searchParams.get('person'))
    return replyPage(visit, 200, await renderPin(visit, { personId, refused: null }))
  }
  return replyPage(visit, 200, await renderHome(visit, { notice: takeNotice(visit) }))
}

/** What the change before this page did, said once. */
export function takeNotice(visit: Visit): NonNullable<HomeState['notice']> | null {
  const { flash } = visit.context
  const notice = flash.read(visit.pairs)
  if (notice?.kind !== 'staff' && notice?.kind !== 'stamped') return null
  visit.setCookies.push(flash.clear())
  return notice
}

export async function renderHome(visit: Visit, state: HomeState): Promise<string> {
  const [frame, lines, waiting] = await Promise.all([
    staffFrameOf(visit),
    newestLines(visit),
    whoWaits(visit),
  ])
  const { device } = visit.who
  return counterPage(frame, {
    found: state.found ?? null,
    refused: state.refused ?? null,
    query: state.query ?? '',
    notice: state.notice ?? null,
    beginsWithZero: beginsWithZero(visit.cafe.country),
    liftFor: state.liftFor ?? null,
    byLetters: new URL(visit.request.url).searchParams.has('letters'),
    code: device !== null && visit.cafe.mode === 'code' ? counterCodeNow(visit, device.branchId) : null,
    ...lines,
    offered: offeredNow(visit, lines.movable),
    ...waiting,
  })
}

/** A card, a line or a request that is not this café's answers like one that never was. */
export async function replyMissing(
  visit: Visit,
  reason: 'no-such-card' | 'no-such-entry' | 'claim-unknown' | 'request-unknown',
): Promise<Response> {
  return replyPage(visit, 404, await renderHome(visit, { refused: { reason } }))
}

export function homePath(visit: Visit): string {
  return routes.staff.home.href({ cafe: visit.cafe.slug })
}
