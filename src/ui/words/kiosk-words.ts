// What the kiosk says, in three languages: the list, and the choice of a language.
import { kioskEn } from './kiosk.en.ts'
import { kioskJa } from './kiosk.ja.ts'
import { kioskKo } from './kiosk.ko.ts'
import type { Language } from './words.ts'

export type KioskWords = {
  title: string
  invitation: string
  /** `reward` is the name an owner gave, or null for the free coffee. */
  promise(input: { cost: number; reward: string | null }): string
  /** Beside the QR: what it is good for, where a phone may stamp and where it may only look. */
  scan: { toStamp: string; toSee: string }
  qr: string
  codeTurns: string
  codeNow: string

  keypad: string
  typed: string
  nothingTyped: string
  backspace: string
  /** Said of the key that also gives a plus when it is held. */
  zero: string
  stamp: string
  unfinished: string
  needsScript: string

  readBack: string
  isItRight: string
  yes: string
  correct: string
  underWay: string

  stamped: string
  thanks: string
  onYourPhone: string
  howToClaim: string
  hold: string
  held: string
  next: string

  again: string
  startAgain: string
  noAnswer: string

  settings: string
  large: string
  contrast: string
  online: string
  offline: string
}

const languages: Record<Language, KioskWords> = { ko: kioskKo, en: kioskEn, ja: kioskJa }

export function kioskWordsIn(language: Language): KioskWords {
  return languages[language]
}
