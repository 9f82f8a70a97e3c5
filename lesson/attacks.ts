/** Which attacks there are against each way, and whether they are expected to work. */

import type { Attack } from './attack.ts'
import * as plainCookie from './attacks/1-plain-cookie.ts'
import * as signedCookie from './attacks/2-signed-cookie.ts'
import * as variable from './attacks/3-variable.ts'
import * as perAddress from './attacks/4-per-address.ts'
import * as typedPhone from './attacks/5-typed-phone.ts'
import * as phoneCookie from './attacks/6-phone-cookie.ts'
import * as session from './attacks/7-session.ts'
import * as dojang from './attacks/8-dojang.ts'
import type { Fact } from './fact.ts'
import type { Stranger } from './places.ts'

export interface NamedAttack {
  readonly name: string
  readonly run: Attack
  readonly works: boolean
}

/** What came of an attack when it was last pressed. */
export interface Report {
  readonly facts: readonly Fact[]
  readonly worked: boolean
}

const works = (name: string, run: Attack): NamedAttack => ({ name, run, works: true })
const fails = (name: string, run: Attack): NamedAttack => ({ name, run, works: false })

const all: Readonly<Record<number, readonly NamedAttack[]>> = {
  1: [works('edit', plainCookie.edit)],
  2: [fails('edit', signedCookie.edit), works('replay', signedCookie.replay)],
  3: [works('share', variable.share), works('restart', variable.restart)],
  4: [works('share', perAddress.share), works('travel', perAddress.travel)],
  5: [works('again', typedPhone.again), works('neighbour', typedPhone.neighbour)],
  6: [works('edit', phoneCookie.edit), works('neighbour', phoneCookie.neighbour)],
  7: [works('steal', session.steal), works('fixate', session.fixate), works('neighbour', session.neighbour)],
  8: [
    fails('neighbour', dojang.neighbour),
    fails('edit', dojang.edit),
    fails('replay', dojang.replay),
    works('copy', dojang.copy),
  ],
}

export const attacksOn = (way: number): readonly NamedAttack[] => all[way] ?? []

/** On which pages another site stands beside the customers. */
export const strangersOf = (way: number): readonly Stranger[] =>
  (({ 4: ['evil'], 7: ['evil', 'blog'], 8: ['evil', 'blog'] }) as const)[way as 4 | 7 | 8] ?? []
