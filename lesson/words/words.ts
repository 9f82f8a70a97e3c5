/** Everything the lesson says, as a list to be filled in for each language. */

import type { Stranger } from '../places.ts'
import type { CafeWords, StrangerPageWords, WireWords } from './cafe-words.ts'
import type { ChromeWords, OverviewWords, PageWords } from './page-words.ts'

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
