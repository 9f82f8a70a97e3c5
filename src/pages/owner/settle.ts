/** How a change of the owner's or a manager's ends: on a page that says so, or with why not. */
import type { Outcome } from '../../commands/answer-once.ts'
import type { OwnerDone } from '../../ui/words/owner-words.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Declined } from '../door.ts'
import { replyRefusal, replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'

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
