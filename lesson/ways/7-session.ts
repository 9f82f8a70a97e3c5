/** Way 7: a cookie carries an id that means nothing; whose it is stands on the server, in a session. */

import { cookiePairs } from '../../src/http/cookie.ts'
import { createSessions } from '../../src/http/session.ts'
import { createMemorySessionStore } from '../../src/http/session-store.ts'
import { type Answer, pay, phoneIn, type Visit } from '../way.ts'

type Facts = { visits?: number; phone?: string | undefined }

export const store = createMemorySessionStore()
export const stampsByPhone = new Map<string, number>()
const lives = { idleSeconds: 14 * 24 * 60 * 60, absoluteSeconds: 90 * 24 * 60 * 60 }
const sessions = createSessions<Facts>({ store, secure: false, ...lives, parse: (stored) => stored as Facts })

export async function session(visit: Visit): Promise<Answer> {
  const session = sessions.open(cookiePairs(visit.cookieHeader))
  const facts = await session.facts()
  facts.visits = (facts.visits ?? 0) + 1 // so it begins before anybody knows whose it is
  facts.phone = phoneIn(visit) ?? facts.phone // missing on purpose: session.rotate() at this moment, and a proof
  const { setCookie } = await session.commit()

  const answer = facts.phone === undefined ? ask(visit) : count(facts.phone, visit.wants)
  return setCookie === null ? answer : { ...answer, setCookies: [setCookie] }
}

function ask(visit: Visit): Answer {
  return { stamps: null, asksPhone: true, ...(visit.wants !== 'look' && { refused: 'phone' }) }
}

function count(phone: string, wants: Visit['wants']): Answer {
  const stamps = stampsByPhone.get(phone) ?? 0
  if (wants === 'look') return { stamps }
  const answer = wants === 'stamp' ? { stamps: stamps + 1 } : pay(stamps)
  stampsByPhone.set(phone, answer.stamps)
  return answer
}
