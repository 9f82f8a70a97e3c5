/** Django's keyed MAC as text, and a comparison that takes as long for a near miss as for a wild guess. */

import { createHmac, hash, timingSafeEqual } from 'node:crypto'

const BLOCK_OCTETS = 64 // SHA-256's block: RFC 2104 pads the key to it
const MAC_OCTETS = 32
const MAC_TEXT_LENGTH = 43 // base64url of 32 octets, without padding
const SHORT_OCTETS = 1024 // what cookies and tokens stay under; longer messages take the ordinary way

/** Makes the MAC of a text: base64url without padding of HMAC-SHA256 over its UTF-8. */
export type Mac = (message: string) => string

/**
 * A MAC under SHA256(salt + "signer" + secret), as django.utils.crypto.salted_hmac derives it.
 *
 * Two one-shot hashes over padded keys that lie ready are HMAC written out (RFC 2104), at half the time of createHmac.
 */
export function createMac(secret: string, salt: string): Mac {
  const key = hash('sha256', `${salt}signer${secret}`, 'buffer')
  // Filled and hashed without an await between: one buffer a key is enough.
  const inner = padded(key, 0x36, SHORT_OCTETS)
  const outer = padded(key, 0x5c, MAC_OCTETS)

  return (message) => {
    // At worst a UTF-16 unit is three octets.
    if (message.length * 3 > SHORT_OCTETS)
      return createHmac('sha256', key).update(message).digest('base64url')
    const end = BLOCK_OCTETS + inner.write(message, BLOCK_OCTETS, 'utf8')
    outer.write(hash('sha256', inner.subarray(0, end), 'latin1'), BLOCK_OCTETS, 'latin1')
    return hash('sha256', outer, 'base64url')
  }
}

/** The key under a pad, with room behind it. */
function padded(key: Buffer, pad: number, room: number): Buffer {
  const block = Buffer.alloc(BLOCK_OCTETS + room, pad)
  for (const [i, octet] of key.entries()) block[i] = octet ^ pad
  return block
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
