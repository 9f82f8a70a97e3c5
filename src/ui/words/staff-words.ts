// What the staff's screen says: quick words for people with a queue before them.
import { en } from './staff.en.ts'
import { ja } from './staff.ja.ts'
import { ko } from './staff.ko.ts'
import type { Language } from './words.ts'

/** What a one-time line on the next page tells of. */
export type Done = 'redeemed' | 'undone' | 'moved' | 'nodded' | 'allowed' | 'refused'

/** Stamps under a masked number, and when they came there. */
export type Moved = { from: string; stamps: number; when: string }

export type StaffWords = {
  title: string
  whoIsHere: string
  noPins: string
  pinOf(name: string): string
  enter: string
  others: string
  lock: string
  signOut: string
  onOwnPhone: string
  orLink: string

  find: string
  findByCode: string
  findHint: string
  search: string
  useLetters: string
  useDigits: string
  scan: string
  stopScan: string
  noCamera: string
  found(count: number): string
  more: string
  alike(ending: { customers: number; lastFour: string }): string
  onAPhone: string
  onNoPhone: string
  noneFound: string
  typeWhole: string
  newNumber(lastFour: string): string
  newNumberHint: string
  openWithStamps(stamps: number): string
  moveToNumber(moved: Moved): string

  plus(stamps: number): string
  stampOne: string
  stampSeveral: string
  stampAnyway: string
  stampAnywayHint(name: string): string
  ready(rewards: number): string
  last(when: string): string
  never: string

  useReward: string
  whichReward: string
  freeCoffee: string
  confirmUse(input: { reward: string; cost: number }): string
  withoutPhone: string

  lastDone: string
  undo: string
  undoWithReason: string
  reason: string
  moveHere(moved: Moved): string
  moveTo(moved: Moved & { to: string; balance: number }): string
  moveBack: string
  movedFrom(moved: Omit<Moved, 'when'>): string
  move: string
  moveWithReason: string
  rightNumber: string

  requests: string
  noRequests: string
  wantsStamp(number: string): string
  allow: string
  refuse: string
  secondsLeft(seconds: number): string
  claims: string
  wantsCard(number: string): string
  nod: string
  kiosk: string

  onPhone: string
  makeLink: string
  linkHint: string
  linkUntil(when: string): string
  linkUsed(when: string): string
  linkText: string
  copy: string
  copied: string
  linkOver: string

  history: string
  by: { browser: string; operator: string; kiosk: string; staff: string }
  overLimit: string
  done: Record<Done, string>

  invited(input: { name: string; cafe: string }): string
  invitedHint: string
  ownPin: string
  ownPinHint: string
  ownEmail: string
  ownPassword: string
  ownPasswordHint: string
  start: string
}

export function staffWordsIn(language: Language): StaffWords {
  return { ko, en, ja }[language]
}
