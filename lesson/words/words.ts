/** Everything the lesson says, as a list to be filled in for each language. */

import type { Fact } from '../fact.ts'
import type { Customer, Stranger } from '../places.ts'
import type { Refusal } from '../way.ts'

export interface ChromeWords {
  readonly languageName: string
  readonly lesson: string
  readonly overview: string
  readonly rules: string
  readonly belongs: string
  readonly skip: string
  readonly chapters: string
  readonly previous: string
  readonly next: string
  readonly themes: { readonly auto: string; readonly light: string; readonly dark: string }
  readonly language: string
  readonly theme: string
  readonly noScript: string
  readonly loopbackOnly: string
  readonly porch: (origin: string) => string
}

export interface OverviewWords {
  readonly title: string
  readonly lead: readonly string[]
  readonly caption: string
  readonly columns: readonly [way: string, where: string, who: string, breaks: string]
  readonly start: string
  readonly howTo: string
  readonly browsers: string
}

export interface PageWords {
  readonly tryIt: string
  readonly tryLead: string
  readonly customer: (who: Customer) => string
  readonly frameTitle: (who: Customer) => string
  readonly where: string
  readonly whoCan: string
  readonly whatBreaks: string
  readonly attacks: string
  readonly attackNumber: (count: number) => string
  readonly happened: string
  readonly why: string
  readonly whyNext: string
  readonly worked: string
  readonly held: string
  readonly otherwise: string
  readonly code: (lines: number) => string
  readonly codeLabel: string
  readonly startOver: string
  readonly startedOver: string
  readonly thereforeNext: string
  readonly strangerFrame: (stranger: Stranger) => string
  readonly facts: { readonly [K in Fact['kind']]: (fact: Extract<Fact, { kind: K }>) => string }
}

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

export interface AttackWords {
  readonly title: string
  /** What pressing does. */
  readonly does: string
  readonly button: string
  /** What the test checks: it really happened. */
  readonly happened: string
  readonly why: string
  readonly next: string
}

export interface WayWords {
  readonly title: string
  readonly idea: string
  readonly how: string
  readonly where: string
  readonly who: string
  readonly breaks: string
  readonly byHand?: string
  readonly attacks: Readonly<Record<string, AttackWords>>
  readonly strangers?: Partial<Record<Stranger, StrangerWords>>
  readonly therefore: string
}

export interface StrangerWords {
  readonly title: string
  readonly does: string
  readonly why: string
}

export interface StrangerPageWords {
  readonly title: string
  readonly lead: string
  readonly button: string
  readonly link: string
  readonly post: string
}

export interface ExperimentWords {
  readonly title: string
  readonly expect: string
}

export interface RulesWords {
  readonly title: string
  readonly lead: readonly string[]
  readonly travel: string
  readonly travelLines: readonly string[]
  readonly experiments: string
  readonly experimentsLead: string
  readonly set: string
  readonly cameBack: string
  readonly notBack: string
  readonly placeNames: Readonly<Record<'x' | 'menu' | 'y', string>>
  readonly jarFrame: string
  readonly jarLead: string
  readonly jarTitle: string
  readonly jarMenu: string
  readonly strangerLead: string
  readonly each: Readonly<Record<string, ExperimentWords>>
  readonly csrf: string
  readonly csrfLines: readonly string[]
  readonly csrfFrame: string
}

export interface BelongsWords {
  readonly title: string
  readonly lead: readonly string[]
  readonly live: string
  readonly cookieNow: string
  readonly none: string
  readonly spoil: string
  readonly spoiled: string
  readonly forgetAll: string
  readonly language: string
  readonly theme: string
  readonly cart: string
  readonly cartEmpty: string
  readonly searches: string
  readonly searchLabel: string
  readonly search: string
  readonly searchesEmpty: string
  readonly seen: string
  readonly seenEmpty: string
  readonly items: Readonly<Record<string, string>>
  readonly add: (item: string) => string
  readonly takeOut: (item: string) => string
  readonly see: (item: string) => string
  readonly never: string
  readonly neverColumns: readonly [string, string, string]
  readonly neverRows: readonly (readonly [what: string, why: string, instead: string])[]
  readonly fits: string
  readonly fitsRows: readonly (readonly [what: string, why: string])[]
}

export interface Words {
  readonly chrome: ChromeWords
  readonly overview: OverviewWords
  readonly page: PageWords
  readonly cafe: CafeWords
  readonly wire: WireWords
  readonly strangers: Readonly<Record<Stranger, StrangerPageWords>>
  /** In the order of the chain. */
  readonly ways: readonly WayWords[]
  readonly rules: RulesWords
  readonly belongs: BelongsWords
}
