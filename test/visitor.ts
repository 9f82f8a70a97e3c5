/** A browser as far as a server can tell: it keeps cookies, fills in the forms that it was shown, and says where it comes from. */
import type { App } from '../src/app.ts'

export interface Shown {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Where it was sent on to, or null. */
  readonly location: string | null
  /** The short word of a refusal, or null. */
  readonly refusal: string | null
}

export interface CardShown {
  readonly stamps: number
  readonly goal: number
  readonly rewards: number
}

export class Visitor {
  readonly cookies = new Map<string, string>()
  /** Where it connects from. */
  address = '127.0.0.1'
  readonly #app: App
  readonly #origin: string
  readonly #language: string

  constructor(app: App, origin: string, language: string) {
    this.#app = app
    this.#origin = origin
    this.#language = language
  }

  /** One request, with this browser's cookies; what it is told to keep, it keeps. */
  async send(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Shown> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { 'accept-language': this.#language, ...(cookie && { cookie }), ...init.headers }
    const request = new Request(`${this.#origin}${path}`, { ...init, headers })
    const response = await this.#app.fetch(request, { address: this.address })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      location: response.headers.get('location'),
      refusal: text.match(/role="alert" data-reason="([^"]+)"/)?.[1] ?? null,
    }
  }

  get(path: string): Promise<Shown> {
    return this.send(path)
  }

  /** Posts fields as they are given. */
  postFields(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Shown> {
    return this.send(path, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: this.#origin,
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
    })
  }

  /** Opens a page and sends its form to `action`, filled in. */
  async submit(page: string, action: string, filledIn: Record<string, string> = {}): Promise<Shown> {
    return this.postFields(action, { ...formIn((await this.get(page)).text, action), ...filledIn })
  }

  /** The coupon's own round: stamped at `/cafe/`, by number the first time. */
  stamp(phone?: string, cafe = 'cafe'): Promise<Shown> {
    return this.submit(`/${cafe}/`, `/${cafe}/`, phone === undefined ? {} : { phone })
  }

  redeem(cafe = 'cafe'): Promise<Shown> {
    return this.submit(`/${cafe}/free/`, `/${cafe}/free/`)
  }

  async card(cafe = 'cafe'): Promise<CardShown | null> {
    return cardIn((await this.get(`/${cafe}/`)).text)
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1))
  }
}

/** What the form with this action would send as it stands. @throws when the page has none */
export function formIn(page: string, action: string): Record<string, string> {
  const form = page.match(new RegExp(`<form method="post" action="${action}"[^>]*>(.*?)</form>`, 's'))?.[1]
  if (form === undefined) throw new Error(`no form posts to ${action} on this page`)
  const fields: Record<string, string> = {}
  for (const [input] of form.matchAll(/<input[^>]*>/g)) {
    const name = input.match(/ name="([^"]*)"/)?.[1]
    if (name !== undefined) fields[name] = input.match(/ value="([^"]*)"/)?.[1] ?? ''
  }
  return fields
}

export function cardIn(page: string): CardShown | null {
  const numbers = page.match(/id="card"[^>]* data-stamps="(\d+)" data-goal="(\d+)" data-rewards="(\d+)"/)
  if (numbers === null) return null
  const [stamps = 0, goal = 0, rewards = 0] = numbers.slice(1).map(Number)
  return { stamps, goal, rewards }
}
