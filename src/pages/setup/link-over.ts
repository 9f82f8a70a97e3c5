/** What a link says that is over, was used, or never was one: how to get another. */
import { messagePage } from '../../ui/message-page.ts'
import { setupWordsIn } from '../../ui/words/setup-words.ts'
import { REFUSAL_STATUS } from '../refusals.ts'
import { replyPage } from '../reply.ts'
import { frameOf, type Person } from '../visit.ts'

export async function replyLinkOver(person: Person): Promise<Response> {
  return replyPage(person, REFUSAL_STATUS['link-over'], await linkOverPage(person))
}

export async function linkOverPage(person: Person): Promise<string> {
  const frame = frameOf(person)
  const sentence = setupWordsIn(frame.language).linkOver
  return messagePage({ ...frame, isTrial: false }, { reason: 'link-over', sentence })
}
