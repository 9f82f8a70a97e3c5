/** One-time codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds, as every app knows them). */
import { generateURI, ScureBase32Plugin, verifySync } from 'otplib'
import type { Random } from '../clock.ts'

const SECRET_BYTES = 20 // 160 bits, the length of HMAC-SHA-1 (RFC 4226 4, R6)
const STEP_SECONDS = 30
const base32 = new ScureBase32Plugin()

export function newTotpSecret(random: Random): Uint8Array {
  return Uint8Array.from(random.bytes(SECRET_BYTES))
}

/** The secret as people type it into an app that has no camera: groups of four. */
export function totpSecretText(secret: Uint8Array): string {
  return base32Of(secret).replace(/(.{4})(?=.)/g, '$1 ')
}

/** What the QR holds that an app scans. A colon would end the café's name, so it has none. */
export function totpUri(secret: Uint8Array, whose: { cafeName: string; email: string }): string {
  const issuer = whose.cafeName.replaceAll(':', ' ')
  return generateURI({ issuer, label: whose.email, secret: base32Of(secret) })
}

/**
 * Looks whether a code is right now, or was or will be for 30 seconds: clocks differ, and people type slowly.
 *
 * @param usedStep the last step whose code was used, or null: that one and those before it are spent
 * @returns the code's step, to be used up before anyone is let in (`tx.people.useTotpStep`), or null
 */
export function verifyTotp(
  code: string,
  { secret, usedStep, nowMs }: { secret: Uint8Array; usedStep: number | null; nowMs: number },
): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^[0-9]{6}$/.test(token)) return null
  const epoch = Math.floor(nowMs / 1000)
  const result = verifySync({ secret, token, epoch, epochTolerance: STEP_SECONDS })
  if (!result.valid || !('timeStep' in result)) return null
  return result.timeStep > (usedStep ?? -1) ? result.timeStep : null
}

function base32Of(secret: Uint8Array): string {
  return base32.encode(secret).replace(/=+$/, '')
}
