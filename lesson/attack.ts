/** An attack, and the hands it works with: they press, read and write in A's and B's browser, and note what they see. */

import { type Fact, factOf } from './fact.ts'
import { forgetLines, noteLines } from './last-lines.ts'
import type { Customer } from './places.ts'
import { customerHost, originOf } from './places.ts'
import type { Arrival, Done, Walk } from './walk.ts'
import { type Answer, COST, type Visit, type Way } from './way.ts'

/** True when the attack got what it wanted; false when the café held. */
export type Attack = (hands: Hands) => Promise<boolean>

export interface Seen extends Answer {
  /** The Cookie line that the browser sent. */
  readonly cookie: string | null
}

/** The number each customer has. Made up. */
export const PHONES: Readonly<Record<Customer, string>> = { a: '010-1111-2222', b: '010-3333-4444' }

export class Hands {
  readonly facts: Fact[] = []
  /** A request to the lesson, and the address it comes from. */
  readonly serve: (request: Request, address: string) => Promise<Response>
  readonly here: URL
  readonly #walk: Walk
  readonly #way: Way
  readonly #tokens = new Map<Customer, string | null>()

  constructor(input: { walk: Walk; way: Way; here: URL; serve: Hands['serve'] }) {
    this.#walk = input.walk
    this.#way = input.way
    this.here = input.here
    this.serve = input.serve
  }

  note(fact: Fact): void {
    this.facts.push(fact)
  }

  originOf(who: Customer): string {
    return originOf(customerHost(who, this.#way.number), this.here)
  }

  /** Opens the café's page in this customer's browser. */
  async look(who: Customer): Promise<Seen> {
    const seen = await this.#ask(who, 'look', {})
    this.note({ kind: 'shown', who, stamps: seen.stamps })
    return seen
  }

  /** Presses a button there, after typing into the form where something is given. */
  async press(who: Customer, wants: Visit['wants'], form: Record<string, string> = {}): Promise<Seen> {
    const seen = await this.#pressQuietly(who, wants, form)
    if (form.phone !== undefined) this.note({ kind: 'typed', who, phone: form.phone })
    this.note(factOf(who, wants, seen))
    return seen
  }

  /** Stamps until there is enough for a coffee, or `goal`. */
  async fill(who: Customer, form: Record<string, string> = {}, goal: number = COST): Promise<Seen> {
    let seen = await this.#pressQuietly(who, 'stamp', form)
    while ((seen.stamps ?? goal) < goal) seen = await this.#pressQuietly(who, 'stamp', form)
    if (form.phone !== undefined) this.note({ kind: 'typed', who, phone: form.phone })
    this.note(factOf(who, 'stamp', seen))
    return seen
  }

  /** The Cookie line as this customer's browser sends it, HttpOnly or not: developer tools show it just so. */
  async cookie(who: Customer): Promise<string | null> {
    const cookie = await this.#go(who, async ({ cookieHeader }) => ({ setCookies: [], seen: cookieHeader }))
    this.note({ kind: 'sent', who, cookie })
    return cookie
  }

  /** Writes cookies into this customer's browser, as a hand in the developer tools does. */
  async write(who: Customer, lines: readonly string[]): Promise<void> {
    await this.#go(who, async () => ({ setCookies: lines, seen: null }))
    for (const line of lines) this.note({ kind: 'written', who, cookie: line.split(';')[0] ?? line })
  }

  /** Empties this customer's browser. */
  async clear(who: Customer): Promise<void> {
    forgetLines(this.originOf(who))
    await this.#go(who, async ({ cookieHeader }) => ({
      setCookies: (cookieHeader ?? '')
        .split('; ')
        .filter((pair) => pair.includes('='))
        .map((pair) => `${pair.split('=')[0]}=; Max-Age=0; Path=/`),
      seen: null,
    }))
  }

  async #pressQuietly(who: Customer, wants: Visit['wants'], form: Record<string, string>): Promise<Seen> {
    // As a person would: first the page is opened, and with it comes the token of its forms, if it has one.
    if (!this.#tokens.has(who)) this.#tokens.set(who, (await this.#ask(who, 'look', {})).csrfToken ?? null)
    const token = this.#tokens.get(who) ?? null
    return this.#ask(who, wants, token === null ? form : { ...form, csrf_token: token })
  }

  #ask(who: Customer, wants: Visit['wants'], form: Record<string, string>): Promise<Seen> {
    const ownOrigin = this.originOf(who)
    const method = wants === 'look' ? 'GET' : 'POST'
    const source = { method, origin: ownOrigin, referer: null, secFetchSite: 'same-origin' }
    return this.#go(who, async ({ cookieHeader, address }) => {
      const fields = new Map(Object.entries(form))
      const answer = await this.#way.answer({ wants, cookieHeader, form: fields, address, source, ownOrigin })
      noteLines(ownOrigin, answer.setCookies)
      return { setCookies: answer.setCookies ?? [], seen: { ...answer, cookie: cookieHeader } }
    })
  }

  #go<T>(who: Customer, act: (arrival: Arrival) => Promise<Done<T>>): Promise<T> {
    return this.#walk.at(`${this.originOf(who)}/hand/`, act)
  }
}
