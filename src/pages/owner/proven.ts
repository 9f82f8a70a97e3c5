/** Whether who has signed in has proven enough for what matters: lately, and by more than a password. */

import { hasSecondFactor } from '../start-session.ts'
import type { Visit } from '../visit.ts'

const PROVEN_FOR_MS = 5 * 60 * 1000 // safety.md S26

/** Whether the sign-in is too old: they are asked again (`wayToConfirm`). */
export function needsReauthentication({ who, nowMs }: Pick<Visit, 'who' | 'nowMs'>): boolean {
  return who.person === null || nowMs - who.person.provenAtMs > PROVEN_FOR_MS
}

/** Whether they have nothing but a password, which is not enough for exports and keys (safety.md S35): they add a second factor first. */
export async function needsSecondFactor({ context, cafe, who }: Visit): Promise<boolean> {
  const id = who.person?.id ?? null
  const person = id === null ? null : await context.store.people.find(cafe.id, id)
  if (person === null) return true
  const passkeys = await context.store.passkeys.ofPerson(cafe.id, person.id)
  return !hasSecondFactor(person, passkeys) || !(await who.sessions.owner.facts()).isStrong
}
