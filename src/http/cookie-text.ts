/** How a cookie's value travels: any Unicode text out, the same text back, and no exception for anything that comes in. */

// RFC 6265bis 4.1.1 cookie-octet, less '%', which is our escape and so must be escaped itself.
const plainValue = /^[!#$&-+\--:<-[\]-~]*$/
// encodeURIComponent is stricter than cookie-octet. What it need not have encoded is put back, above all ':', so
// that a signed value travels as the text that was signed.
const overEncoded = /%(?:2[346BF]|3[AC-F]|40|5[BDE]|60|7[B-D])/g

/**
 * Writes a value in cookie-octets: what may travel stays as it is, the rest becomes percent-encoded UTF-8. Null for
 * a lone surrogate: there is no UTF-8 for it, and it could not come back.
 */
export function encodeCookieValue(value: string): string | null {
  if (plainValue.test(value)) return value
  if (!value.isWellFormed()) return null
  return encodeURIComponent(value).replace(overEncoded, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  )
}

/**
 * Undoes percent-encoding, once. What is not validly encoded (`%`, `%zz`, `%E0%A4%A`) was not written by us, so it
 * is returned as it came; Django does not decode either.
 */
export function decodeCookieValue(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** True when there is nothing to decode. Counting UTF-8 octets is the quickest test for ASCII that Node has. */
export function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length
}

/** True when a header is decoded text already: `node:http` gives bytes as latin-1, nothing above U+00FF. */
export function isDecodedText(text: string): boolean {
  return /[^\0-\xff]/.test(text)
}

/** Reads latin-1 "text" as the UTF-8 bytes that it stands for. Bad bytes become U+FFFD, as in Django. */
export function utf8OfLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}
