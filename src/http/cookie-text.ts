/** How a cookie's value travels: any Unicode text out, the same text back, and no exception for anything that comes in. */

// All but RFC 6265bis 4.1.1 cookie-octet; and '%', which is our escape and so must be escaped itself.
const unplain = /[^!#$&-+\--:<-[\]-~]/
// encodeURIComponent is stricter than cookie-octet. What it need not have encoded is put back, above all ':', so
// that a signed value travels as the text that was signed.
const overEncoded = /%(?:2[346BF]|3[AC-F]|40|5[BDE]|60|7[B-D])/g
const wouldBeOverEncoded = /[#$&+/:<=>?@[\]^`{|}]/

/**
 * Writes a value in cookie-octets: what may travel stays as it is, the rest becomes percent-encoded UTF-8. Null for
 * a lone surrogate: there is no UTF-8 for it, and it could not come back.
 */
export function encodeCookieValue(value: string): string | null {
  if (!unplain.test(value)) return value
  if (!value.isWellFormed()) return null
  const encoded = encodeURIComponent(value)
  if (!wouldBeOverEncoded.test(value)) return encoded
  return encoded.replace(overEncoded, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
}

/** What a header's names and values have to go through once they are split. */
export interface CookieDecoder {
  name(text: string): string
  value(text: string): string
}

const percent: CookieDecoder = { name: (text) => text, value: unescaped }
const utf8: CookieDecoder = { name: utf8OfLatin1, value: (text) => unescaped(utf8OfLatin1(text)) }

/** Chooses by the whole header, so that each of its cookies need not be looked at; null where nothing is encoded. */
export function decoderFor(header: string): CookieDecoder | null {
  // Counting UTF-8 octets is the quickest test for ASCII that Node has.
  if (Buffer.byteLength(header) !== header.length && !isDecodedText(header)) return utf8
  return header.includes('%') ? percent : null
}

/** `node:http` gives octets as latin-1, nothing above U+00FF. */
function isDecodedText(text: string): boolean {
  return /[^\0-\xff]/.test(text)
}

/** Reads latin-1 "text" as the UTF-8 that it stands for. Bad octets become U+FFFD, as in Django. */
function utf8OfLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}

/**
 * Undoes percent-encoding, once. What is not validly encoded (`%`, `%zz`, `%E0%A4%A`) was not written by us, so it
 * is returned as it came; Django does not decode either.
 */
function unescaped(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
