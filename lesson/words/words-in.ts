/** The words of a language, and of one way in it. */

import type { Language } from '../look.ts'
import { en } from './en.ts'
import { ko } from './ko.ts'
import type { WayWords, Words } from './words.ts'

const all: Readonly<Record<Language, Words>> = { ko, en }

export const wordsIn = (language: Language): Words => all[language]

/** @throws RangeError where a way has no words yet. */
export function wayWords(words: Words, number: number): WayWords {
  const found = words.ways[number - 1]
  if (found === undefined) throw new RangeError(`Way ${number} has no words`)
  return found
}
