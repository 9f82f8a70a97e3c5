/** Signed text, readable by anyone and changed by nobody: Django's own formats, byte for byte. Never put secrets in. */

import { deflateSync, inflateSync } from 'node:zlib'
import { createMac, equalsMac, type Mac } from './hmac.ts'
import { pythonJson } from './lossless-json.ts'

const FUTURE_SECONDS_MAX = 60 // clocks of two servers may differ by so much; further ahead is no honest signature
const INFLATED_OCTETS_MAX = 1024 * 1024 // what was signed compressed may not fill the memory
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Keys and clock. `secret` signs; `fallbacks`, older keys, only verify, until they are removed. */
export interface SigningKeys {
  readonly secret: string
  readonly fallbacks?: readonly string[]
  /** The time in milliseconds since 1970. */
  readonly clock?: () => number
}

export interface SignerOptions extends SigningKeys {
  /** What the signature is for, so that text signed for one purpose is worth nothing for another. Never empty. */
  readonly salt: string
}

export interface CookieSignerOptions extends SigningKeys {
  /** The cookie's name, part of what is signed: one cookie's value is worth nothing in another. */
  readonly name: string
  /** As in Django's `set_signed_cookie`; empty unless given. */
  readonly salt?: string
}

/** Why signed text is refused. The signature is judged first: what is forged is never called expired. */
export type SigningFault = 'malformed' | 'forged' | 'expired' | 'future'

/** `withFallback` is true when an older key verified it: sign anew, before that key is removed. */
export type Unsigned<T> =
  | { readonly ok: true; readonly value: T; readonly signedAtMs: number; readonly withFallback: boolean }
  | { readonly ok: false; readonly reason: SigningFault }

export interface Signer {
  /** @throws TypeError for a value with a lone surrogate: different values would share one signature. */
  sign(value: string, options?: { readonly atMs?: number }): string
  /** Never throws on bad text. Age exactly `maxAgeSeconds` is still good. */
  unsign(text: string, options?: { readonly maxAgeSeconds?: number }): Unsigned<string>
}

/**
 * Signs text with its time: `value:timestamp:signature`, as `django.core.signing.TimestampSigner` does.
 *
 * @throws TypeError when secret or salt is empty: an empty key would verify what anyone can sign.
 * @example
 * const signer = createSigner({ secret, salt: 'claim' })
 * signer.unsign(signer.sign('card 7'), { maxAgeSeconds: 300 }) // { ok: true, value: 'card 7', … }
 */
export function createSigner({ secret, fallbacks = [], salt, clock = Date.now }: SignerOptions): Signer {
  if (secret === '') throw new TypeError('A signer needs a secret that is not empty')
  if (salt === '') throw new TypeError('A signer needs a salt that is not empty: say what it signs')
  const mac = createMac(secret, salt)
  const olderMacs = fallbacks.filter((key) => key !== '').map((key) => createMac(key, salt))

  return {
    sign(value, { atMs = clock() } = {}) {
      if (!value.isWellFormed()) throw new TypeError('Text with a lone surrogate cannot be signed')
      const stamped = `${value}:${base62(Math.floor(atMs / 1000))}`
      return `${stamped}:${mac(stamped)}`
    },
    unsign(text, { maxAgeSeconds } = {}) {
      const at = text.lastIndexOf(':')
      if (at === -1 || !text.isWellFormed()) return { ok: false, reason: 'malformed' }
      const stamped = text.slice(0, at)
      const key = verifyingKey(stamped, text.slice(at + 1), mac, olderMacs)
      if (key === null) return { ok: false, reason: 'forged' }
      return timed(stamped, key === 'older', clock() / 1000, maxAgeSeconds)
    },
  }
}

function verifyingKey(
  stamped: string,
  signature: string,
  mac: Mac,
  olderMacs: readonly Mac[],
): 'current' | 'older' | null {
  if (equalsMac(signature, mac(stamped))) return 'current'
  return olderMacs.some((older) => equalsMac(signature, older(stamped))) ? 'older' : null
}

function timed(
  stamped: string,
  withFallback: boolean,
  nowSeconds: number,
  maxAgeSeconds?: number,
): Unsigned<string> {
  const at = stamped.lastIndexOf(':')
  const seconds = at === -1 ? null : secondsOf(stamped.slice(at + 1))
  if (seconds === null) return { ok: false, reason: 'malformed' }
  if (seconds - nowSeconds > FUTURE_SECONDS_MAX) return { ok: false, reason: 'future' }
  // Written so that NaN, too, is expired.
  if (maxAgeSeconds !== undefined && !(nowSeconds - seconds <= maxAgeSeconds))
    return { ok: false, reason: 'expired' }
  return { ok: true, value: stamped.slice(0, at), signedAtMs: seconds * 1000, withFallback }
}

/**
 * Signs a cookie's value as Django's `set_signed_cookie` does since 5.2.15 and 6.0.6. The older form, where name and
 * salt ran together, is never read: there a cookie `a` with salt `bc` verified as `ab` with salt `c` (CVE-2026-6873).
 *
 * @throws TypeError when secret or name is empty.
 */
export function createCookieSigner({
  secret,
  fallbacks = [],
  name,
  salt = '',
  clock,
}: CookieSignerOptions): Signer {
  if (secret === '') throw new TypeError('A cookie signer needs a secret that is not empty')
  if (name === '') throw new TypeError('A cookie signer needs the name of its cookie')
  const keyOf = (key: string) => `django.http.cookies${key}`
  return createSigner({
    secret: keyOf(secret),
    fallbacks: fallbacks.filter((key) => key !== '').map(keyOf),
    // Python counts code points, JS UTF-16 units.
    salt: `django.http.cookies.v2:${[...salt].length}:${salt}${name}`,
    ...(clock && { clock }),
  })
}

/**
 * Signs a JSON value as `django.core.signing.dumps` does (its default salt is `django.core.signing`).
 *
 * @param options.compress Deflates where that makes the text shorter.
 * @throws TypeError for what JSON would change without a word: undefined, NaN, functions, bigints.
 */
export function signObject(value: unknown, options: SignerOptions & { readonly compress?: boolean }): string {
  const json = Buffer.from(pythonJson(value), 'latin1')
  const packed = options.compress ? deflateSync(json) : json
  const text =
    packed.length < json.length - 1 ? `.${packed.toString('base64url')}` : json.toString('base64url')
  return createSigner(options).sign(text)
}

/** Reads what {@link signObject} or `django.core.signing.dumps` wrote. Never throws on bad text. */
export function unsignObject(
  text: string,
  options: SignerOptions & { readonly maxAgeSeconds?: number },
): Unsigned<unknown> {
  const { maxAgeSeconds } = options
  const signed = createSigner(options).unsign(text, maxAgeSeconds === undefined ? {} : { maxAgeSeconds })
  if (!signed.ok) return signed
  try {
    return { ...signed, value: JSON.parse(unpacked(signed.value)) }
  } catch {
    return { ok: false, reason: 'malformed' }
  }
}

function unpacked(text: string): string {
  if (!text.startsWith('.')) return Buffer.from(text, 'base64url').toString('utf8')
  const octets = Buffer.from(text.slice(1), 'base64url')
  return inflateSync(octets, { maxOutputLength: INFLATED_OCTETS_MAX }).toString('utf8')
}

function base62(seconds: number): string {
  if (!Number.isSafeInteger(seconds) || seconds < 0)
    throw new RangeError(`No time to sign with: ${seconds} s`)
  let text = ''
  let rest = seconds
  do {
    text = digits.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  } while (rest > 0)
  return text
}

/** Null unless it is base62. Forty digits make a large number, four hundred Infinity: both are the future, never NaN. */
function secondsOf(text: string): number | null {
  let seconds = 0
  for (const digit of text) {
    const value = digits.indexOf(digit)
    if (value === -1) return null
    seconds = seconds * 62 + value
  }
  return text === '' ? null : seconds
}
