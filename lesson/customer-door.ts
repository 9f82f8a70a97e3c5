/** A customer's browser at one café: reads the request, asks the way, and shows its page with what went over the wire. */

import { readForm } from '../src/http/form.ts'
import { wayOf } from './chain.ts'
import { linesLastGiven, noteLines } from './last-lines.ts'
import { splitLook } from './look.ts'
import { customerPage, type Exchange } from './pages/customer-page.ts'
import type { Place } from './places.ts'
import { page, plainly } from './reply.ts'
import type { Answer, Visit } from './way.ts'

const FORM_BYTES_MAX = 4096 // a number, a token, nothing else

export async function openCustomerDoor(
  request: Request,
  place: Place & { kind: 'customer' },
  address: string,
): Promise<Response> {
  const url = new URL(request.url)
  const split = splitLook(url.pathname)
  const wants = split === null ? null : wantsOf(request.method, split.rest)
  if (split === null || wants === null) return plainly(404, 'No such page in this café.')

  const form = await formOf(request)
  if (form === null) return plainly(400, 'This is no form of the café.')
  const way = wayOf(place.way)
  const cookieHeader = request.headers.get('cookie')
  const visit: Visit = {
    wants,
    cookieHeader,
    form,
    address,
    source: sourceOf(request),
    ownOrigin: url.origin,
  }
  const answer = await way.answer(visit)
  noteLines(url.origin, answer.setCookies)
  const status = statusOf(answer)
  const exchange: Exchange = {
    visit,
    answer,
    path: split.rest,
    status,
    kept: await way.kept(),
    given: linesLastGiven(url.origin),
  }
  const html = customerPage({ ...split, place, url, exchange })
  return page(html, url, { room: 'framed', status, setCookies: answer.setCookies ?? [] })
}

function wantsOf(method: string, path: string): Visit['wants'] | null {
  if (!['/cafe/', '/cafe/free/', '/cafe/forget/'].includes(path)) return null
  if (method === 'GET' || method === 'HEAD') return path === '/cafe/forget/' ? null : 'look'
  if (method !== 'POST') return null
  return path === '/cafe/' ? 'stamp' : path === '/cafe/free/' ? 'coffee' : 'forget'
}

async function formOf(request: Request): Promise<ReadonlyMap<string, string> | null> {
  if (request.method !== 'POST') return new Map()
  const form = await readForm(request, { maxBytes: FORM_BYTES_MAX })
  if (!form.ok) return null
  return new Map(form.fields.names().map((name) => [name, form.fields.one(name) ?? '']))
}

function sourceOf({ method, headers }: Request): Visit['source'] {
  return {
    method,
    origin: headers.get('origin'),
    referer: headers.get('referer'),
    secFetchSite: headers.get('sec-fetch-site'),
  }
}

function statusOf({ refused }: Answer): number {
  if (refused === undefined || refused === 'forged') return 200
  if (refused === 'not-enough') return 409
  return refused === 'phone' ? 422 : 403
}
