/** How the lesson answers: the app's security headers, opened just so far that its own frames may stand in its pages. */

import { securityHeaders, setCookieLine } from '../src/http/response.ts'
import { scripts, stylesheet } from './pages/assets.ts'
import { FRAMED_HOSTS, lessonHost, originOf } from './places.ts'

const base = securityHeaders({ https: false, styles: [stylesheet], scripts: Object.values(scripts) })

/** What a page may do beyond the app's pages: be framed by the lesson, or frame it, and post to its hosts. */
export type Room = 'lesson' | 'framed'

export function page(
  html: string,
  url: URL,
  options: { room: Room; status?: number; setCookies?: readonly string[] },
): Response {
  const headers = new Headers({
    ...base,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  })
  headers.set('content-security-policy', policyFor(options.room, url))
  // Another site's page sends its origin along, as sites do.
  if (options.room === 'framed') headers.set('referrer-policy', 'strict-origin-when-cross-origin')
  for (const line of options.setCookies ?? []) setCookieLine(headers, line)
  return new Response(html, { status: options.status ?? 200, headers })
}

/** Only loopback names, on the port this very request came to. */
function policyFor(room: Room, url: URL): string {
  const framed = FRAMED_HOSTS.map((host) => originOf(host, url)).join(' ')
  const policy = base['content-security-policy'] ?? ''
  const posting = policy.replace("form-action 'self'", `form-action 'self' ${framed}`)
  return room === 'lesson'
    ? `${posting}; frame-src ${framed}`
    : posting.replace("frame-ancestors 'none'", `frame-ancestors ${originOf(lessonHost(), url)}`)
}

export function goTo(location: string, setCookies: readonly string[] = []): Response {
  const headers = new Headers({ ...base, location, 'cache-control': 'no-store' })
  for (const line of setCookies) setCookieLine(headers, line)
  return new Response(null, { status: 303, headers })
}

export function plainly(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { ...base, 'content-type': 'text/plain; charset=utf-8' },
  })
}
