// What the setup page says, and the page where somebody locked out chooses a new password.
import { en } from './setup.en.ts'
import { ja } from './setup.ja.ts'
import { ko } from './setup.ko.ts'
import type { Language } from './words.ts'

export type ModeWord = 'self' | 'counter' | 'code' | 'approve'

export type SetupWords = {
  title: string
  lead: string
  cafe: string
  name: string
  nameExample: string
  language: string
  country: string
  countryNote: string
  branch: string
  branchNote: string
  theReward: string
  reward: string
  rewardNote: string
  cost: string
  mode: string
  modes: Record<ModeWord, { label: string; note: string }>
  stamps: string
  keepStamps: { label: string; note: string }
  clearStamps: { label: string; note: string }
  you: string
  owner: string
  email: string
  emailNote: string
  password: string
  passwordNote: string
  /** After a refusal: passwords are never given back. */
  passwordAgain: string
  missing: Record<'name' | 'branch' | 'owner', string>
  open: string
  /** What customers read in their history, where the trial's stamps were cleared. */
  cleared: string
  linkOver: string

  newPassword: string
  newPasswordFor(name: string): string
  save: string
}

export function setupWordsIn(language: Language): SetupWords {
  return { ko, en, ja }[language]
}
