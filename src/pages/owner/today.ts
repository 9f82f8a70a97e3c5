/** `/cafe/owner/`: how today and this week go, and what has just happened, as it happens. */
import { maskPhone } from '../../rules/phone.ts'
import { clockOf } from '../../ui/card.ts'
import type { Door } from '../door.ts'
import { replyPage } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { cardHref } from './customers-page.ts'
import { namesIn } from './names.ts'
import { ownerFrameOf } from './owner-frame.ts'
import { questionsFor } from './questions.ts'
import { todayPage } from './today-page.ts'

export const todayDoor: Door = { get: showToday }

const LINES_SHOWN = 30 // about an hour's

async function showToday(visit: Visit): Promise<Response> {
  const { cafe, context, nowMs } = visit
  const { reports } = context.store
  const frame = await ownerFrameOf(visit)
  const [today, week, lines, names, questions] = await Promise.all([
    reports.figuresSince(cafe.id, startOf('today', cafe.timeZone, nowMs)),
    reports.figuresSince(cafe.id, startOf('week', cafe.timeZone, nowMs)),
    reports.newestLines(cafe.id, LINES_SHOWN),
    namesIn(visit),
    questionsFor(visit, frame),
  ])
  const shown = lines.map(({ entry, phone }) => ({
    entry,
    card: { masked: maskPhone(phone), href: cardHref(cafe, entry.cardId) },
  }))
  const props = { figures: { today, week }, lines: shown, names, clock: clockOf(frame), questions }
  return replyPage(visit, 200, todayPage(frame, props))
}

/** Midnight in the café, or that of its last Monday. */
function startOf(period: 'today' | 'week', timeZone: string, nowMs: number): number {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate()
  const day = period === 'today' ? today : today.subtract({ days: today.dayOfWeek - 1 })
  return day.toZonedDateTime({ timeZone }).epochMilliseconds
}
