/** A word for the next page: one small message that survives a redirect, is shown once, and soon means nothing. */

import { type CookiePairs, cookie } from './cookie.ts'
import { type SigningKeys, signObject, unsignObject } from './signing.ts'

const MAX_AGE_SECONDS = 60 // a redirect takes less, and what has not been shown by then is no news

export interface FlashOptions<T extends { readonly kind: string }> extends SigningKeys {
  /** True on https: the cookie is then `__Host-flash`. */
  readonly secure: boolean
  /** Null for anything that is not a message of this service: an older version may have signed it. */
  readonly parse: (value: unknown) => T | null
}

/** `write` and `clear` return Set-Cookie lines. Who reads a message and shows it sends `clear` with that page. */
export interface Flash<T extends { readonly kind: string }> {
  read(pairs: CookiePairs): T | null
  write(message: T): string
  clear(): string
}

/**
 * Declares the flash cookie. The message is signed, not secret, and can be shown again within its minute by
 * whoever keeps it: say nothing in it that matters, and nothing personal.
 *
 * @throws CookieError from `write` when the message is larger than a cookie can be.
 */
export function createFlash<T extends { readonly kind: string }>(options: FlashOptions<T>): Flash<T> {
  const { secure, parse, ...keys } = options
  const signing = { ...keys, salt: 'flash' }

  const flash = cookie<T>(secure ? '__Host-flash' : 'flash', {
    parse(text) {
      const read = unsignObject(text, { ...signing, maxAgeSeconds: MAX_AGE_SECONDS })
      return read.ok ? parse(read.value) : null
    },
    format: (message) => signObject(message, signing),
    signed: true,
    secure,
    httpOnly: true,
    maxAgeSeconds: MAX_AGE_SECONDS,
  })
  return { read: flash.read, write: flash.write, clear: flash.expire }
}
