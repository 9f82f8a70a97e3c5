/** Where phone numbers, and secrets for one-time codes, become unreadable: sealed by AES-256-GCM, found by keyed hashes, opened only for the row they were sealed for. */
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
  /** The same for a person's secret for one-time codes, under a key of its own. */
  sealTotp(cafeId: number, personId: string, secret: Uint8Array): Buffer
  /** @throws Error as `open` does */
  openTotp(cafeId: number, personId: string, sealed: Uint8Array): Uint8Array
  /** Six letters by which staff find a card: another card may have the same. */
  cardCode(cafeId: number, cardId: string): string
  /** 16 bytes that stand for any text, such as a form that may hold a number. */
  digest(text: string): Buffer
  /** 32 bytes over a line of the audit log and the hash of the one before it: nobody makes them without the key. */
  auditMac(previous: Uint8Array, text: string): Buffer
  /** What a database keeps to know its key again. */
  readonly checkValue: Buffer
}

const NONCE_BYTES = 12 // NIST SP 800-38D 8.2.1; random, and 2^32 seals a key stay under a 2^-32 chance of a repeat
const TAG_BYTES = 16
const CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ' // no vowels: no code is a word
const CODE_LENGTH = 6 // 64 million codes: two cards of a café hardly ever share one, and staff see which is which
const LOOKUP_BYTES = 16 // 128 bits: no two numbers meet, and half the index of the full hash

/** @param secret the café's root secret; each use has a key of its own by HKDF (RFC 5869) */
export function createPhoneVault(secret: string, random: Random): PhoneVault {
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `dojang ${use} v1`, 32))
  const phones = sealUnder(keyFor('phone seal'), random)
  const totps = sealUnder(keyFor('totp seal'), random)
  const lookupKey = keyFor('phone lookup')
  const lastFourKey = keyFor('phone last four')
  const cardCodeKey = keyFor('card code')
  const digestKey = keyFor('request digest')
  const auditKey = keyFor('audit chain')
  return {
    lookup: (cafeId, phone) => keyedHash(lookupKey, `${cafeId}:${phone}`),
    lastFourLookup: (cafeId, phone) => keyedHash(lastFourKey, `${cafeId}:${lastFourOf(phone)}`),
    cardCode: (cafeId, cardId) => lettersOf(keyedHash(cardCodeKey, `${cafeId}:${cardId}`)),
    digest: (text) => keyedHash(digestKey, text),
    auditMac: (previous, text) => createHmac('sha256', auditKey).update(previous).update(text).digest(),
    seal: (cafeId, cardId, phone) => phones.seal(rowName(cafeId, cardId), Buffer.from(phone)),
    open: (cafeId, cardId, sealed) => phones.open(rowName(cafeId, cardId), sealed).toString() as Phone,
    sealTotp: (cafeId, personId, secret) => totps.seal(rowName(cafeId, personId), secret),
    openTotp: (cafeId, personId, sealed) => totps.open(rowName(cafeId, personId), sealed),
    checkValue: keyedHash(keyFor('check'), 'dojang'),
  }
}

/** Whether a database's check value was made by this vault's key. */
export function isKeyOf(vault: PhoneVault, checkValue: Uint8Array): boolean {
  return checkValue.length === vault.checkValue.length && timingSafeEqual(checkValue, vault.checkValue)
}

function sealUnder(key: Buffer, random: Random) {
  return {
    seal(row: Buffer, secret: Uint8Array): Buffer {
      const nonce = random.bytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(row)
      return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
    },
    open(row: Buffer, sealed: Uint8Array): Buffer {
      const nonce = sealed.subarray(0, NONCE_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(row).setAuthTag(sealed.subarray(-TAG_BYTES))
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
    },
  }
}

/** The remainder of 64 bits by 20^6 favours no code by more than one in ten million million. */
function lettersOf(hash: Buffer): string {
  let rest = hash.readBigUInt64BE()
  const count = BigInt(CODE_LETTERS.length)
  return Array.from({ length: CODE_LENGTH }, () => {
    const letter = CODE_LETTERS[Number(rest % count)]
    rest /= count
    return letter
  }).join('')
}

function keyedHash(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest().subarray(0, LOOKUP_BYTES)
}

function rowName(cafeId: number, cardId: string): Buffer {
  return Buffer.concat([Buffer.from(`${cafeId}:`), uuidBytes(cardId)])
}
