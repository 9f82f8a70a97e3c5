/** A passkey as it was used just now: whose it is, once all of it has been looked at. */
import type { Fields } from '../../http/form.ts'
import { claimOf, verifyPasskey } from '../../sign-in/passkey.ts'
import type { Person } from '../../store/people.ts'
import type { Visit } from '../visit.ts'
import { type PasskeyUse, passkeySite, takeChallenge } from './passkey-ask.ts'

/** The fields that a form with a passkey brings. */
export const PASSKEY_FIELDS = ['challenge', 'passkey'] as const

/** @returns null for one that is not ours, was used before, or whose person may do nothing any more */
export async function provenByPasskey(visit: Visit, fields: Fields, use: PasskeyUse): Promise<Person | null> {
  const { context, cafe, nowMs } = visit
  const site = passkeySite(visit)
  const answer = fields.one('passkey') ?? ''
  const claim = claimOf(answer)
  if (site === null || claim === null) return null
  const challenge = await takeChallenge(visit, use, fields.one('challenge'))
  const passkey = challenge && (await context.store.passkeys.find(cafe.id, claim.id))
  if (!challenge || !passkey) return null
  const counter = await verifyPasskey(site, { answer, challenge, passkey })
  const person = await context.store.people.find(cafe.id, passkey.personId)
  if (counter === null || person === null || person.disabledAtMs !== null) return null
  const isNew = await context.store.transaction(cafe.id, (tx) =>
    tx.passkeys.touch(cafe.id, passkey.id, counter, nowMs),
  )
  return isNew ? person : null
}
