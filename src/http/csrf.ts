/** Requests that other sites forge: where a request comes from, and a token that only our own pages can carry. */

import { randomBytes, timingSafeEqual } from 'node:crypto'
import { type CookiePairs, cookie } from './cookie.ts'
import { isListedOrigin, isSameOrigin, originOf } from './origin.ts'
import { createCookieSigner, type SigningKeys } from './signing.ts'

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'TRACE']
const MAX_AGE_SECONDS = 365 * 24 * 60 * 60 // a form left open over the holidays still works; Django's cookie too
const RENEW_AFTER_MS = (MAX_AGE_SECONDS / 2) * 1000 // so that a regular's cookie never ends under an open form
const ID_OCTETS = 16 // 128 bits: nobody meets another's
const SECRET_OCTETS = 24 // 192 bits, and 24 octets of mask and of secret are 64 characters without padding
const cookieForm = /^([\w-]{22})\.([\w-]{32})$/
const tokenForm = /^[\w-]{64}$/

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
}

/** Which of the three spoke against the request. */
export type OriginFault = 'fetch-metadata' | 'origin' | 'referer'

/**
 * Says which header speaks against a request that may change something, or null. GET, HEAD, OPTIONS and TRACE are
 * never refused. Null does not replace the token: over http, a request with none of the headers passes here.
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
  const { ownOrigin, trustedOrigins = [] } = rules
  if (SAFE_METHODS.includes(method)) return null
  const isTrusted = origin !== null && isListedOrigin(origin, trustedOrigins)

  const isOwnSite = secFetchSite === 'same-origin' || secFetchSite === 'none'
  if (secFetchSite !== null && !isOwnSite && !isTrusted) return 'fetch-metadata'
  if (origin === 'null') return secFetchSite === 'same-origin' ? null : 'origin'
  if (origin !== null) return isTrusted || isSameOrigin(origin, ownOrigin) ? null : 'origin'
  if (secFetchSite !== null || !ownOrigin.startsWith('https:')) return null

  const referring = referer === null ? null : originOf(referer)
  if (referring === null) return 'referer'
  return isSameOrigin(referring, ownOrigin) || isListedOrigin(referring, trustedOrigins) ? null : 'referer'
}

export interface CsrfOptions extends SigningKeys {
  /** True on https: the cookie is then `__Host-csrf`, which no sibling subdomain can plant. */
  readonly secure: boolean
  /** Gives so many unpredictable octets. */
  readonly random?: (octets: number) => Uint8Array
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

interface Secret {
  readonly id: string
  readonly octets: Buffer
  readonly isStale: boolean
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
export function createCsrf({
  secret,
  fallbacks = [],
  secure,
  clock = Date.now,
  random = randomBytes,
}: CsrfOptions): Csrf {
  const name = secure ? '__Host-csrf' : 'csrf'
  const signer = createCookieSigner({ secret, fallbacks, name, clock })

  const parse = (text: string): Secret | null => {
    const signed = signer.unsign(text, { maxAgeSeconds: MAX_AGE_SECONDS })
    const parts = signed.ok ? cookieForm.exec(signed.value) : null
    if (!signed.ok || parts === null) return null
    const isStale = signed.withFallback || clock() - signed.signedAtMs > RENEW_AFTER_MS
    return { id: parts[1] ?? '', octets: Buffer.from(parts[2] ?? '', 'base64url'), isStale }
  }
  const format = ({ id, octets }: Secret) => signer.sign(`${id}.${octets.toString('base64url')}`)
  const csrfCookie = cookie(name, {
    parse,
    format,
    signed: true,
    secure,
    httpOnly: true,
    maxAgeSeconds: MAX_AGE_SECONDS,
  })

  const make = (): Secret => {
    const id = Buffer.from(random(ID_OCTETS)).toString('base64url')
    return { id, octets: Buffer.from(random(SECRET_OCTETS)), isStale: true }
  }
  return {
    open: (pairs) =>
      openRequest({ read: () => csrfCookie.read(pairs), make, write: csrfCookie.write, random }),
  }
}

interface Workings {
  readonly read: () => Secret | null
  readonly make: () => Secret
  readonly write: (secret: Secret) => string
  readonly random: (octets: number) => Uint8Array
}

function openRequest({ read, make, write, random }: Workings): CsrfRequest {
  let known: Secret | null | undefined
  const current = () => {
    if (known === undefined) known = read()
    return known
  }

  return {
    get id() {
      return current()?.id ?? null
    },
    get setCookie() {
      return known?.isStale ? write(known) : null
    },
    token() {
      known = current() ?? make()
      return masked(known.octets, Buffer.from(random(SECRET_OCTETS)))
    },
    verify(token) {
      const secret = current()
      return secret === null ? 'cookie' : tokenFault(token, secret.octets)
    },
    rotate() {
      known = make()
    },
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
  { random = randomBytes }: Pick<CsrfOptions, 'random'> = {},
): SessionCsrf {
  const secret = async () => Buffer.from(await session.bindingSecret()).subarray(0, SECRET_OCTETS)
  return {
    token: async () => masked(await secret(), Buffer.from(random(SECRET_OCTETS))),
    async verify(token) {
      if ((await session.id()) === null) return 'session'
      return tokenFault(token, await secret())
    },
  }
}

function masked(secret: Buffer, mask: Buffer): string {
  return Buffer.concat([mask, xor(secret, mask)]).toString('base64url')
}

function tokenFault(token: string | null, secret: Buffer): 'token' | null {
  const given = token === null ? null : unmasked(token)
  return given !== null && timingSafeEqual(given, secret) ? null : 'token'
}

/** Null unless it has the form of a token: equal rubbish in cookie and form, both empty say, never gets to compare. */
function unmasked(token: string): Buffer | null {
  if (!tokenForm.test(token)) return null
  const octets = Buffer.from(token, 'base64url')
  return xor(octets.subarray(SECRET_OCTETS), octets.subarray(0, SECRET_OCTETS))
}

function xor(octets: Buffer, mask: Buffer): Buffer {
  const result = Buffer.allocUnsafe(SECRET_OCTETS)
  for (let i = 0; i < SECRET_OCTETS; i++) result[i] = (octets[i] ?? 0) ^ (mask[i] ?? 0)
  return result
}
