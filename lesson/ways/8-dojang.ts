/** Way 8, Dojang's: a signed HttpOnly cookie says who this browser is; a ledger on the server keeps what it has. */
import { randomBytes, randomUUID } from 'node:crypto'
import { cookie, cookiePairs } from '../../src/http/cookie.ts'
import { checkOrigin, createCsrf } from '../../src/http/csrf.ts'
import { createCookieSigner } from '../../src/http/signing.ts'
import { type Answer, pay, phoneIn, type Visit } from '../way.ts'

const secret = randomBytes(32).toString('hex') // in earnest from a key file, and secure: true on https
const csrf = createCsrf({ secret, secure: false })
const signer = createCookieSigner({ secret, name: 'who' })
const read = (text: string) => ((signed) => (signed.ok ? signed.value : null))(signer.unsign(text))
const lasting = { httpOnly: true, sameSite: 'Lax', maxAgeSeconds: 400 * 24 * 60 * 60 } as const
const who = cookie<string>('who', { ...lasting, signed: true, parse: read, format: (id) => signer.sign(id) })

export const browsers = new Map<string, string>() // whose number a browser earns for; forgetting takes it out
export const ledger: { browser: string; phone: string; stamps: number }[] = [] // only ever added to

export function dojang(visit: Visit): Answer {
  const pairs = cookiePairs(visit.cookieHeader)
  const forms = csrf.open(pairs)
  const stranger = checkOrigin(visit.source, visit) ?? forms.verify(visit.form.get('csrf_token') ?? null)
  if (visit.wants !== 'look' && stranger !== null) return { stamps: null, refused: stranger }

  const known = who.read(pairs) ?? '' // nobody, when it is forged
  const browser = browsers.has(known) ? known : randomUUID()
  const phone = browsers.get(browser) ?? phoneIn(visit)
  const card = phone === null ? { stamps: null, asksPhone: true } : change(browser, phone, visit.wants)
  const csrfToken = forms.token()
  const lines = [forms.setCookie, browsers.has(browser) ? who.write(browser) : null]
  return { ...card, csrfToken, setCookies: lines.filter((line) => line !== null) }
}

function change(browser: string, phone: string, wants: Visit['wants']): Answer {
  browsers.set(browser, phone)
  if (wants === 'forget' && browsers.delete(browser)) return { stamps: null, asksPhone: true }
  const own = ledger.reduce((sum, entry) => sum + (entry.browser === browser ? entry.stamps : 0), 0)
  const card = wants === 'stamp' ? { stamps: own + 1 } : wants === 'coffee' ? pay(own) : { stamps: own }
  if (card.stamps !== own) ledger.push({ browser, phone, stamps: card.stamps - own })
  return card // what this browser earned itself; the rest of the number shows once staff have confirmed it
}
