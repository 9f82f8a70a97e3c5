/** Answers: a page, a redirect, a refusal; each with the headers, cookies and caching that its kind needs. */
import { redirect } from '../http/response.ts'
import { messagePage } from '../ui/message-page.ts'
import type { Refusal } from '../ui/words/words.ts'
import { REFUSAL_STATUS, RETRY_AFTER_SECONDS, TOO_MANY_RETRY_AFTER_SECONDS } from './refusals.ts'
import { frameOf, type Person } from './visit.ts'

/** A whole page. It is somebody's own, so no cache may keep it. */
export function replyPage(
  person: Person,
  status: number,
  html: string,
  extra: Readonly<Record<string, string>> = {},
): Response {
  return withCookies(person, html, status, {
    'content-type': 'text/html; charset=utf-8',
    vary: 'Cookie, Accept-Language',
    ...extra,
  })
}

/** After a change: go and see (RFC 9110 15.4.4), so that a reload repeats nothing. */
export function replySeeOther(person: Person, path: string): Response {
  const { status, headers } = redirect(path, 303)
  return withCookies(person, null, status, headers)
}

/** A refusal with a page of its own, where there is no form to give back. */
export async function replyRefusal(
  person: Person,
  reason: Refusal,
  extra: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const html = messagePage(frameOf(person), { reason })
  return replyPage(person, REFUSAL_STATUS[reason], html, { ...refusalHeaders(reason), ...extra })
}

export function refusalHeaders(reason: Refusal): Record<string, string> {
  const status = REFUSAL_STATUS[reason]
  if (status === 401) return { 'www-authenticate': 'Form' } // RFC 9110 15.5.2 asks for one; no browser takes this for its own
  if (status === 429) return { 'retry-after': String(TOO_MANY_RETRY_AFTER_SECONDS) }
  return status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}
}

/** @hono/node-server passes bytes and a plain object of headers on as they are; everything else it takes apart first. */
function withCookies(
  person: Person,
  html: string | null,
  status: number,
  more: Readonly<Record<string, string>>,
): Response {
  const body = html === null ? null : Buffer.from(html)
  const length = String(body?.length ?? 0) // HEAD keeps it (RFC 9110 9.3.2)
  const headers = {
    ...person.context.headers,
    'cache-control': 'no-store',
    'content-length': length,
    ...more,
  }
  const { setCookie } = person.csrf
  const cookies = setCookie === null ? person.setCookies : [...person.setCookies, setCookie]
  if (cookies.length === 0) return new Response(body, { status, headers })
  const lines = cookies.map((line): [string, string] => ['set-cookie', line])
  return new Response(body, { status, headers: [...Object.entries(headers), ...lines] })
}
