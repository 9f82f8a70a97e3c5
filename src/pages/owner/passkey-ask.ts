/** What a page needs to ask for a passkey: the browser's options, and a challenge that the server knows again without having kept it. */
import { createSigner } from '../../http/signing.ts'
import { askForPasskey, offerPasskey, type PasskeySite, passkeySiteOf } from '../../sign-in/passkey.ts'
import type { Passkey } from '../../store/passkeys.ts'
import type { Person } from '../../store/people.ts'
import type { Visit } from '../visit.ts'

/** What a challenge is for: one of another kind is worth nothing. */
export type PasskeyUse = 'sign-in' | 'reauthentication' | 'addition'

export interface PasskeyAsk {
  /** JSON, as browsers take it. */
  readonly options: string
  /** The signed challenge, to come back with the answer. */
  readonly challenge: string
}

const CHALLENGE_SECONDS = 60 * 60 // a page may stand open for a while before somebody comes to it
const CHALLENGE_MS = CHALLENGE_SECONDS * 1000

export function passkeySite({ context, request }: Visit): PasskeySite | null {
  return passkeySiteOf(context.publicUrl, request.url)
}

/** @param among the passkeys that will do; any that the browser has where left out. @returns null where browsers have none */
export async function passkeyAsk(
  visit: Visit,
  use: PasskeyUse,
  among: readonly Passkey[] = [],
): Promise<PasskeyAsk | null> {
  const site = passkeySite(visit)
  if (site === null) return null
  return signedAsk(visit, use, await askForPasskey(site, visit.context.random, among))
}

/** To make a new one. */
export async function passkeyOffer(
  visit: Visit,
  person: Person,
  has: readonly Passkey[],
): Promise<PasskeyAsk | null> {
  const site = passkeySite(visit)
  if (site === null) return null
  const whose = { id: person.id, name: person.name, email: person.email ?? person.name }
  const input = { cafeName: visit.cafe.name, person: whose, has }
  return signedAsk(visit, 'addition', await offerPasskey(site, visit.context.random, input))
}

/** Takes a challenge that came back: this browser's, not an hour old, and once. @returns null for any other */
export async function takeChallenge(
  visit: Visit,
  use: PasskeyUse,
  text: string | null,
): Promise<string | null> {
  const signed = signerOf(visit, use).unsign(text ?? '', { maxAgeSeconds: CHALLENGE_SECONDS })
  if (!signed.ok) return null
  const { context, cafe, nowMs } = visit
  const key = { name: 'passkeyChallenge', whom: signed.value }
  const counted = await context.store.transaction(cafe.id, (tx) =>
    tx.limits.add(cafe.id, key, { points: 1, expiresAtMs: nowMs + CHALLENGE_MS }, nowMs),
  )
  return counted.points === 1 ? signed.value : null
}

function signedAsk(visit: Visit, use: PasskeyUse, options: { challenge: string }): PasskeyAsk {
  visit.csrf.token() // makes the cookie that the challenge is bound to
  return {
    options: JSON.stringify(options),
    challenge: signerOf(visit, use).sign(options.challenge, { atMs: visit.nowMs }),
  }
}

/** The salt names the browser: a challenge of another one is worth nothing either. */
function signerOf({ context, cafe, csrf }: Visit, use: PasskeyUse) {
  const { keys, clock } = context
  const salt = `dojang passkey v1 ${use} ${cafe.slug} ${csrf.id}`
  return createSigner({ secret: keys.current, fallbacks: keys.fallbacks, salt, clock })
}
