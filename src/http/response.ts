/** What goes out with every answer, and addresses that lead nowhere but here. */

import { hash } from 'node:crypto'

const LOCATION_LENGTH_MAX = 16_384 // Django's limit since 5.2; proxies refuse longer headers anyway
const NEXT_LENGTH_MAX = 2048 // as long as any URL that limits.ts lets in
const HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 // the preload list asks for one year at least

export interface SecurityOptions {
  /** True when this service is reached over https: only then may it promise to be. */
  readonly https: boolean
  /** The exact texts of the `<style>` and `<script>` elements that pages hold. Nothing else may style or run. */
  readonly styles?: readonly string[]
  readonly scripts?: readonly string[]
}

/**
 * The headers of every answer, errors too: a CSP that allows our own inline texts by hash, our own images, posts and
 * requests, and nothing more. Made once at start. Caching is not decided here: what is personal sends `no-store`.
 */
export function securityHeaders({
  https,
  styles = [],
  scripts = [],
}: SecurityOptions): Readonly<Record<string, string>> {
  return Object.freeze({
    'content-security-policy': contentSecurityPolicy(styles, scripts),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    ...(https && { 'strict-transport-security': `max-age=${HSTS_SECONDS}; includeSubDomains` }),
  })
}

function contentSecurityPolicy(styles: readonly string[], scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src ${allowed(styles)}`,
    `script-src ${allowed(scripts)}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

function allowed(texts: readonly string[]): string {
  return texts.length === 0 ? "'none'" : texts.map(cspHash).join(' ')
}

/** A CSP source that allows exactly this inline text, quotes included: `'sha256-…'`. Source: CSP3, 2.3.1. */
export function cspHash(text: string): string {
  return `'sha256-${hash('sha256', text, 'base64')}'`
}

/** What a redirect answers; for `new Response(null, …)` or `writeHead`. */
export interface Redirect {
  readonly status: RedirectStatus
  readonly headers: { readonly location: string }
}

/** 303 after a POST (go and see), 308 where the address changed (method and body are kept). Never 301 or 302. */
export type RedirectStatus = 303 | 307 | 308

/** @throws RangeError as {@link encodeLocation}. */
export function redirect(location: string, status: RedirectStatus): Redirect {
  return { status, headers: { location: encodeLocation(location) } }
}

/**
 * Writes an address as a Location header may carry it: ASCII, everything else percent-encoded, line breaks and
 * backslashes too; what is encoded already stays. A path never begins with `//`, which would be another host.
 *
 * @throws RangeError for a scheme that is neither http nor https, or more than 16384 characters.
 * @example encodeLocation('//evil.example/') // '/%2Fevil.example/'
 */
export function encodeLocation(location: string): string {
  const text = encodeURI(location.toWellFormed()).replace(
    /%(25|5B|5D)/g,
    (_, code: string) => plainOf[code] ?? '',
  )
  const safe = text.startsWith('//') ? `/%2F${text.slice(2)}` : text
  if (safe.length > LOCATION_LENGTH_MAX) throw new RangeError('An address of more than 16384 characters')
  // Up to the first '/', '?' or '#', a colon makes what stands before it a scheme.
  if (/^[^/?#]*:/.test(safe) && !/^https?:\/\/[^/?#]/i.test(safe))
    throw new RangeError(`Not an address to go to: ${safe}`)
  return safe
}

// encodeURI escapes these three, of which the first is an escape already there and the others belong to IPv6 hosts.
const plainOf: Readonly<Record<string, string>> = { '25': '%', '5B': '[', '5D': ']' }

/**
 * Where to go next, when a request says so: a path of this service, else `fallback`. Refuses what a browser might
 * take for another host: `//`, `/\`, any scheme, and anything with a control character, which browsers drop.
 *
 * @example safeNext('/cafe/free/?x=1', '/cafe/') // '/cafe/free/?x=1'
 * @example safeNext('/\\evil.example', '/cafe/') // '/cafe/'
 */
export function safeNext(text: string | null, fallback: string): string {
  if (text === null || text.length > NEXT_LENGTH_MAX || !text.isWellFormed()) return fallback
  if (!/^\/(?!\/)[^\\\p{Cc}]*$/u.test(text)) return fallback
  return URL.canParse(text, 'http://here.invalid') ? text : fallback
}

/**
 * Adds a Set-Cookie line and takes out an earlier one for the same cookie: a response MUST NOT set one name twice,
 * and the last word counts (RFC 6265bis 4.1.1). The lines stay apart: folded with a comma they cannot be read.
 */
export function setCookieLine(headers: Headers, line: string): void {
  const start = line.slice(0, line.indexOf('=') + 1)
  const others = headers.getSetCookie().filter((other) => !other.startsWith(start))
  headers.delete('set-cookie')
  for (const each of [...others, line]) headers.append('set-cookie', each)
}
