/** `/cafe/staff/cards/<id>/`: one card before the person behind the counter, and all that may be done with it. */
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { type Card, viewOf } from '../../rules/card.ts'
import { isManager } from '../../rules/role.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Door } from '../door.ts'
import { pathId, readId } from '../path-id.ts'
import { replyPage } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { actOnRefusal } from './card-lift.ts'
import { type CardPage, cardPage } from './card-page.ts'
import { linkShown } from './claim-shown.ts'
import { cardHistory, type Typed } from './history-shown.ts'
import { type HomeState, renderHome, replyMissing, takeNotice } from './home.ts'
import { newestLines, type OwnLine } from './lines-shown.ts'
import { maskedNumberOf } from './masked-number.ts'
import { staffFrameOf } from './staff-frame.ts'

export const cardDoor: Door = { get: showCard }

export interface CardState {
  readonly refused?: Refused | null
  readonly fields?: Fields
  readonly notice?: HomeState['notice']
}

async function showCard(visit: Visit): Promise<Response> {
  const card = await cardAsked(visit)
  if (card === null) return replyMissing(visit, 'no-such-card')
  return replyPage(visit, 200, await renderCard(visit, card, { notice: takeNotice(visit) }))
}

/** The card that the path names, if the café has it. */
export async function cardAsked(visit: Visit): Promise<Card | null> {
  const id = pathId(visit, 'card')
  return id === null ? null : visit.context.store.cards.find(visit.cafe.id, id)
}

/** After a refusal: the card with the form as it was, or the counter where there is no such card. */
export async function renderAgain(visit: Visit, fields: Fields, refused: Refused): Promise<string> {
  const card = await cardAsked(visit)
  return card === null ? renderHome(visit, { refused }) : renderCard(visit, card, { fields, refused })
}

export async function renderCard(visit: Visit, card: Card, state: CardState): Promise<string> {
  const { programme, who } = visit
  const query = new URL(visit.request.url).searchParams
  const view = viewOf(card, null, programme)
  const [frame, number, lines, history, link] = await Promise.all([
    staffFrameOf(visit),
    maskedNumberOf(visit, card.id),
    newestLines(visit),
    cardHistory(visit, card, { fromId: readId(query.get('from')), typed: typedIn(state.fields) }),
    linkShown(visit, card.id, query.get('link')),
  ])
  return cardPage(frame, {
    id: card.id,
    number,
    stamps: view.stamps,
    goal: view.goal,
    ready: view.ready,
    rewards: view.rewards.map((reward) => ({ ...reward, isReady: view.stamps >= reward.cost })),
    lastStampAtMs: card.lastStampAtMs,
    isManager: who.person !== null && isManager(who.person.role),
    movable: lines.movable,
    history,
    movedHere: await movedHere(visit, card, { state, own: lines.own }),
    link,
    notice: state.notice ?? null,
    refused: state.refused ?? null,
    lift: actOnRefusal(state),
  })
}

/** The move that led to this page, to be undone there. */
async function movedHere(
  visit: Visit,
  card: Card,
  { state, own }: { readonly state: CardState; readonly own: OwnLine | null },
): Promise<CardPage['movedHere']> {
  const isMoved = state.notice && 'done' in state.notice && state.notice.done === 'moved'
  if (!isMoved || own?.cardId !== card.id || own.movedFromId === null) return null
  const from = await maskedNumberOf(visit, own.movedFromId)
  return from === '' ? null : { ...own, from }
}

/** What a manager typed about a line. */
function typedIn(fields?: Fields): Typed | null {
  const reason = fields?.one('reason') ?? null
  return reason === null ? null : { reason, phone: fields?.one('phone') ?? null }
}

export function cardPath({ cafe }: Visit, cardId: string): string {
  return routes.staff.card.href({ cafe: cafe.slug, card: cardId })
}
