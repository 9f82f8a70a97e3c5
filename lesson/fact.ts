/** What an attack notes while it happens, to be told in the visitor's language afterwards. */

import type { Customer } from './places.ts'
import type { Answer, Refusal, Visit } from './way.ts'

/** One line of what really happened; the words for it are in lesson/words/. */
export type Fact =
  | { readonly kind: 'sent'; readonly who: Customer; readonly cookie: string | null }
  | { readonly kind: 'written'; readonly who: Customer; readonly cookie: string }
  | { readonly kind: 'typed'; readonly who: Customer; readonly phone: string }
  | { readonly kind: 'shown'; readonly who: Customer; readonly stamps: number | null }
  | { readonly kind: 'stamped'; readonly who: Customer; readonly stamps: number | null }
  | { readonly kind: 'coffee'; readonly who: Customer; readonly stamps: number | null }
  | { readonly kind: 'refused'; readonly who: Customer; readonly reason: Refusal }
  | { readonly kind: 'forgotten'; readonly who: Customer }
  | { readonly kind: 'restarted'; readonly before: number; readonly after: number }
  | { readonly kind: 'address'; readonly address: string; readonly stamps: number | null }

/** What a pressed button came to. */
export function factOf(who: Customer, wants: Visit['wants'], { stamps, coffee, refused }: Answer): Fact {
  if (refused !== undefined) return { kind: 'refused', who, reason: refused }
  if (wants === 'forget') return { kind: 'forgotten', who }
  if (wants === 'coffee') return coffee ? { kind: 'coffee', who, stamps } : { kind: 'shown', who, stamps }
  return { kind: wants === 'stamp' ? 'stamped' : 'shown', who, stamps }
}
