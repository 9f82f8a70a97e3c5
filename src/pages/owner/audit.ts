/** `/cafe/owner/audit/`: what everybody behind the counter did, newest first, a page at a time by `?before=`. */
import type { Audit } from '../../rules/audit.ts'
import type { Door } from '../door.ts'
import { replyPage } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { auditPage } from './audit-page.ts'
import { namesIn } from './names.ts'
import { ownerFrameOf } from './owner-frame.ts'

export const auditDoor: Door = { get: showAudit }

const LINES_SHOWN = 50 // a page to scroll
const NUMBER = /^[1-9]\d{0,8}$/ // below 2^31, which is as many as there can be

async function showAudit(visit: Visit): Promise<Response> {
  const { cafe, context, request } = visit
  const asked = new URL(request.url).searchParams.get('before') ?? ''
  const before = NUMBER.test(asked) ? Number(asked) : null // anything else is the newest page
  const lines = await context.store.audits.page(cafe.id, before, LINES_SHOWN)
  const last = lines.at(-1)
  const shown = {
    lines,
    names: await namesIn(visit),
    isNewest: before === null,
    olderBefore: olderBefore(last),
  }
  return replyPage(visit, 200, auditPage(await ownerFrameOf(visit), shown))
}

/** Numbers have no gaps: below 1 there is nothing. */
function olderBefore(last: Audit | undefined): number | null {
  return last === undefined || last.number === 1 ? null : last.number
}
