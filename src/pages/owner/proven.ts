/** Whether somebody's sign-in is too old for what matters: they are asked again (safety.md S26). */
import type { Visit } from '../visit.ts'

const PROVEN_FOR_MS = 5 * 60 * 1000 // safety.md S26

export function needsReauthentication({ who, nowMs }: Pick<Visit, 'who' | 'nowMs'>): boolean {
  return who.person === null || nowMs - who.person.provenAtMs > PROVEN_FOR_MS
}
