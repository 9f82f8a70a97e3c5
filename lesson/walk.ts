/**
 * A walk of the visitor's browser: an attack asks for something "in A's browser", and the visitor's own browser is
 * sent to A's address for it by redirects, with A's cookies, and home at the end. It needs no script.
 */

import { randomBytes } from 'node:crypto'

/** What an attack does at one address: Set-Cookie lines for the browser, and what the attack wanted to know. */
export interface Done<T> {
  readonly setCookies: readonly string[]
  readonly seen: T
}

export interface Arrival {
  readonly cookieHeader: string | null
  readonly address: string
}

interface Stop {
  readonly place: string
  act(arrival: Arrival): Promise<readonly string[]>
}

const STOPS_MAX = 18 // browsers give up after 20 redirects in a row
const walks = new Map<string, Walk>()
const WALKS_MAX = 20 // of those that nobody finished, the oldest are dropped

export class Walk {
  readonly #id = randomBytes(16).toString('base64url')
  readonly #home: string
  #announced = Promise.withResolvers<Stop | null>()
  #stop: Stop | null = null
  #stops = 0

  /** @param home where the browser is sent at the end */
  constructor(home: string) {
    this.#home = home
    walks.set(this.#id, this)
    for (const id of [...walks.keys()].slice(0, -WALKS_MAX)) walks.delete(id)
  }

  /** Brings the browser to `place` (`http://host:port/path`), acts there, and gives what was seen. */
  at<T>(place: string, act: (arrival: Arrival) => Promise<Done<T>>): Promise<T> {
    const seen = Promise.withResolvers<T>()
    if (++this.#stops > STOPS_MAX) throw new RangeError(`No browser follows more than ${STOPS_MAX} redirects`)
    this.#announced.resolve({
      place,
      async act(arrival) {
        try {
          const done = await act(arrival)
          seen.resolve(done.seen)
          return done.setCookies
        } catch (error) {
          seen.reject(error) // the attack ends, and the browser is sent home
          return []
        }
      },
    })
    return seen.promise
  }

  /** Does the work while the browser walks, and gives the answer that sends it off. */
  async lead(work: (walk: Walk) => Promise<void>): Promise<string> {
    work(this)
      .catch((error: unknown) => console.error(error))
      .finally(() => this.end())
    return this.next()
  }

  /** Lets the browser go home. */
  end(): void {
    this.#announced.resolve(null)
  }

  /** Where the browser has to go now. */
  async next(): Promise<string> {
    this.#stop = await this.#announced.promise
    this.#announced = Promise.withResolvers()
    if (this.#stop !== null) return `${this.#stop.place}?hand=${this.#id}.${this.#stops}`
    walks.delete(this.#id)
    return this.#home
  }

  /** Acts at this stop, if it is this one's turn; else null. */
  async arrive(place: string, count: number, arrival: Arrival): Promise<readonly string[] | null> {
    const stop = this.#stop
    if (stop === null || stop.place !== place || count !== this.#stops) return null
    this.#stop = null // once
    return stop.act(arrival)
  }
}

/** Answers a request that a walk sent here; null when it is none, or came twice. */
export async function continueWalk(url: URL, arrival: Arrival): Promise<Response | null> {
  const [id = '', count] = (url.searchParams.get('hand') ?? '').split('.')
  const walk = walks.get(id)
  const setCookies = await walk?.arrive(`${url.origin}${url.pathname}`, Number(count), arrival)
  if (walk === undefined || setCookies === undefined || setCookies === null) return null
  const headers = new Headers({ location: await walk.next(), 'cache-control': 'no-store' })
  for (const line of setCookies) headers.append('set-cookie', line)
  return new Response(null, { status: 303, headers })
}
