/** Passkeys (WebAuthn): found by the browser itself, with the screen lock asked for, so that one alone is two factors. */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Random } from '../clock.ts'
import type { Passkey } from '../store/passkeys.ts'
import { uuidBytes } from '../store/sql.ts'

/** For which name a browser makes and finds passkeys, and from where it must speak. */
export interface PasskeySite {
  readonly rpId: string
  readonly origin: string
}

/** What is new of a passkey, in the words of the store. */
export type MadePasskey = Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports'>

/** What a passkey says of itself before it is believed. */
export interface PasskeyClaim {
  readonly id: string
  /** Whose it is, as it was told when it was made; '' when it does not say. */
  readonly userHandle: string
}

const CHALLENGE_BYTES = 32 // 256 bits; WebAuthn asks for 128 at least
const ALGORITHMS = [-8, -7, -257] // EdDSA, ES256, RS256 (COSE): every authenticator has one; Node calls newer ones experimental
const TIMEOUT_MS = 5 * 60_000 // as long as looking for a phone takes

const base64url = z
  .string()
  .regex(/^[\w-]+$/)
  .max(16_384)
const head = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).catch({}),
}
const made = z.object({
  ...head,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z
      .array(z.string().regex(/^[\w-]{1,32}$/))
      .max(8)
      .catch([]),
  }),
})
const used = z.object({
  ...head,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: z
      .string()
      .max(128)
      .nullish()
      .transform((handle) => handle ?? undefined),
  }),
})

/** @returns null where browsers have no passkeys: over plain http, and at an address that is no name */
export function passkeySiteOf(publicUrl: URL | null, requestUrl: string): PasskeySite | null {
  const { protocol, hostname, origin } = publicUrl ?? new URL(requestUrl)
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  const isName = /[a-z]/.test(hostname) && !hostname.startsWith('[')
  return isName && (protocol === 'https:' || isLocal) ? { rpId: hostname, origin } : null
}

/** What a browser needs to make one. Its `challenge` is to be kept for the answer, and used once. */
export async function offerPasskey(
  site: PasskeySite,
  random: Random,
  whose: { cafeName: string; person: { id: string; name: string; email: string }; has: readonly Passkey[] },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await webauthn()
  return generateRegistrationOptions({
    rpName: whose.cafeName,
    rpID: site.rpId,
    userID: Uint8Array.from(uuidBytes(whose.person.id)),
    userName: whose.person.email,
    userDisplayName: whose.person.name,
    challenge: newChallenge(random),
    timeout: TIMEOUT_MS,
    supportedAlgorithmIDs: ALGORITHMS,
    attestationType: 'none', // who made the phone is no business of a café
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: whose.has.map(({ id, transports }) => ({ id, transports: [...transports] })),
  })
}

/** Looks at what the browser answered, as JSON text. @returns the passkey to keep, or null */
export async function takePasskey(
  site: PasskeySite,
  { answer, challenge }: { answer: string; challenge: string },
): Promise<MadePasskey | null> {
  const response = readJson(made, answer)
  if (response === null) return null
  const { verifyRegistrationResponse } = await webauthn()
  const result = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => null) // it says no by throwing, whatever the reason
  if (result === null || !result.verified) return null
  const { id, publicKey, counter } = result.registrationInfo.credential
  return { id, publicKey, counter, transports: response.response.transports }
}

/** What a browser needs to use one: any of the site's, which it lists itself, or one of those given. */
export async function askForPasskey(
  site: PasskeySite,
  random: Random,
  among: readonly Passkey[] = [],
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await webauthn()
  return generateAuthenticationOptions({
    rpID: site.rpId,
    challenge: newChallenge(random),
    timeout: TIMEOUT_MS,
    userVerification: 'required',
    allowCredentials: among.map(({ id, transports }) => ({ id, transports: [...transports] })),
  })
}

/** Which passkey an answer says it is, so that it can be looked up. @returns null when the answer is none */
export function claimOf(answer: string): PasskeyClaim | null {
  const response = readJson(used, answer)
  return response && { id: response.id, userHandle: response.response.userHandle ?? '' }
}

/**
 * Whether the answer was signed by this passkey, for this challenge, here and now, behind the screen lock.
 *
 * @returns its new counter, to be kept (`tx.passkeys.touch`), or null
 */
export async function verifyPasskey(
  site: PasskeySite,
  { answer, challenge, passkey }: { answer: string; challenge: string; passkey: Passkey },
): Promise<number | null> {
  const response = readJson(used, answer)
  const handle = response?.response.userHandle
  if (response === null || response.id !== passkey.id) return null
  if (handle !== undefined && handle !== userHandleOf(passkey.personId)) return null
  const { verifyAuthenticationResponse } = await webauthn()
  const { id, counter } = passkey
  const result = await verifyAuthenticationResponse({
    response: response as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    credential: { id, publicKey: Uint8Array.from(passkey.publicKey), counter },
    requireUserVerification: true,
  }).catch(() => null) // as above
  return result?.verified ? result.authenticationInfo.newCounter : null
}

/** How a passkey names its person. */
function userHandleOf(personId: string): string {
  return uuidBytes(personId).toString('base64url')
}

/** Loaded when first needed: it takes a quarter of a second and 25 MB, and most cafés sign in once a day. */
function webauthn() {
  return import('@simplewebauthn/server')
}

function newChallenge(random: Random): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(random.bytes(CHALLENGE_BYTES))
}

function readJson<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
