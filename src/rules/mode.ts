/** How a stamp is allowed: the café's choice (product.md, "How a stamp is allowed"). */
import type { Actor } from './entry.ts'

/** In the order in which an owner is offered them: the most careful first. */
export const MODES = ['counter', 'code', 'approve', 'self'] as const

export type Mode = (typeof MODES)[number]

/** Whether someone may stamp at all under a mode: in `code` a browser brings the counter's code; limits and codes are judged apart. */
export function canStamp(mode: Mode, actor: Actor): boolean {
  return actor.kind !== 'browser' || mode === 'self' || mode === 'code'
}

/** Whether a stamp needs the code that the counter shows now. */
export function needsCode(mode: Mode, actor: Actor): boolean {
  return actor.kind === 'browser' && mode === 'code'
}

/** Whether a stamp is asked for, and staff decide. */
export function mustAsk(mode: Mode, actor: Actor): boolean {
  return actor.kind === 'browser' && mode === 'approve'
}
