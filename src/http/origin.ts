/** Origins, compared as parsed hosts and never as text endings: `https://evil.example/.shop.example` is evil.example. */

// Scheme and authority alone. URL would forgive a path, a user name, white space and backslashes.
const originForm = /^https?:\/\/[^\s\p{Cc}/\\?#@,]+$/iu

/** `scheme://host[:port]` in lower case and without a default port, or null for anything that is no http(s) origin. */
export function normalOrigin(text: string): string | null {
  return originForm.test(text) && URL.canParse(text) ? new URL(text).origin : null
}

/** The origin of an address such as a Referer; null when it has none, or carries a user name. */
export function originOf(address: string): string | null {
  const url = URL.parse(address)
  if (url === null || url.username !== '' || url.password !== '') return null
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : null
}

/** Case and a default port make no difference; scheme, host and any other port do. */
export function isSameOrigin(origin: string, ownOrigin: string): boolean {
  if (origin === ownOrigin) return origin !== 'null' && origin !== ''
  const normal = normalOrigin(origin)
  return normal !== null && normal === normalOrigin(ownOrigin)
}

/** True for an origin listed as it is, or under `https://*.host`: that host and all below it, same scheme and port. */
export function isListedOrigin(origin: string, listed: readonly string[]): boolean {
  if (listed.length === 0) return false
  const normal = normalOrigin(origin)
  return normal !== null && listed.some((entry) => matches(normal, entry))
}

function matches(normal: string, entry: string): boolean {
  if (!entry.includes('://*.')) return normal === normalOrigin(entry)
  const apex = normalOrigin(entry.replace('://*.', '://'))
  if (apex === null) return false
  const given = new URL(normal)
  const { protocol, hostname, port } = new URL(apex)
  const isBelow = given.hostname === hostname || given.hostname.endsWith(`.${hostname}`)
  return isBelow && given.protocol === protocol && given.port === port
}
