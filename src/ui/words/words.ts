// What Dojang says to people, in three languages: the list of everything it can say, and the choice of a language.
import type { CounterRefusal } from './counter-refusals.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'
import { ko } from './ko.ts'

export type Language = 'ko' | 'en' | 'ja'

export type EntryKind = 'stamp' | 'redeem' | 'void' | 'move' | 'expire' | 'adjust' | 'import' | 'merge'

export type Refusal =
  | 'cross-site'
  | 'bad-origin'
  | 'no-csrf-cookie'
  | 'bad-token'
  | 'key-missing'
  | 'key-malformed'
  | 'key-reused'
  | 'phone-missing'
  | 'phone-invalid'
  | 'field-invalid'
  | 'reward-unknown'
  | 'not-enough'
  | 'counter-only'
  | 'not-found'
  | 'cafe-not-found'
  | 'wrong-method'
  | 'too-large'
  | 'not-a-form'
  | 'bad-request'
  | 'wrong-host'
  | 'url-too-long'
  | 'header-too-large'
  | 'too-slow'
  | 'busy'
  | 'cannot-write'
  | 'bug'
  | CounterRefusal

/** `reward` is the name an owner gave, or null for the free coffee that every café starts with. */
export type Words = {
  languageName: string
  language: string
  theme: string
  themes: { auto: string; light: string; dark: string }
  trial: string
  date(day: { year: number | null; month: number; day: number }): string
  today(time: string): string

  card: string
  home: string
  backHome: string
  backToCard: string
  chooseCafe: string
  noCafeYet: string
  oops: string
  notFound: string

  phone: string
  phoneUse: string
  stamp: string
  stampAtCounter: string
  numberAtCounter: string
  cardQr(letters: string): string
  cardLetters: string
  counterCode: string
  counterCodeUse: string
  askForStamp: string
  requestWaits(until: string): string
  requestOver: { refused: string; expired: string }
  forgotten: string
  notMe: string
  forgetFirst(maskedPhone: string): string
  forget: string

  freeCoffee: string
  free: string
  treat: string
  promise(input: { goal: number; reward: string | null }): string
  missing(input: { stamps: number; reward: string | null }): string
  ready(input: { rewards: number; reward: string | null }): string
  useReward(reward: string | null): string
  seals(input: { stamps: number; goal: number }): string
  total(stamps: number): string
  stamped(stamps: number): string
  lastStamp(when: string): string
  noStampYet: string
  elsewhere: string
  claimed: string
  claimWaits: string
  copied: string
  copiedRead: string
  browsers: string
  thisBrowser: string
  otherBrowser: string
  linkedSince(when: string): string
  unlink: string

  claimTitle(maskedPhone: string): string
  claimUse: string
  claimKioskUse: string
  claimInstead(maskedPhone: string): string
  claim: string

  history: string
  older: string
  entries: Record<EntryKind, { gained: string; lost: string }>
  freeCoffeeUsed: string
  usedElsewhere: string

  ask(reward: string | null): string
  askWhich: string
  pressInFront: string
  useNow: string
  notNow: string
  moreReady: string
  showBarista: string
  timeLeft: string
  usedAt(when: string): string
  ticketOver: string

  refusals: Record<Refusal, string>
  /** When a refusal will be over, as an added sentence. */
  againAt(when: string): string
  /** Where neither that nor the reason may be said: it may be somebody else's card. */
  askAtCounter: string
}

const languages: Record<Language, Words> = { ko, en, ja }

export function wordsIn(language: Language): Words {
  return languages[language]
}
