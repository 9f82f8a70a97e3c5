/** What is said inside the frames: by the café, by the lines on the wire, by other sites. */

import type { Refusal } from '../way.ts'

export interface CafeWords {
  readonly name: string
  readonly card: string
  readonly free: string
  readonly stamps: (stamps: number) => string
  readonly seals: (stamps: number) => string
  readonly missing: (missing: number) => string
  readonly ready: string
  readonly unknown: string
  readonly phone: string
  readonly stamp: string
  readonly useCoffee: string
  readonly coffee: string
  readonly forget: string
  readonly elsewhere: string
  readonly refusals: Readonly<Record<Refusal, string>>
  readonly backToCard: string
}

export interface WireWords {
  readonly exchange: string
  readonly noCookie: string
  readonly noSetCookie: string
  readonly attributes: string
  readonly says: {
    readonly value: (name: string) => string
    readonly maxAge: (seconds: number) => string
    readonly session: string
    readonly path: (path: string) => string
    readonly httpOnly: string
    readonly readable: string
    readonly secure: string
    readonly insecure: string
    readonly sameSite: { readonly Lax: string; readonly Strict: string; readonly None: string }
    readonly hostOnly: (host: string) => string
  }
  readonly documentCookie: string
  readonly documentCookieEmpty: string
  readonly documentCookieNoScript: string
  readonly server: string
  readonly serverNothing: string
  readonly again: string
}

export interface StrangerPageWords {
  readonly title: string
  readonly lead: string
  readonly button: string
  readonly link: string
  readonly post: string
}
