/** Changes that the owner and managers make: each once, and in the audit log with what it does. */
import type { Outcome } from '../../commands/answer-once.ts'
import type { Fields } from '../../http/form.ts'
import type { Act, Facts } from '../../rules/audit.ts'
import type { Tx } from '../../store/store.ts'
import type { OwnerDone } from '../../ui/words/owner-words.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { auditLine } from '../audit-line.ts'
import { changeOnce, type Declined } from '../door.ts'
import { replyRefusal, replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'

export interface Done {
  readonly act: Act
  readonly subject: string | null
  readonly facts?: Facts
}

export function changeAudited<Reason extends string>(
  visit: Visit,
  fields: Fields,
  { act, subject, facts = {} }: Done,
  work: (tx: Tx) => Promise<Outcome<Reason>>,
): Promise<Outcome<Reason | 'key-reused'>> {
  return changeOnce(visit, fields, async (tx) => {
    const outcome = await work(tx)
    if (outcome.ok) await tx.audits.append(visit.cafe.id, auditLine(visit, act, subject, facts))
    return outcome
  })
}

/** On to a page that says that it is done, or why not. What is not there is not on the page that would say so either: it has one of its own. */
export function settle<Reason extends Refusal>(
  visit: Visit,
  outcome: Outcome<Reason>,
  next: { readonly path: string; readonly done: OwnerDone },
): Response | Declined | Promise<Response> {
  if (outcome.ok) return goOn(visit, next)
  return outcome.reason === 'not-found' ? replyRefusal(visit, 'not-found') : outcome
}

/** The next page says once what was done. */
export function goOn(
  visit: Visit,
  { path, done }: { readonly path: string; readonly done: OwnerDone },
): Response {
  visit.setCookies.push(visit.context.flash.write({ kind: 'owner', done }))
  return replySeeOther(visit, path)
}
