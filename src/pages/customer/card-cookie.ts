/** The card cookie: which browser this is, under a MAC. Never what it has: that stays in the ledger. */
import type { Clock } from '../../clock.ts'
import { cookie, type TypedCookie } from '../../http/cookie.ts'
import { createCookieSigner } from '../../http/signing.ts'
import { cookieDayOf } from '../../rules/cookie-use.ts'
import { onceACafe } from '../once-a-cafe.ts'
import { idOfShort, shortIdOf } from '../short-id.ts'

export interface CardCookie {
  readonly browserId: string
  /** The first millisecond of a day (UTC): who is given it twice in a day is given the same. */
  readonly issuedAtMs: number
  /** Whether it is time for a fresh one: of another day, or signed with a key from before. */
  readonly isStale: boolean
}

/** One declaration a café: `card_<slug>`, on https `__Host-card_<slug>`. */
export type CardCookies = (slug: string) => TypedCookie<CardCookie>

const MAX_AGE_SECONDS = 400 * 24 * 60 * 60 // the longest that browsers keep any cookie (RFC 6265bis 5.5)

export function createCardCookies(input: {
  readonly secret: string
  readonly fallbacks: readonly string[]
  readonly isHttps: boolean
  readonly clock: Clock
}): CardCookies {
  return onceACafe((slug) => declareCardCookie(slug, input))
}

function declareCardCookie(
  slug: string,
  input: Parameters<typeof createCardCookies>[0],
): TypedCookie<CardCookie> {
  const name = `${input.isHttps ? '__Host-' : ''}card_${slug}`
  const { secret, fallbacks, clock } = input
  const signer = createCookieSigner({ secret, fallbacks, name, salt: 'dojang card v1', clock })
  return cookie<CardCookie>(name, {
    signed: true,
    secure: input.isHttps,
    httpOnly: true,
    sameSite: 'Lax',
    maxAgeSeconds: MAX_AGE_SECONDS,
    format: ({ browserId, issuedAtMs }) =>
      signer.sign(`${shortIdOf(browserId)}.${slug}`, { atMs: cookieDayOf(issuedAtMs) }),
    parse(text) {
      const signed = signer.unsign(text, { maxAgeSeconds: MAX_AGE_SECONDS })
      if (!signed.ok) return null
      const browserId = idOf(signed.value, slug)
      const issuedAtMs = cookieDayOf(signed.signedAtMs)
      const isStale = signed.withFallback || cookieDayOf(clock()) > issuedAtMs
      return browserId === null ? null : { browserId, issuedAtMs, isStale }
    },
  })
}

function idOf(value: string, slug: string): string | null {
  const [text = '', cafe, ...rest] = value.split('.')
  return cafe !== slug || rest.length > 0 ? null : idOfShort(text)
}
