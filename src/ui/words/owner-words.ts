// What the owner's and managers' pages say around every page, and on today, the programme and customers.
import { en } from './owner.en.ts'
import { ja } from './owner.ja.ts'
import { ko } from './owner.ko.ts'
import type { Language } from './words.ts'

/** The pages that the menu leads to. */
export type OwnerPlace = 'home' | 'customers' | 'programme' | 'devices' | 'staff' | 'audit' | 'security'

export type RoleWord = 'owner' | 'manager' | 'staff'

/** What a one-time line on the next page tells of. */
export type OwnerDone =
  | 'saved'
  | 'person-added'
  | 'person-ready'
  | 'pin-set'
  | 'link-shown'
  | 'person-ended'
  | 'person-back'
  | 'branch-added'
  | 'device-added'
  | 'code-made'
  | 'device-revoked'
  | 'pins-cleared'
  | 'password-set'
  | 'session-ended'
  | 'sessions-ended'
  | 'factor-added'
  | 'factor-removed'

export type OwnerWords = {
  menu: string
  places: Record<OwnerPlace, string>
  roles: Record<RoleWord, string>
  signedIn(person: { name: string; role: RoleWord }): string
  signOut: string
  done: Record<OwnerDone, string>
}

export function ownerWordsIn(language: Language): OwnerWords {
  return { ko, en, ja }[language]
}
