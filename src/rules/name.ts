/** What people call things: a café, a branch, a tablet, a colleague, a reward. */

export const NAME_LENGTH_MAX = 60 // characters: what a phone's heading and a poster can hold
const LETTERS_MAX = 40 // one line of a list on a phone

/** @returns the name in one spelling, or null when there is none or it cannot be shown on one line */
export function readName(text: string | null): string | null {
  const name = (text ?? '').normalize('NFC').trim().replace(/\s+/g, ' ')
  return name === '' || name.length > LETTERS_MAX || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(name) ? null : name
}

/** The same for what stands in a heading: longer, and perhaps empty. @returns null for one that is too long, not on one line or turns round what stands beside it */
export function parseName(text: string): string | null {
  const name = text.normalize('NFC').trim()
  return [...name].length <= NAME_LENGTH_MAX && !/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u.test(name)
    ? name
    : null
}
