/** Finding a card: thirty a minute, each in the audit log with no more than how many there were. */
import type { Fields } from '../../http/form.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Declined, Door } from '../door.ts'
import { findCards, readQuery } from '../found.ts'
import { replyPage } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { actOnce, done } from './act.ts'
import { renderHome } from './home.ts'

export const searchesDoor: Door = {
  post: {
    fields: ['query'],
    change: search,
    again: (visit, fields, refused) => renderHome(visit, { refused, query: fields.one('query') ?? '' }),
  },
}

async function search(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, who } = visit
  const query = readQuery(fields.one('query') ?? '', cafe.country)
  if (query === null) return 'digits-missing'
  for (const whom of [`person:${who.person?.id}`, who.device && `device:${who.device.id}`]) {
    const taken = whom === null ? null : await context.limiters.staffSearch.consume(cafe.id, whom)
    if (taken?.ok === false) {
      context.log.info(
        { event: 'search-limited', person: who.person?.id, device: who.device?.id },
        'too many searches',
      )
      return { reason: 'too-many-tries', againAtMs: taken.againAtMs }
    }
  }
  const found = await findCards(visit, query)
  const facts = { by: query.kind, found: found.rows.length }
  const outcome = await actOnce<never>(visit, fields, { act: 'search', subject: null, facts }, async () =>
    done(visit),
  )
  if (!outcome.ok) return outcome
  return replyPage(visit, 200, await renderHome(visit, { found }))
}
