/** The code on the counter's screen, as a customer brings it: judged before any card is looked at, and wrong ones are counted (safety.md F1). */
import type { Fields } from '../../http/form.ts'
import { type CodeVerdict, judgeCode } from '../../rules/counter-code.ts'
import { counterCodeKeyOf } from '../../store/keys.ts'
import type { Declined } from '../door.ts'
import type { Visit } from '../visit.ts'

/** The half minute whose code was brought, or why it is refused. Who asks again for what is answered already is not judged again: null. */
export async function readCounterCode(visit: Visit, fields: Fields): Promise<number | null | Declined> {
  const code = digitsOf(fields.one('code'))
  const { answers } = visit.context.store
  if ((await answers.find(visit.cafe.id, fields.one('idempotency_key') ?? '')) !== null) return null
  if (code === '') return { reason: 'code-missing' }
  const refused = await takeTry(visit)
  if (refused !== null) return refused
  const verdict = await judge(visit, code)
  if (verdict.ok || verdict.reason === 'code-expired') await giveTryBack(visit) // only wrong ones count
  return verdict.ok ? verdict.step : verdict
}

/** As people type it: with a gap, or on a Japanese keyboard. */
function digitsOf(typed: string | null): string {
  return (typed ?? '').normalize('NFKC').replace(/[\s-]/g, '')
}

async function judge({ context, cafe, nowMs }: Visit, code: string): Promise<CodeVerdict> {
  const branches = await context.store.branches.list(cafe.id)
  const branchIds = branches.map(({ id }) => id)
  return judgeCode(counterCodeKeyOf(context.keys), { cafeId: cafe.id, branchIds, code, nowMs })
}

/** Taken before the code is looked at, so that however many come at once no more than that are. */
async function takeTry(visit: Visit): Promise<Declined | null> {
  const { cafe, context } = visit
  const { codeByBrowser, codeByCafe } = context.limiters
  const own = await codeByBrowser.consume(cafe.id, browserOf(visit))
  if (!own.ok) return { reason: 'too-many-codes', againAtMs: own.againAtMs }
  const all = await codeByCafe.consume(cafe.id, ALL)
  if (all.ok) return null
  await codeByBrowser.giveBack(cafe.id, browserOf(visit))
  return { reason: 'too-many-codes', againAtMs: all.againAtMs }
}

async function giveTryBack(visit: Visit): Promise<void> {
  const { codeByBrowser, codeByCafe } = visit.context.limiters
  await codeByBrowser.giveBack(visit.cafe.id, browserOf(visit))
  await codeByCafe.giveBack(visit.cafe.id, ALL)
}

const ALL = 'all'

function browserOf({ known, csrf }: Visit): string {
  return known === null ? `csrf:${csrf.id}` : `browser:${known.browser.id}`
}
