/** What stands on the lesson's own pages, whichever way they show. */

import type { Fact } from '../fact.ts'
import type { Customer, Stranger } from '../places.ts'

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
