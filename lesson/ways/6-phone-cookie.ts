/** Way 6: the server keeps a count for each phone number; a cookie remembers the number. */

import { parseCookies, serializeCookie } from '../../src/http/cookie.ts'
import { type Answer, pay, phoneIn, type Visit } from '../way.ts'

export const stampsByPhone = new Map<string, number>()

export function phoneCookie(visit: Visit): Answer {
  const phone = phoneIn(visit) ?? parseCookies(visit.cookieHeader).get('phone')
  if (phone === undefined) {
    const asks: Answer = { stamps: null, asksPhone: true }
    return visit.wants === 'look' ? asks : { ...asks, refused: 'phone' }
  }
  const answer = count(phone, visit.wants)
  return { ...answer, setCookies: [serializeCookie('phone', phone, { maxAgeSeconds: 30 * 24 * 60 * 60 })] }
}

function count(phone: string, wants: Visit['wants']): Answer {
  const stamps = stampsByPhone.get(phone) ?? 0
  if (wants === 'look') return { stamps }
  const answer = wants === 'stamp' ? { stamps: stamps + 1 } : pay(stamps)
  stampsByPhone.set(phone, answer.stamps)
  return answer
}
