/** Whether a page that somebody opened is still theirs, asked of the database anew: for streams that stay open. */
import type { Audience } from '../routes.ts'
import { admit } from './admission.ts'
import type { Visit } from './visit.ts'
import { findWhoNow } from './who.ts'

/** Admitted as before, and nobody else is at work there now. */
export async function isStillTheirs(visit: Visit, audience: Audience): Promise<boolean> {
  const now = await findWhoNow({ ...visit, nowMs: visit.context.clock() }, visit.who)
  const before = visit.who.person
  const isSame = now.person?.id === before?.id && now.person?.role === before?.role
  return isSame && admit(audience, now) === 'in'
}
