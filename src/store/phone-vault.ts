/** Where phone numbers become unreadable: sealed by AES-256-GCM, found by keyed hashes, opened only for the row they were sealed for. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Random } from '../clock.ts'
import { lastFourOf, type Phone } from '../rules/phone.ts'
import { uuidBytes } from './sql.ts'

export interface PhoneVault {
  /** 16 bytes that stand for a number in one café: equal for equal numbers, meaningless without the key. */
  lookup(cafeId: number, phone: Phone): Buffer
  /** 16 bytes that stand for a number's last four digits in one café. */
  lastFourLookup(cafeId: number, phone: Phone): Buffer
  /** Nonce, ciphertext and tag; the café and the card are authenticated with it, so no row's can serve another. */
  seal(cafeId: number, cardId: string, phone: Phone): Buffer
  /** @throws Error when the bytes were altered, belong to another row, or to another key */
  open(cafeId: number, cardId: string, sealed: Uint8Array): Phone
  /** 16 bytes that stand for any text, such as a form that may hold a number. */
  digest(text: string): Buffer
  /** 32 bytes over a line of the audit log and the hash of the one before it: nobody makes them without the key. */
  auditMac(previous: Uint8Array, text: string): Buffer
  /** What a database keeps to know its key again. */
  readonly checkValue: Buffer
}

const NONCE_BYTES = 12 // NIST SP 800-38D 8.2.1; random, and 2^32 seals a key stay under a 2^-32 chance of a repeat
const TAG_BYTES = 16
const LOOKUP_BYTES = 16 // 128 bits: no two numbers meet, and half the index of the full hash

/** @param secret the café's root secret; each use has a key of its own by HKDF (RFC 5869) */
export function createPhoneVault(secret: string, random: Random): PhoneVault {
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `dojang ${use} v1`, 32))
  const sealKey = keyFor('phone seal')
  const lookupKey = keyFor('phone lookup')
  const lastFourKey = keyFor('phone last four')
  const digestKey = keyFor('request digest')
  const auditKey = keyFor('audit chain')
  return {
    lookup: (cafeId, phone) => keyedHash(lookupKey, `${cafeId}:${phone}`),
    lastFourLookup: (cafeId, phone) => keyedHash(lastFourKey, `${cafeId}:${lastFourOf(phone)}`),
    digest: (text) => keyedHash(digestKey, text),
    auditMac: (previous, text) => createHmac('sha256', auditKey).update(previous).update(text).digest(),
    seal(cafeId, cardId, phone) {
      const nonce = random.bytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(rowName(cafeId, cardId))
      return Buffer.concat([nonce, cipher.update(phone, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open(cafeId, cardId, sealed) {
      const nonce = sealed.subarray(0, NONCE_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', sealKey, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(rowName(cafeId, cardId)).setAuthTag(sealed.subarray(-TAG_BYTES))
      const text =
        decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      return text as Phone
    },
    checkValue: keyedHash(keyFor('check'), 'dojang'),
  }
}

/** Whether a database's check value was made by this vault's key. */
export function isKeyOf(vault: PhoneVault, checkValue: Uint8Array): boolean {
  return checkValue.length === vault.checkValue.length && timingSafeEqual(checkValue, vault.checkValue)
}

function keyedHash(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest().subarray(0, LOOKUP_BYTES)
}

function rowName(cafeId: number, cardId: string): Buffer {
  return Buffer.concat([Buffer.from(`${cafeId}:`), uuidBytes(cardId)])
}
