/** The lesson as one `Request → Response`: which host was asked, and which door that is. */

import { openCustomerDoor } from './customer-door.ts'
import { createLessonDoor } from './lesson-door.ts'
import { type Look, splitLook } from './look.ts'
import { jarPage } from './pages/jar-page.ts'
import { strangerPage } from './pages/stranger-page.ts'
import { lessonHost, originOf, type Place, placeOf } from './places.ts'
import { page, plainly } from './reply.ts'
import { continueWalk } from './walk.ts'

export interface Lesson {
  /** @param address the IP address that the request comes from */
  fetch(request: Request, address: string): Promise<Response>
}

export function createLesson(): Lesson {
  const lessonDoor = createLessonDoor()

  async function open(request: Request, address: string): Promise<Response> {
    const url = new URL(request.url)
    const place = placeOf(url)
    if (place === null) return plainly(421, 'This host is none of the lesson’s.')
    if (!['GET', 'HEAD', 'POST'].includes(request.method)) return plainly(405, 'GET, HEAD or POST.')
    if (url.searchParams.has('hand') && place.kind !== 'lesson') {
      const arrival = { cookieHeader: request.headers.get('cookie'), address }
      return (await continueWalk(url, arrival)) ?? plainly(410, 'This step of an attack is over.')
    }
    return behind(place, request, address)
  }

  async function behind(place: Place, request: Request, address: string): Promise<Response> {
    const url = new URL(request.url)
    if (place.kind === 'customer') return openCustomerDoor(request, place, address)
    if (place.kind === 'stranger') return openStranger(url, place)
    if (place.kind === 'jar')
      return page(jarPage({ look: lookIn(url), url, request }), url, { room: 'framed' })
    const isPorch = place.kind === 'porch'
    if (isPorch && !['/', '/wishes/'].includes(url.pathname)) {
      const location = `${originOf(lessonHost(), url)}${url.pathname}`
      return new Response(null, { status: 307, headers: { location } })
    }
    return lessonDoor({ request, url, isPorch, serve: open })
  }

  return { fetch: open }
}

function openStranger(url: URL, { stranger }: Place & { kind: 'stranger' }): Response {
  const split = splitLook(url.pathname)
  if (split === null) return plainly(404, 'No such page on this site.')
  const ways = url.searchParams.getAll('way').filter((way) => /^[1-8]$/.test(way))
  return page(strangerPage({ look: split.look, stranger, url, ways: ways.map(Number) }), url, {
    room: 'framed',
  })
}

function lookIn(url: URL): Look {
  const split = splitLook(`/${url.searchParams.get('look') ?? ''}/`)
  return split?.look ?? { language: 'ko', theme: 'auto' }
}
