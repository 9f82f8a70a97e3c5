/** Paired devices: the code that pairs one, the secret that it keeps, and when that secret is a copy. */
import { createHmac, hash } from 'node:crypto'
import type { Place } from './entry.ts'

export type DeviceKind = 'kiosk' | 'counter'

export interface Device extends Place {
  readonly cafeId: number
  readonly kind: DeviceKind
  readonly name: string
  readonly createdAtMs: number
  /** Until when its pairing code counts; null when it has none. */
  readonly pairingExpiresAtMs: number | null
  readonly pairedAtMs: number | null
  readonly usedAtMs: number | null
  /** Where it was last seen. */
  readonly address: string | null
  readonly revokedAtMs: number | null
  /** Who works at it now (a counter), and since when. */
  readonly personId: string | null
  readonly personAtMs: number | null
}

/** Hashes of a device's secrets, base64url SHA-256. */
export interface DeviceSecrets {
  readonly current: string
  /** The one before, from which the current one followed. */
  readonly previous: string | null
  /** Since when the current one is in use. */
  readonly rolledAtMs: number
}

export type SecretVerdict =
  | { readonly kind: 'good'; readonly isRollDue: boolean }
  /** The next secret is shown for the first time: from now on it is the current one. */
  | { readonly kind: 'rolled' }
  /** One from before is shown although its successor is in use: two hold what one was given. */
  | { readonly kind: 'copied' }
  | { readonly kind: 'wrong' }

export const PAIRING_MS = 10 * 60 * 1000 // to walk over to the tablet and type six digits
export const DEVICE_IDLE_MS = 31 * 24 * 60 * 60 * 1000 // a tablet that nobody used for a month is no longer on the counter
export const PERSON_AT_DEVICE_MS = 12 * 60 * 60 * 1000 // a long shift; the next morning asks for the PIN again
const ROLL_AFTER_MS = 24 * 60 * 60 * 1000 // so a stolen copy is noticed a day later (safety.md F8)
const ROLL_GRACE_MS = 60 * 1000 // requests that were under way while the secret rolled

/** Whether a paired device is still one: not revoked, and used within 31 days. */
export function isDeviceLive(device: Device, nowMs: number): boolean {
  const { pairedAtMs, revokedAtMs, usedAtMs } = device
  return pairedAtMs !== null && revokedAtMs === null && nowMs - (usedAtMs ?? pairedAtMs) <= DEVICE_IDLE_MS
}

/** The secret that follows one: the same for all requests that ask at once, and for one whose answer was lost. */
export function nextSecret(key: string, deviceId: string, current: string): string {
  return createHmac('sha256', key).update(`dojang device secret ${deviceId} ${current}`).digest('base64url')
}

export function secretHashOf(secret: string): string {
  return hash('sha256', secret, 'base64url')
}

/**
 * What a shown secret means. Hashes of unguessable secrets are compared, so their timing tells nothing that could be used.
 *
 * @param keys the root secrets, the current one first: a successor may have been made with one from before
 */
export function judgeSecret(
  secrets: DeviceSecrets,
  shown: { readonly deviceId: string; readonly secret: string },
  keys: readonly string[],
  nowMs: number,
): SecretVerdict {
  const shownHash = secretHashOf(shown.secret)
  if (shownHash === secrets.current)
    return { kind: 'good', isRollDue: nowMs - secrets.rolledAtMs > ROLL_AFTER_MS }
  if (keys.some((key) => nextSecret(key, shown.deviceId, secrets.current) === shown.secret))
    return { kind: 'rolled' }
  if (secrets.previous === null || shownHash !== secrets.previous) return { kind: 'wrong' }
  return nowMs - secrets.rolledAtMs <= ROLL_GRACE_MS ? { kind: 'good', isRollDue: false } : { kind: 'copied' }
}

/** What is kept of a pairing code: nobody reads six digits off it. */
export function pairingHashOf(key: string, cafeId: number, code: string): string {
  return createHmac('sha256', key).update(`dojang pairing ${cafeId} ${code}`).digest('base64url')
}

/**
 * The six digits that pair a device until a time. They follow from the key, so that its page can show them again for as long as they count,
 * though nobody reads them off the database.
 */
export function pairingCodeOf(key: string, deviceId: string, expiresAtMs: number): string {
  const mac = createHmac('sha256', key).update(`dojang pairing code ${deviceId} ${expiresAtMs}`).digest()
  return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0') // of 2^48, so no code is likelier than another
}

/** The first secret of a device: the same for the same form sent twice, so that an answer that was lost can be given again. */
export function pairedSecretOf(key: string, cafeId: number, formKey: string): string {
  return createHmac('sha256', key).update(`dojang paired secret ${cafeId} ${formKey}`).digest('base64url')
}
