/** Way 7: a cookie carries a number that means nothing; whose it is stands on the server, in a session. */

import { randomBytes } from 'node:crypto'
import { parseCookies, serializeCookie } from '../../src/http/cookie.ts'
import { type Answer, pay, phoneIn, type Visit } from '../way.ts'

export const sessions = new Map<string, { phone: string | null }>()
export const stampsByPhone = new Map<string, number>()

export function session(visit: Visit): Answer {
  const sent = parseCookies(visit.cookieHeader).get('session') ?? ''
  const id = sessions.has(sent) ? sent : randomBytes(16).toString('base64url') // 128 bits: nobody guesses it
  const phone = phoneIn(visit) ?? sessions.get(id)?.phone ?? null
  sessions.set(id, { phone }) // the same id before and after the number is known

  const line = serializeCookie('session', id, { httpOnly: true, maxAgeSeconds: 14 * 24 * 60 * 60 })
  const answer = phone === null ? ask(visit) : count(phone, visit.wants)
  return { ...answer, setCookies: [line] }
}

function ask(visit: Visit): Answer {
  const asks: Answer = { stamps: null, asksPhone: true }
  return visit.wants === 'look' ? asks : { ...asks, refused: 'phone' }
}

function count(phone: string, wants: Visit['wants']): Answer {
  const stamps = stampsByPhone.get(phone) ?? 0
  if (wants === 'look') return { stamps }
  const answer = wants === 'stamp' ? { stamps: stamps + 1 } : pay(stamps)
  stampsByPhone.set(phone, answer.stamps)
  return answer
}
