/** PINs: a million of them could be tried in a day, so a hash alone is worth nothing. It needs a key that is not in the database. */
import { hkdfSync } from 'node:crypto'
import type { Random } from '../clock.ts'
import { hashSecret, isStale, type Pepper, verifySecret } from './argon.ts'

export interface Pins {
  /** @throws Busy */
  hash(pin: string): Promise<string>
  /** @throws Busy */
  verify(pin: string, stored: string): Promise<boolean>
  /** Whether a PIN that has just been verified should be hashed anew: the root secret has changed. */
  needsRehash(stored: string): boolean
}

const KEY_BYTES = 32 // 256 bits
const KEY_ID_BYTES = 6 // tells keys apart, and says nothing of them

/** @param secrets the root secret, and earlier ones that PINs may still have been hashed under */
export function createPins(
  random: Random,
  secrets: { readonly current: string; readonly fallbacks: readonly string[] },
): Pins {
  const pepper = pepperOf(secrets.current)
  const peppers = [pepper, ...secrets.fallbacks.map(pepperOf)]
  return {
    hash: (pin) => hashSecret(random, pin, pepper),
    verify: (pin, stored) => verifySecret(pin, stored, peppers),
    needsRehash: (stored) => isStale(stored, pepper),
  }
}

function pepperOf(secret: string): Pepper {
  const derive = (use: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `dojang ${use} v1`, bytes))
  return { id: derive('pin key id', KEY_ID_BYTES).toString('base64'), key: derive('pin key', KEY_BYTES) }
}
