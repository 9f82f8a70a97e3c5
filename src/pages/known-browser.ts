/** The cookie of a browser in which somebody of the café has signed in before: it has tries of its own, so strangers cannot lock it out. */
import { cookie, type TypedCookie } from '../http/cookie.ts'
import { createCookieSigner } from '../http/signing.ts'
import type { PageContext } from './context.ts'
import { idOfShort, shortIdOf } from './short-id.ts'
import type { Visit } from './visit.ts'

interface KnownCookie {
  readonly personId: string
  /** Of the browser, so that each has its own tries. */
  readonly browser: string
}

const MAX_AGE_SECONDS = 400 * 24 * 60 * 60 // the longest that browsers keep any
const BROWSER_BYTES = 16 // 128 bits
const FORM = /^([\w-]{22})\.([\w-]{22})$/

/** @returns the browser's id where this very person has signed in in it before, else null */
export function knownBrowserOf({ context, cafe, pairs }: Visit, personId: string | null): string | null {
  const known = knownCookieOf(context, cafe.slug).read(pairs)
  return known !== null && known.personId === personId ? known.browser : null
}

export function rememberPerson(visit: Visit, personId: string): void {
  const { context, cafe, setCookies } = visit
  const fresh = () => Buffer.from(context.random.bytes(BROWSER_BYTES)).toString('base64url')
  const browser = knownBrowserOf(visit, personId) ?? fresh()
  setCookies.push(knownCookieOf(context, cafe.slug).write({ personId, browser }))
}

function knownCookieOf({ keys, clock, publicUrl }: PageContext, slug: string): TypedCookie<KnownCookie> {
  const isHttps = publicUrl?.protocol === 'https:'
  const name = `${isHttps ? '__Host-' : ''}known_${slug}`
  const signing = { secret: keys.current, fallbacks: keys.fallbacks, clock }
  const signer = createCookieSigner({ ...signing, name, salt: 'dojang known browser v1' })
  return cookie<KnownCookie>(name, {
    signed: true,
    secure: isHttps,
    httpOnly: true,
    sameSite: 'Lax',
    maxAgeSeconds: MAX_AGE_SECONDS,
    format: ({ personId, browser }) => signer.sign(`${shortIdOf(personId)}.${browser}`),
    parse(text) {
      const signed = signer.unsign(text, { maxAgeSeconds: MAX_AGE_SECONDS })
      const [, id = '', browser = ''] = (signed.ok && FORM.exec(signed.value)) || []
      const personId = idOfShort(id)
      return personId === null ? null : { personId, browser }
    },
  })
}
