/** Django's keyed MAC as text, and a comparison that takes as long for a near miss as for a wild guess. */

import { createHmac, hash, timingSafeEqual } from 'node:crypto'

const BLOCK_OCTETS = 64 // SHA-256's block: RFC 2104 pads the key to it
const MAC_OCTETS = 32
const MAC_TEXT_LENGTH = 43 // base64url of 32 octets, without padding
const SCRATCH_OCTETS = 8192 // longer messages than any header line take the ordinary way

/** Makes the MAC of a text: base64url without padding of HMAC-SHA256 over its UTF-8. */
export type Mac = (message: string) => string

// One thread, no await between filling and hashing: all keys share these.
const inner = Buffer.alloc(BLOCK_OCTETS + SCRATCH_OCTETS)
const outer = Buffer.alloc(BLOCK_OCTETS + MAC_OCTETS)

/**
 * A MAC under SHA256(salt + "signer" + secret), as django.utils.crypto.salted_hmac derives it.
 *
 * Two one-shot hashes are HMAC written out (RFC 2104), and take half the time of Node's createHmac.
 */
export function createMac(secret: string, salt: string): Mac {
  const key = hash('sha256', `${salt}signer${secret}`, 'buffer')
  const innerPad = padded(key, 0x36)
  const outerPad = padded(key, 0x5c)

  return (message) => {
    // At worst a UTF-16 unit is three octets.
    if (message.length * 3 > SCRATCH_OCTETS)
      return createHmac('sha256', key).update(message).digest('base64url')
    innerPad.copy(inner)
    const end = BLOCK_OCTETS + inner.write(message, BLOCK_OCTETS, 'utf8')
    outerPad.copy(outer)
    outer.write(hash('sha256', inner.subarray(0, end), 'latin1'), BLOCK_OCTETS, 'latin1')
    return hash('sha256', outer, 'base64url')
  }
}

function padded(key: Buffer, pad: number): Buffer {
  return Buffer.alloc(BLOCK_OCTETS, pad).map((octet, index) => octet ^ (key[index] ?? 0)) as Buffer
}

const left = Buffer.alloc(MAC_TEXT_LENGTH)
const right = Buffer.alloc(MAC_TEXT_LENGTH)

/**
 * Compares a given text with a MAC in constant time. The TEXT is compared, not what it decodes to: the last of 43
 * base64url characters has two unused bits, so four texts would decode to one MAC.
 */
export function equalsMac(text: string, mac: string): boolean {
  if (text.length !== MAC_TEXT_LENGTH || mac.length !== MAC_TEXT_LENGTH) return false
  // Text that is not ASCII either writes octets that no MAC has, or does not fit and leaves old ones standing.
  if (left.write(text, 'utf8') !== MAC_TEXT_LENGTH) return false
  right.write(mac, 'latin1')
  return timingSafeEqual(left, right)
}
