/** Names of cafés, branches, rewards and people, as they are written down. */

export const NAME_LENGTH_MAX = 60 // characters: what a phone's heading and a poster can hold

/** @returns the name in one spelling and without the space around it, perhaps empty; null for one that is too long or not on one line */
export function parseName(text: string): string | null {
  const name = text.normalize('NFC').trim()
  return [...name].length <= NAME_LENGTH_MAX && !/[\p{Cc}\u2028\u2029]/u.test(name) ? name : null
}
