/** A browser for the tests: a cookie jar a host, redirects followed, and the count read off the page. Not a real one. */

import { createLesson, type Lesson } from './app.ts'

const PORT = 8001

export class Visitor {
  readonly #lesson: Lesson
  readonly #jars = new Map<string, Map<string, string>>()
  readonly address: string
  /** The Set-Cookie lines of the last answer. */
  lines: readonly string[] = []
  status = 0
  html = ''

  constructor(lesson: Lesson = createLesson(), address = '127.0.0.1') {
    this.#lesson = lesson
    this.address = address
  }

  jarOf(host: string): Map<string, string> {
    const jar = this.#jars.get(host) ?? new Map<string, string>()
    this.#jars.set(host, jar)
    return jar
  }

  open(host: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
    return this.#send(`http://${host}:${PORT}${path}`, { headers })
  }

  /** Posts as a page of that host would, unless the headers say otherwise. */
  post(
    host: string,
    path: string,
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<void> {
    const url = `http://${host}:${PORT}${path}`
    const own = { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' }
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams(form).toString()
    return this.#send(url, { method: 'POST', body, headers: { ...own, ...type, ...headers } })
  }

  /** What `data-stamps` says, or null where the café does not know whose card it is. */
  get stamps(): number | null {
    const text = /data-stamps="(-?\d+)"/.exec(this.html)?.[1]
    return text === undefined ? null : Number(text)
  }

  get hasCoffee(): boolean {
    return this.html.includes('id="coffee"')
  }

  get reason(): string | null {
    return /data-reason="([\w-]+)"/.exec(this.html)?.[1] ?? null
  }

  get token(): string {
    return /name="csrf_token" value="([^"]+)"/.exec(this.html)?.[1] ?? ''
  }

  async #send(
    url: string,
    init: { method?: string; body?: string; headers: Record<string, string> },
  ): Promise<void> {
    const { hostname } = new URL(url)
    const cookie = [...this.jarOf(hostname)].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = new Headers(init.headers)
    if (cookie !== '') headers.set('cookie', cookie)
    const response = await this.#lesson.fetch(new Request(url, { ...init, headers }), this.address)
    this.lines = response.headers.getSetCookie()
    for (const line of this.lines) this.#keep(hostname, line)
    this.status = response.status
    this.html = await response.text()
    const location = response.headers.get('location')
    if (location !== null) await this.#send(new URL(location, url).href, { headers: {} })
  }

  #keep(host: string, line: string): void {
    const [pair = ''] = line.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    if (line.includes('Max-Age=0')) this.jarOf(host).delete(name)
    else this.jarOf(host).set(name, pair.slice(name.length + 1))
  }
}
