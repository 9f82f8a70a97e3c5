/** E-mail addresses, as people sign in with them. */

const CHARACTERS_MAX = 254 // the longest that a mail can be sent to (RFC 5321 4.5.3.1.3, erratum 1690)
const SHAPE = /^[^\s@\p{C}]+@[^\s@\p{C}.]+(\.[^\s@\p{C}.]+)+$/u // whether mail arrives, only a mail can tell

/** One spelling for each address: its capitals, the space around it and how accents were typed do not count. */
export function normaliseEmail(text: string): string {
  return text.normalize('NFC').trim().toLowerCase()
}

/** @returns the address in its one spelling, or null where it cannot be one */
export function parseEmail(text: string): string | null {
  const email = normaliseEmail(text)
  return email.length <= CHARACTERS_MAX && SHAPE.test(email) ? email : null
}
