/** Requests that other sites forge: where a request comes from, and a token that only our own pages can carry. */

import { type CookiePairs, cookie, type TypedCookie } from './cookie.ts'
import { isTokenOf, maskedToken, type Random, SECRET_OCTETS, stockedRandom } from './masked-token.ts'
import { isListedOrigin, isSameOrigin, originOf } from './origin.ts'
import { createCookieSigner, type SigningKeys, type Unsigned } from './signing.ts'

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'TRACE']
const MAX_AGE_SECONDS = 365 * 24 * 60 * 60 // a form left open over the holidays still works; Django's cookie too
const RENEW_AFTER_MS = (MAX_AGE_SECONDS / 2) * 1000 // so that a regular's cookie never ends under an open form
const ID_OCTETS = 16 // 128 bits: nobody meets another's
const ID_LENGTH = 22 // of those 16 octets as base64url
const HELD_LENGTH = ID_LENGTH + 1 + 32 // id, dot, secret

/** The headers that tell where a request comes from, null where it has none. */
export interface RequestSource {
  readonly method: string
  readonly origin: string | null
  readonly referer: string | null
  readonly secFetchSite: string | null
}

export interface OriginRules {
  /** This service's own `scheme://host[:port]`. */
  readonly ownOrigin: string
  /** Others that may post here: `https://pay.example`, or `https://*.shop.example` for it and all below it. */
  readonly trustedOrigins?: readonly string[]
  /** Whether a request that does not say where it comes from at all is left to the token on https too. Django refuses it. */
  readonly isSilenceFine?: boolean
}

/** Which of the three spoke against the request. */
export type OriginFault = 'fetch-metadata' | 'origin' | 'referer'

/**
 * Says which header speaks against a request that may change something, or null. GET, HEAD, OPTIONS and TRACE are
 * never refused. Null does not replace the token: over http, or by `isSilenceFine`, a request with none of the headers
 * passes here.
 *
 * Order: Fetch metadata; Origin; on https, where neither was sent, the Referer. `Origin: null` is what honest pages
 * send under `Referrer-Policy: no-referrer`, so `Sec-Fetch-Site: same-origin` rescues it, and nothing else does.
 * Source: django.middleware.csrf; W3C Fetch Metadata; Go 1.25 net/http/csrf.go.
 *
 * @example checkOrigin({ method: 'POST', origin: 'https://evil.example', referer: null, secFetchSite: null },
 *   { ownOrigin: 'https://cafe.example' }) // 'origin'
 */
export function checkOrigin(source: RequestSource, rules: OriginRules): OriginFault | null {
  const { method, origin, referer, secFetchSite } = source
  const { ownOrigin, trustedOrigins = [], isSilenceFine = false } = rules
  if (SAFE_METHODS.includes(method)) return null
  const isTrusted = origin !== null && isListedOrigin(origin, trustedOrigins)

  const isOwnSite = secFetchSite === 'same-origin' || secFetchSite === 'none'
  if (secFetchSite !== null && !isOwnSite && !isTrusted) return 'fetch-metadata'
  if (origin === 'null') return secFetchSite === 'same-origin' ? null : 'origin'
  if (origin !== null) return isTrusted || isSameOrigin(origin, ownOrigin) ? null : 'origin'
  if (secFetchSite !== null || !ownOrigin.startsWith('https:')) return null
  if (referer === null && isSilenceFine) return null

  const referring = referer === null ? null : originOf(referer)
  if (referring === null) return 'referer'
  return isSameOrigin(referring, ownOrigin) || isListedOrigin(referring, trustedOrigins) ? null : 'referer'
}

export interface CsrfOptions extends SigningKeys {
  /** True on https: the cookie is then `__Host-csrf`, which no sibling subdomain can plant. */
  readonly secure: boolean
  readonly random?: Random
}

/** Makes the per-request object. */
export interface Csrf {
  /** Costs nothing until asked: a page without a form verifies no cookie and sets none. */
  open(pairs: CookiePairs): CsrfRequest
}

/** One request's side of the double submit. */
export interface CsrfRequest {
  /** Names this browser for as long as it keeps its cookie, and nobody else can make it up; null without a valid one. */
  readonly id: string | null
  /** The Set-Cookie line to send, if `token` or `rotate` made a cookie, or one in use wants signing anew. */
  readonly setCookie: string | null
  /** A token for a form: 64 characters, different each time (BREACH), all of them good. Makes the cookie if missing. */
  token(): string
  /** Says what is wrong with a posted token, or null: `cookie` when there is none of ours, `token` when it differs. */
  verify(token: string | null): 'cookie' | 'token' | null
  /** Another id and secret, at sign-in and sign-out: tokens of before are worthless. */
  rotate(): void
}

/**
 * A signed double-submit token: the cookie holds a random id and secret under a MAC (HttpOnly, SameSite=Lax, a year),
 * the form holds the secret under a mask. A cookie that we did not sign is as good as none, so a planted one does
 * not come with a token of its own. Source: OWASP CSRF cheat sheet, signed double-submit; Django for the masking.
 *
 * @example
 * const csrf = createCsrf({ secret, secure: true }).open(cookiePairs(request.headers.get('cookie')))
 * csrf.verify(fields.one('csrf_token')) // null: it is ours
 */
export function createCsrf(options: CsrfOptions): Csrf {
  const { secret, fallbacks = [], secure, clock = Date.now, random = stockedRandom } = options
  const name = secure ? '__Host-csrf' : 'csrf'
  const signer = createCookieSigner({ secret, fallbacks, name, clock })
  const declared = cookie<Held>(name, {
    parse: (text) => readHeld(signer.unsign(text, { maxAgeSeconds: MAX_AGE_SECONDS }), clock()),
    format: ({ id, secret: octets }) => signer.sign(`${id}.${octets.toString('base64url')}`),
    signed: true,
    secure,
    httpOnly: true,
    maxAgeSeconds: MAX_AGE_SECONDS,
  })
  return { open: (pairs) => new OpenCsrf(declared, random, pairs) }
}

/** What the cookie holds. */
interface Held {
  readonly id: string
  readonly secret: Buffer
  /** Signed with an older key, or half a year ago. */
  readonly isStale: boolean
}

function readHeld(signed: Unsigned<string>, nowMs: number): Held | null {
  // Ours by its signature, so its form is only that of another version.
  if (!signed.ok || signed.value.length !== HELD_LENGTH || signed.value[ID_LENGTH] !== '.') return null
  const secret = Buffer.from(signed.value.slice(ID_LENGTH + 1), 'base64url')
  if (secret.length !== SECRET_OCTETS) return null
  const isStale = signed.withFallback || nowMs - signed.signedAtMs > RENEW_AFTER_MS
  return { id: signed.value.slice(0, ID_LENGTH), secret, isStale }
}

class OpenCsrf implements CsrfRequest {
  readonly #cookie: TypedCookie<Held>
  readonly #random: Random
  readonly #pairs: CookiePairs
  /** Undefined until the cookie has been looked at. */
  #held: Held | null | undefined

  constructor(declared: TypedCookie<Held>, random: Random, pairs: CookiePairs) {
    this.#cookie = declared
    this.#random = random
    this.#pairs = pairs
  }

  get id(): string | null {
    return this.#read()?.id ?? null
  }

  get setCookie(): string | null {
    return this.#held?.isStale ? this.#cookie.write(this.#held) : null
  }

  token(): string {
    const held = this.#read() ?? this.#renew()
    return maskedToken(held.secret, this.#random)
  }

  verify(token: string | null): 'cookie' | 'token' | null {
    const held = this.#read()
    if (held === null) return 'cookie'
    return isTokenOf(token, held.secret) ? null : 'token'
  }

  rotate(): void {
    this.#renew()
  }

  #renew(): Held {
    const id = Buffer.from(this.#random(ID_OCTETS)).toString('base64url')
    this.#held = { id, secret: Buffer.from(this.#random(SECRET_OCTETS)), isStale: true }
    return this.#held
  }

  #read(): Held | null {
    if (this.#held === undefined) this.#held = this.#cookie.read(this.#pairs)
    return this.#held
  }
}

/** A session, as far as a token needs one (`Session` in session.ts is). */
export interface TokenBinding {
  /** Null where there is no session yet. */
  id(): Promise<string | null>
  /** Known to this session alone, another after each sign-in; begins a session where there is none. */
  bindingSecret(): Promise<Uint8Array>
}

/** The same token bound to a session instead of a cookie of its own, for pages behind a sign-in. */
export interface SessionCsrf {
  token(): Promise<string>
  verify(token: string | null): Promise<'session' | 'token' | null>
}

/** Old tokens end with the session, and at its `rotate` and `signIn`; nothing is stored for them. */
export function sessionCsrf(
  session: TokenBinding,
  { random = stockedRandom }: Pick<CsrfOptions, 'random'> = {},
): SessionCsrf {
  const secret = async () => (await session.bindingSecret()).subarray(0, SECRET_OCTETS)
  return {
    token: async () => maskedToken(await secret(), random),
    async verify(token) {
      if ((await session.id()) === null) return 'session'
      return isTokenOf(token, await secret()) ? null : 'token'
    },
  }
}
