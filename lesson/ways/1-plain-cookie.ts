/** Way 1: the browser keeps the count itself, in a plain cookie. */

import { parseCookies, serializeCookie } from '../../src/http/cookie.ts'
import { type Answer, pay, type Visit } from '../way.ts'

export function plainCookie(visit: Visit): Answer {
  const cookies = parseCookies(visit.cookieHeader)
  const stamps = Number(cookies.get('stamps')) || 0 // whatever the browser says

  if (visit.wants === 'stamp') return keep({ stamps: stamps + 1 })
  if (visit.wants === 'coffee') return keep(pay(stamps))
  return { stamps }
}

function keep(answer: Answer): Answer {
  const line = serializeCookie('stamps', String(answer.stamps), { maxAgeSeconds: 30 * 24 * 60 * 60 })
  return { ...answer, setCookies: [line] }
}
