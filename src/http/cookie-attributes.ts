/** The tail of a Set-Cookie line: which attributes may stand together, and how they are written. */

import type { CookieAttributes } from './cookie.ts'
import type { NameRule } from './cookie-name.ts'

/** What is wrong with a cookie's attributes, in words, and the value that is. */
export interface AttributeFault {
  readonly message: string
  readonly value: unknown
}

const LIFETIME_SECONDS_MAX = 400 * 24 * 60 * 60 // browsers cut longer ones to this: RFC 6265bis 5.5
const ATTRIBUTE_OCTETS_MAX = 1024 // browsers ignore a longer attribute: RFC 6265bis 5.6
const DOMAIN_OCTETS_MAX = 253 // RFC 1035, in text
// No CTL, no DEL, no ';', ASCII only: anything else would add attributes or header lines (CVE-2026-3644).
const plainPath = /^\/[ -:<-~]*$/
const hostLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const sameSites = ['Lax', 'Strict', 'None'] as const
const priorities: readonly unknown[] = ['Low', 'Medium', 'High']

/** Says why a browser would refuse or misread these attributes under a name of this rule, or null. */
export function attributeFault(rule: NameRule, attributes: CookieAttributes): AttributeFault | null {
  return (
    placeFault(attributes) ??
    lifetimeFault(attributes) ??
    sharingFault(attributes) ??
    prefixFault(rule, attributes)
  )
}

function placeFault({ domain, path }: CookieAttributes): AttributeFault | null {
  if (domain !== undefined && !isHostName(domain))
    return { message: 'Domain must be a host name', value: domain }
  if (path === undefined || path === null || path === '/') return null
  if (typeof path !== 'string' || !plainPath.test(path) || path.length > ATTRIBUTE_OCTETS_MAX) {
    return { message: 'Path must begin with "/" and be plain ASCII without ";"', value: path }
  }
  return null
}

function isHostName(domain: unknown): boolean {
  if (typeof domain !== 'string' || domain.length > DOMAIN_OCTETS_MAX) return false
  const labels = (domain.startsWith('.') ? domain.slice(1) : domain).split('.')
  return labels.every((label) => hostLabel.test(label))
}

function lifetimeFault({ maxAgeSeconds, expires }: CookieAttributes): AttributeFault | null {
  if (maxAgeSeconds !== undefined && !Number.isFinite(maxAgeSeconds)) {
    return { message: 'maxAgeSeconds must be a number of seconds', value: maxAgeSeconds }
  }
  if (expires === undefined) return null
  if (maxAgeSeconds !== undefined)
    return { message: 'Give maxAgeSeconds or expires, not both', value: expires }
  // Years outside these cannot be written as four digits that browsers take: RFC 6265bis 5.1.1.
  const year = expires instanceof Date ? expires.getUTCFullYear() : Number.NaN
  return year >= 1601 && year <= 9999
    ? null
    : { message: 'expires must be a date from 1601 to 9999', value: expires }
}

function sharingFault({ sameSite, secure, partitioned, priority }: CookieAttributes): AttributeFault | null {
  if (sameSite !== undefined && writtenSameSite(sameSite) === undefined) {
    return { message: 'sameSite must be Lax, Strict or None', value: sameSite }
  }
  if (priority !== undefined && !priorities.includes(priority)) {
    return { message: 'priority must be Low, Medium or High', value: priority }
  }
  if (secure) return null
  if (partitioned)
    return { message: 'Partitioned needs secure: browsers drop it otherwise', value: partitioned }
  if (writtenSameSite(sameSite) === 'None') {
    return { message: 'SameSite=None needs secure: browsers drop it otherwise', value: sameSite }
  }
  return null
}

/** As browsers spell it; undefined for anything else. Lax where nothing is said. */
function writtenSameSite(sameSite: unknown): 'Lax' | 'Strict' | 'None' | undefined {
  if (sameSite === undefined) return 'Lax'
  if (sameSite === 'Lax' || sameSite === 'Strict' || sameSite === 'None') return sameSite
  return sameSites.find((known) => known.toLowerCase() === String(sameSite).toLowerCase())
}

function prefixFault(rule: NameRule, attributes: CookieAttributes): AttributeFault | null {
  const { secure, httpOnly, path, domain } = attributes
  if (rule.secure && !secure) return { message: 'a cookie of this name needs secure', value: secure }
  if (rule.httpOnly && !httpOnly) return { message: 'a cookie of this name needs httpOnly', value: httpOnly }
  if (!rule.hostOnly) return null
  if (domain !== undefined) return { message: 'a cookie of this name can have no domain', value: domain }
  return path === undefined || path === '/'
    ? null
    : { message: 'a cookie of this name needs path "/"', value: path }
}

/** Writes attributes that have no fault, from the first `; ` on. */
export function attributesText(attributes: CookieAttributes): string {
  const { maxAgeSeconds, expires, domain, path = '/', sameSite, priority } = attributes
  let text = ''
  // Max-Age=0 must appear, so never test for truth here. Fractions make browsers ignore the attribute.
  if (maxAgeSeconds !== undefined) text += `; Max-Age=${wholeSeconds(maxAgeSeconds)}`
  if (expires !== undefined) text += `; Expires=${expires.toUTCString()}` // IMF-fixdate: RFC 9110 5.6.7
  if (domain !== undefined) text += `; Domain=${domain}`
  if (path !== null) text += `; Path=${path}`
  if (attributes.httpOnly) text += '; HttpOnly'
  if (attributes.secure) text += '; Secure'
  if (attributes.partitioned) text += '; Partitioned'
  if (priority !== undefined) text += `; Priority=${priority}`
  return `${text}; SameSite=${writtenSameSite(sameSite)}`
}

function wholeSeconds(seconds: number): number {
  return Math.min(Math.max(Math.trunc(seconds), 0), LIFETIME_SECONDS_MAX)
}
