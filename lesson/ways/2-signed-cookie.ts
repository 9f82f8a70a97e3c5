/** Way 2: the browser still keeps the count, now under the café's signature. */

import { randomBytes } from 'node:crypto'
import { parseCookies, serializeCookie } from '../../src/http/cookie.ts'
import { createCookieSigner } from '../../src/http/signing.ts'
import { type Answer, pay, type Visit } from '../way.ts'

const secret = randomBytes(32).toString('hex') // only the café knows it
const signer = createCookieSigner({ secret, name: 'stamps' })

export function signedCookie(visit: Visit): Answer {
  const text = parseCookies(visit.cookieHeader).get('stamps')
  const signed = text === undefined ? null : signer.unsign(text)
  if (signed !== null && !signed.ok) return { stamps: 0, refused: 'forged' }
  const stamps = signed === null ? 0 : Number(signed.value) // we wrote it — but when?

  if (visit.wants === 'stamp') return keep({ stamps: stamps + 1 })
  if (visit.wants === 'coffee') return keep(pay(stamps))
  return { stamps }
}

function keep(answer: Answer): Answer {
  const text = signer.sign(String(answer.stamps)) // 3:1vQ8aB:Zk3… the count, the time, the signature
  return { ...answer, setCookies: [serializeCookie('stamps', text, { maxAgeSeconds: 30 * 24 * 60 * 60 })] }
}
