/** Phone numbers as people write them, and the one form in which Dojang knows them: E.164. */
import {
  type CountryCode,
  getCountries,
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/min'
import examples from 'libphonenumber-js/mobile/examples'

/** A number in E.164: `+`, country code, at most 15 digits in all (ITU-T E.164). */
export type Phone = `+${string}`

const TEXT_LENGTH_MAX = 64 // longer than any written number: what a hand cannot mean is not parsed
const NATIONAL_DIGITS_MIN = 7 // shorter ones are service numbers, which nobody carries in a pocket
const DIGITS_MAX = 15 // of any number (ITU-T E.164)
const KOREAN_MOBILE = /^\+8210\d{8}$/ // nearly all numbers: to have each one parsed cost a card page a twelfth of its time
const KOREAN_DIGITS = 11 // of every mobile number, its 0 included (see hasKoreanLength)

/**
 * Reads a number as typed: full-width and Arabic-Indic digits, `+82 (0)10`, dashes, spaces and direction marks.
 *
 * @param country ISO 3166-1 alpha-2; where a number without `+` is at home
 * @returns the number in E.164, or null when no phone can have it
 * @example parsePhone('010-0000-1234', 'KR') // '+821000001234'
 */
export function parsePhone(text: string, country: string): Phone | null {
  if (text.length > TEXT_LENGTH_MAX) return null
  const visible = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
  try {
    const number = parsePhoneNumberWithError(visible, {
      defaultCountry: country as CountryCode,
      extract: false,
    })
    if (!number.isValid() || number.ext || number.nationalNumber.length < NATIONAL_DIGITS_MIN) return null
    return hasKoreanLength(number.countryCallingCode, number.nationalNumber) ? (number.number as Phone) : null
  } catch {
    return null
  }
}

/** Whether numbers without `+` can be read in this country (ISO 3166-1 alpha-2, upper case). */
export function isCountry(text: string): boolean {
  return isSupportedCountry(text)
}

/** All of them, in no order of their own. */
export function countries(): readonly string[] {
  return getCountries()
}

/**
 * The number as its owner may recognise it and nobody else can read it: the last four digits and a leading `0…` group.
 *
 * @example maskPhone('+821000005678') // '010-••••-5678'
 */
export function maskPhone(phone: Phone): string {
  if (KOREAN_MOBILE.test(phone)) return `010-••••-${lastFourOf(phone)}`
  const written = parsePhoneNumberWithError(phone).formatNational()
  const digits = written.replace(/\D/g, '').length
  const kept = written.match(/^0\d*/)?.[0].length ?? 0
  let seen = 0
  return written.replace(/\d/g, (digit) => {
    seen += 1
    return seen <= Math.min(kept, digits - 8) || seen > digits - 4 ? digit : '•'
  })
}

/** How a mobile number is typed where it is at home, digit by digit and without `+`. */
export interface TypedShape {
  /** How many digits stand together. */
  readonly groups: readonly number[]
  /** With fewer it is not whole yet. */
  readonly least: number
  readonly most: number
}

/** @example typedShape('KR') // { groups: [3, 4, 4], least: 11, most: 11 } */
export function typedShape(country: string): TypedShape {
  const example = getExampleNumber(country as CountryCode, examples)?.formatNational() ?? ''
  const groups = (example.match(/\d+/g) ?? []).map((group) => group.length)
  return country === 'KR'
    ? { groups, least: KOREAN_DIGITS, most: KOREAN_DIGITS }
    : { groups, least: NATIONAL_DIGITS_MIN, most: DIGITS_MAX }
}

/** The whole number as people at home write it: for the owner's eyes, after a line in the audit log. */
export function writePhone(phone: Phone): string {
  return parsePhoneNumberWithError(phone).formatNational()
}

/** Whether numbers are written with a 0 first where they are at home: then four other digits are the end of one, and not its beginning. */
export function beginsWithZero(country: string): boolean {
  return (
    getExampleNumber(country as CountryCode, examples)
      ?.formatNational()
      .replace(/\D/g, '')
      .startsWith('0') ?? false
  )
}

/** The last four digits, by which staff find a card. */
export function lastFourOf(phone: Phone): string {
  return phone.slice(-4)
}

/** Every 010 number has eight digits after it (Korea's plan since 2004); the library's shape also lets seven pass, which is a slip of the thumb. */
function hasKoreanLength(callingCode: string, national: string): boolean {
  return callingCode !== '82' || !national.startsWith('10') || national.length === 10
}
