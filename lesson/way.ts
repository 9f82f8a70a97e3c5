/** What each way of keeping a count is given, and what it gives back: the rest of a café is the same for all eight. */

import type { RequestSource } from '../src/http/csrf.ts'

/** How many stamps a free coffee costs. */
export const COST = 10

/** One request of a customer's browser, as the café sees it. */
export interface Visit {
  /** `look`: GET of a page. `stamp`, `coffee`, `forget`: POST of that button. */
  readonly wants: 'look' | 'stamp' | 'coffee' | 'forget'
  /** The Cookie line as it came, or null. */
  readonly cookieHeader: string | null
  readonly form: ReadonlyMap<string, string>
  /** The IP address at the other end of the connection. */
  readonly address: string
  /** The headers that say which site the request comes from. */
  readonly source: RequestSource
  /** The café's own `http://host:port`. */
  readonly ownOrigin: string
}

export interface Answer {
  /** What this customer has, or null: the café does not know whose card to open. */
  readonly stamps: number | null
  /** A free coffee has just been handed over. */
  readonly coffee?: boolean
  /** The page has a field for the phone number. */
  readonly asksPhone?: boolean
  /** Whole Set-Cookie lines. */
  readonly setCookies?: readonly string[]
  /** Goes into the forms as `csrf_token`. */
  readonly csrfToken?: string
  /** Why the café did not do what it was asked. */
  readonly refused?: Refusal
}

export type Refusal =
  | 'forged'
  | 'not-enough'
  | 'phone'
  | 'fetch-metadata'
  | 'origin'
  | 'referer'
  | 'cookie'
  | 'token'

export interface Way {
  readonly number: number
  /** In lesson/ways/; shown on the page as it is. */
  readonly file: string
  answer(visit: Visit): Answer | Promise<Answer>
  /** What the server remembers at this moment, to be shown. */
  kept(): unknown | Promise<unknown>
  /** Back to the first morning. */
  startOver(): void | Promise<void>
}

/** The typed number as digits, or null when there is none that could be one. */
export function phoneIn(visit: Visit): string | null {
  const digits = (visit.form.get('phone') ?? '').replace(/[\s-]/g, '')
  return /^010\d{8}$/.test(digits) ? digits : null
}

/** Takes the cost of a coffee from a count, where it is there. */
export function pay(stamps: number): { stamps: number; coffee: boolean; refused?: Refusal } {
  return stamps < COST
    ? { stamps, coffee: false, refused: 'not-enough' }
    : { stamps: stamps - COST, coffee: true }
}
