/** Cookies: reading the Cookie header, writing Set-Cookie lines, and declaring each cookie once, with its type. */

import { attributeFault, attributesText } from './cookie-attributes.ts'
import { CookieMap } from './cookie-map.ts'
import { type NameRule, nameRule } from './cookie-name.ts'
import { decoderFor, encodeCookieValue } from './cookie-text.ts'

const COOKIE_OCTETS_MAX = 4096 // name and encoded value; browsers drop more without a word: RFC 6265bis 5.6

/** Where and how long a cookie lives. Unless told otherwise: the whole host, `SameSite=Lax`, until the browser closes. */
export interface CookieAttributes {
  /** Lifetime in seconds; fractions are cut off, 0 or less expires it now, more than 400 days is cut to 400 days. */
  readonly maxAgeSeconds?: number
  /** The moment it ends. Not together with `maxAgeSeconds`: two lifetimes are a mistake (Django refuses too). */
  readonly expires?: Date
  /** A host name. Left out, the cookie is for this host only; given, for its subdomains too. */
  readonly domain?: string
  /** `/` unless given; `null` leaves the attribute out, and the browser takes the request's folder. */
  readonly path?: string | null
  readonly secure?: boolean
  readonly httpOnly?: boolean
  readonly sameSite?: 'Lax' | 'Strict' | 'None'
  /** A jar per embedding site (CHIPS). Needs `secure`. */
  readonly partitioned?: boolean
  /** Which cookies Chromium drops first when a host has too many. */
  readonly priority?: 'Low' | 'Medium' | 'High'
}

/** The Cookie header as it came: every pair in order, duplicates kept. Made by {@link cookiePairs}. */
export type CookiePairs = readonly (readonly [name: string, value: string])[]

/** A cookie could not be written. `value` is what was wrong with it; the message shows its beginning. */
export class CookieError extends Error {
  override readonly name = 'CookieError'
  readonly value: unknown

  constructor(message: string, value: unknown) {
    const shown = typeof value === 'string' ? JSON.stringify(value) : String(value)
    super(`${message}: ${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}`)
    this.value = value
  }
}

/**
 * Reads a Cookie header into its pairs. Quotes protect nothing and stay part of the value, only SP and HTAB are
 * trimmed, cookies without a name are dropped, values are decoded after splitting. Never throws, linear time.
 *
 * The trim is narrow on purpose: JS's trim() also eats U+2000 or U+00A0, and `<U+2000>__Host-sid=evil`, which no
 * browser guards, would be read as `__Host-sid`. Source: RFC 6265bis 5.6; layered cookies 4.1.1, 4.2.1.
 *
 * @param header `node:http`'s latin-1 text or decoded text; several fields are read one after the other.
 */
export function cookiePairs(header: string | readonly string[] | undefined | null): CookiePairs {
  const pairs: [string, string][] = []
  if (typeof header === 'string') readPairs(header, pairs)
  else for (const field of header ?? []) readPairs(field, pairs)
  return pairs
}

/**
 * Reads a Cookie header into a map. Of a name sent twice the first counts, which is the one with the longest path
 * (RFC 6265bis 5.8.3); where it matters who wrote it, declare the cookie with {@link cookie} instead.
 *
 * @example parseCookies('theme=dark; cup=%EB%8F%84%EC%9E%A5').get('cup') // '도장'
 */
export function parseCookies(
  header: string | readonly string[] | undefined | null,
): ReadonlyMap<string, string> {
  return new CookieMap(cookiePairs(header))
}

function readPairs(header: string, pairs: [string, string][]): void {
  const decode = decoderFor(header)
  let start = 0
  let equals = header.indexOf('=')
  // The next '=' is looked for only once the last has been passed: 100 kB of ';' stay linear.
  while (equals !== -1) {
    let end = header.indexOf(';', start)
    if (end === -1) end = header.length
    if (end > equals) {
      const name = trimmed(header, start, equals)
      const value = trimmed(header, equals + 1, end)
      if (name !== '') pairs.push(decode === null ? [name, value] : [decode.name(name), decode.value(value)])
      equals = header.indexOf('=', end)
    }
    start = end + 1
  }
}

function trimmed(text: string, from: number, to: number): string {
  let start = from
  let end = to
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/**
 * Writes one Set-Cookie line. Any well-formed Unicode value comes back from {@link parseCookies} as it went in.
 *
 * @throws CookieError for what a browser would drop or misread without a word: a name that is no RFC 9110 token, a
 * value with a lone surrogate, attributes that could smuggle others in, `SameSite=None` or `Partitioned` without
 * Secure, a broken `__Host-` or `__Secure-` promise, more than 4096 octets (RFC 6265bis 5.6).
 * @example serializeCookie('theme', 'dark', { maxAgeSeconds: 3600, secure: true })
 * // 'theme=dark; Max-Age=3600; Path=/; Secure; SameSite=Lax'
 */
export function serializeCookie(name: string, value: string, attributes: CookieAttributes = {}): string {
  const rule = checkedName(name)
  return writePair(name, value) + checkedAttributes(name, rule, attributes)
}

/**
 * Writes the Set-Cookie line that makes a browser drop a cookie. Give the attributes it was set with: with another
 * path or domain it deletes nothing. Lifetimes among them are ignored; Secure is added where the name asks for it.
 *
 * @throws CookieError as {@link serializeCookie}.
 */
export function expireCookie(name: string, attributes: CookieAttributes = {}): string {
  const { maxAgeSeconds: _, expires: __, ...kept } = attributes
  const rule = checkedName(name)
  const secure = attributes.secure || rule.secure || attributes.sameSite?.toLowerCase() === 'none'
  const httpOnly = attributes.httpOnly || rule.httpOnly
  const rest = checkedAttributes(name, rule, { ...kept, secure, httpOnly })
  return `${writePair(name, '')}; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT${rest}`
}

function checkedName(name: string): NameRule {
  const rule = nameRule(name)
  if (rule === null) throw new CookieError('A cookie name must be an RFC 9110 token', name)
  return rule
}

function writePair(name: string, value: string): string {
  const text = typeof value === 'string' ? encodeCookieValue(value) : null
  if (text === null) throw new CookieError(`Cookie "${name}" needs a value of well-formed text`, value)
  if (name.length + text.length > COOKIE_OCTETS_MAX) {
    throw new CookieError(`Cookie "${name}" is larger than ${COOKIE_OCTETS_MAX} octets`, value)
  }
  return `${name}=${text}`
}

function checkedAttributes(name: string, rule: NameRule, attributes: CookieAttributes): string {
  const fault = attributeFault(rule, attributes)
  if (fault !== null) throw new CookieError(`Cookie "${name}": ${fault.message}`, fault.value)
  return attributesText(attributes)
}

/** A cookie as it is declared: its attributes, and how its text and its meaning become each other. */
export interface CookieDeclaration<T> extends CookieAttributes {
  /** Null for anything that is not a value this service would have written. */
  readonly parse: (text: string) => T | null
  readonly format: (value: T) => string
  /** True when `parse` verifies a signature: then of several cookies of this name, the one that verifies is taken. */
  readonly signed?: boolean
}

/** A declared cookie. `write` and `expire` return Set-Cookie lines. */
export interface TypedCookie<T> {
  readonly name: string
  read(pairs: CookiePairs): T | null
  write(value: T): string
  expire(): string
}

/**
 * Declares a cookie once: name, attributes, and its type. Reading gives null for a cookie that is missing, does not
 * parse, or was sent twice with different values. A sibling subdomain can plant a second one of any name without
 * `__Host-`, so neither is believed, unless `signed` says that `parse` can tell.
 *
 * @throws CookieError at once when name and attributes cannot go together.
 * @example const visits = cookie('visits', { parse: (text) => Number(text) || null, format: String, httpOnly: true })
 */
export function cookie<T>(name: string, declaration: CookieDeclaration<T>): TypedCookie<T> {
  const { parse, format, signed = false, ...attributes } = declaration
  const expired = expireCookie(name, attributes)
  // An Expires date is fixed, so the whole tail of the line is.
  const rest = checkedAttributes(name, checkedName(name), attributes)

  return {
    name,
    read: (pairs) => (signed ? readVerified(name, pairs, parse) : readUndisputed(name, pairs, parse)),
    write: (value) => writePair(name, format(value)) + rest,
    expire: () => expired,
  }
}

function readVerified<T>(name: string, pairs: CookiePairs, parse: (text: string) => T | null): T | null {
  for (const pair of pairs) {
    if (pair[0] !== name || pair[1].length > COOKIE_OCTETS_MAX) continue
    const value = parse(pair[1])
    if (value !== null) return value
  }
  return null
}

function readUndisputed<T>(name: string, pairs: CookiePairs, parse: (text: string) => T | null): T | null {
  let only: string | null = null
  for (const pair of pairs) {
    if (pair[0] !== name) continue
    if (only !== null && only !== pair[1]) return null
    only = pair[1]
  }
  return only === null || only.length > COOKIE_OCTETS_MAX ? null : parse(only)
}
