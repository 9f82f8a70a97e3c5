/** Which passwords are good enough: long, and not what anybody would try first (NIST SP 800-63B-4 3.1.1.2). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const PASSWORD_CHARACTERS_MIN = 15 // NIST, for a password that may be the only factor
export const PASSWORD_CHARACTERS_MAX = 200 // far beyond what anybody remembers; all of it counts

export type PasswordFault = 'password-short' | 'password-long' | 'password-common'

/** Whom the password is for: their own names are what a stranger tries next. */
export interface PasswordOwner {
  readonly cafeName: string
  readonly email: string
}

const OUR_NAMES = ['dojang', '도장']
const WALK_CHARACTERS_MIN = 4 // "1234", "asdf"; shorter ones are in every other word
const PERIOD_CHARACTERS_MAX = 7 // "abc1abc1abc1abc1" is as good as "abc1"; twice eight characters still is a password
const LETTERS_LEFT_MIN = 4 // what a password must have of its own beside what anybody would try
const WALKS = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
  '1q2w3e4r5t6y7u8i9o0p',
  'ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ',
  'ㅁㄴㅇㄹㅎㅗㅓㅏㅣ',
].flatMap((walk) => [walk, [...walk].reverse().join('')])

/** @returns what is wrong with a password that somebody wants to take, or null. No rules of composition: any characters will do. */
export function judgePassword(text: string, owner: PasswordOwner): PasswordFault | null {
  const typed = text.normalize('NFC') // a Korean letter is one character, however it came
  const characters = [...typed].length
  if (characters < PASSWORD_CHARACTERS_MIN) return 'password-short'
  if (characters > PASSWORD_CHARACTERS_MAX) return 'password-long'
  const isCommon = [typed, plainPassword(text)].some((form) => isCommonForm(form.toLowerCase(), owner))
  return isCommon ? 'password-common' : null
}

/** One form for each text, however a keyboard composes it (NIST: NFKC before hashing). */
export function plainPassword(text: string): string {
  return text.normalize('NFKC')
}

function isCommonForm(text: string, owner: PasswordOwner): boolean {
  const { list, words } = commonPasswords()
  const plain = lettersAndDigits(text)
  if (list.includes(`\n${text}\n`) || isRepeated(text) || (plain !== '' && isRepeated(plain))) return true
  const rest = [...namesOf(owner), ...OUR_NAMES].reduce(without, lettersAndDigits(withoutWalks(text)))
  if (rest !== plain && hasTooLittle(rest)) return true
  return words.some((word) => rest.includes(word) && hasTooLittle(without(rest, word)))
}

/** Padding is no password: what counts is letters, or digits where there is nothing else that anybody would try. */
function hasTooLittle(rest: string): boolean {
  return rest.replace(/\p{N}/gu, '').length < LETTERS_LEFT_MIN && rest.length < PASSWORD_CHARACTERS_MIN
}

function namesOf({ cafeName, email }: PasswordOwner): string[] {
  const [local = '', domain = ''] = email.split('@')
  return [cafeName, local, domain]
    .map((name) => lettersAndDigits(plainPassword(name).toLowerCase()))
    .filter((name) => name.length > 1)
    .sort((one, other) => other.length - one.length)
}

function lettersAndDigits(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}]/gu, '')
}

function without(text: string, piece: string): string {
  return text.replaceAll(piece, '')
}

/** Whether it is a few characters over and over, the last time perhaps in part. */
function isRepeated(text: string): boolean {
  const characters = [...text]
  return Array.from({ length: PERIOD_CHARACTERS_MAX }, (_, place) => place + 1).some((period) =>
    characters.every((character, place) => character === characters[place % period]),
  )
}

/** Takes out what goes along the keyboard or the alphabet, either way. */
function withoutWalks(text: string): string {
  let rest = ''
  for (let at = 0; at < text.length; ) {
    const walked = Math.max(...WALKS.map((walk) => lengthOfWalk(text, at, walk)))
    if (walked < WALK_CHARACTERS_MIN) rest += text[at]
    at += walked < WALK_CHARACTERS_MIN ? 1 : walked
  }
  return rest
}

function lengthOfWalk(text: string, at: number, walk: string): number {
  const start = walk.indexOf(text.charAt(at))
  if (start === -1) return 0
  let length = 1
  while (start + length < walk.length && text[at + length] === walk[start + length]) length++
  return length
}

interface CommonPasswords {
  /** Every one on a line of its own. */
  readonly list: string
  readonly words: readonly string[]
}

let loaded: CommonPasswords | null = null // the first password that somebody sets reads them: most starts never need them

function commonPasswords(): CommonPasswords {
  loaded ??= readCommonPasswords()
  return loaded
}

function readCommonPasswords(): CommonPasswords {
  const list = readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8')
  const words = list.split('\n').filter((word) => word !== '' && word.length < PASSWORD_CHARACTERS_MIN)
  return { list, words }
}
