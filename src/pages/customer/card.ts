/** `/cafe/`: the form for an unknown browser, the card for a known one, and the stamp. */
import { stampCard } from '../../commands/stamp-card.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { canStamp } from '../../rules/mode.ts'
import { parsePhone } from '../../rules/phone.ts'
import { currentVersion, goalOf } from '../../rules/programme.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeOnce, type Declined, type Door } from '../door.ts'
import type { Notice } from '../notice.ts'
import { replyPage, replySeeOther } from '../reply.ts'
import { frameOf, rememberBrowser, type Visit } from '../visit.ts'
import { knownCardPage, unknownCardPage } from './card-page.ts'
import { firstRewardName, showKnown } from './shown.ts'

export const cardDoor: Door = {
  get: showCard,
  post: {
    fields: ['phone', 'code'],
    change: stamp,
    again: (visit, fields, refused) => renderCard(visit, { fields, refused }),
  },
}

interface CardState {
  readonly fields?: Fields
  readonly refused?: Refused
  readonly notice?: Notice | null
}

async function showCard(visit: Visit): Promise<Response> {
  const { flash, clock } = visit.context
  const notice = flash.read(visit.pairs)
  if (notice !== null) visit.setCookies.push(flash.clear())
  if (visit.known !== null && visit.cardCookie?.isStale)
    rememberBrowser(visit, visit.known.browser.id, clock())
  return replyPage(visit, 200, await renderCard(visit, { notice }))
}

async function stamp(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const typed = fields.one('phone')?.trim() ?? ''
  const phone = typed === '' ? null : parsePhone(typed, visit.cafe.country)
  if (phone === null && (typed !== '' || visit.known === null))
    return typed === '' ? missingPhone(visit) : 'phone-invalid'

  const { random } = visit.context
  const outcome = await changeOnce(visit, fields, (tx) =>
    stampCard(
      tx,
      { kind: 'browser', cafeId: visit.cafe.id },
      {
        cafe: visit.cafe,
        programme: visit.programme,
        browserId: visit.known?.browser.id ?? null,
        phone,
        stamps: 1,
        atMs: visit.nowMs,
        newIds: { entry: random.uuid(), card: random.uuid(), browser: random.uuid() },
      },
    ),
  )
  if (!outcome.ok) return outcome
  const { browserId, stamps, atMs } = outcome.answer
  if (browserId !== null) rememberBrowser(visit, browserId, atMs)
  visit.setCookies.push(visit.context.flash.write({ kind: 'stamped', stamps }))
  return replySeeOther(visit, routes.card.href({ cafe: visit.cafe.slug }))
}

/** Where only the counter stamps, there is no number to miss. */
function missingPhone({ cafe }: Visit): Refusal {
  return canStamp(cafe.mode, { kind: 'browser', cafeId: cafe.id }) ? 'phone-missing' : 'counter-only'
}

export async function renderCard(
  visit: Visit,
  { fields, refused, notice = null }: CardState,
): Promise<string> {
  const { cafe, known, programme, request } = visit
  const frame = await frameOf(visit)
  const refusal = refused ?? null
  const mayStamp = canStamp(cafe.mode, { kind: 'browser', cafeId: cafe.id })
  if (known === null) {
    return unknownCardPage(frame, {
      goal: goalOf(programme, currentVersion(programme).version),
      rewardName: firstRewardName(visit),
      canStamp: mayStamp,
      phone: fields?.one('phone') ?? '',
      refusal,
      justForgot: notice?.kind === 'forgotten',
    })
  }
  const from = new URL(request.url).searchParams.get('from')
  const { card, olderEntryId } = await showKnown(visit, known, from)
  const justStamped = notice?.kind === 'stamped' ? notice.stamps : 0
  const olderHref = olderEntryId && `${frame.hrefs.card}?from=${olderEntryId}`
  return knownCardPage(frame, { card, canStamp: mayStamp, justStamped, refusal, olderHref })
}
