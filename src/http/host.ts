/** Whether a request's Host is ours: else a stranger's name could end up in our links, or rebind DNS to us. */

import { isIPv4, isIPv6 } from 'node:net'

const hostForm = /^(\[[^\]]*\]|[^:[\]]+)(?::(\d{1,5}))?$/
const nameForm = /^[a-z0-9.-]+$/

/**
 * Makes the check. With a public address only its host and port are ours (its default port may be left out);
 * without one, `localhost` and IP literals are, on any port: DNS cannot be made to point a name at those. Case and
 * one trailing dot are forgiven. Missing, empty, with user info, comma or space: not ours.
 *
 * @example hostCheck({ publicUrl: new URL('https://cafe.example') })('evil.example') // false
 */
export function hostCheck({
  publicUrl,
}: {
  readonly publicUrl: URL | null
}): (host: string | null) => boolean {
  if (publicUrl === null) return (host) => isLocal(placeOf(host)?.name)
  const defaultPort = publicUrl.protocol === 'https:' ? '443' : '80'
  const ours = { name: withoutDot(publicUrl.hostname), port: publicUrl.port || defaultPort }
  return (host) => {
    const place = placeOf(host)
    return place !== null && place.name === ours.name && (place.port ?? defaultPort) === ours.port
  }
}

function placeOf(host: string | null): { name: string; port: string | null } | null {
  const parts = host === null ? null : hostForm.exec(host.toLowerCase())
  if (parts === null || Number(parts[2] ?? 0) > 65_535) return null
  return { name: withoutDot(parts[1] ?? ''), port: parts[2] === undefined ? null : String(Number(parts[2])) }
}

function withoutDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name
}

function isLocal(name: string | undefined): boolean {
  if (name === undefined) return false
  if (name.startsWith('[')) return isIPv6(name.slice(1, -1)) && !name.includes('%')
  return nameForm.test(name) && (name === 'localhost' || isIPv4(name))
}
