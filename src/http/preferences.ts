/** Harmless wishes in plain cookies, which page scripts may read: the language and the colours of the pages. */

import { cookie, type TypedCookie } from './cookie.ts'

const MAX_AGE_SECONDS = 400 * 24 * 60 * 60 // as long as browsers keep any cookie: RFC 6265bis 5.5
const RANGES_MAX = 100 // of an Accept-Language header; people have three

export const LANGUAGES = ['ko', 'en', 'ja'] as const
export const THEMES = ['light', 'dark', 'auto'] as const
export type Language = (typeof LANGUAGES)[number]
export type Theme = (typeof THEMES)[number]

export interface Preferences {
  readonly languageCookie: TypedCookie<Language>
  readonly themeCookie: TypedCookie<Theme>
}

/**
 * Declares the cookies `language` and `theme`, on https with Secure. They keep these names there too, without
 * `__Host-`: page scripts and other programs read them by name, and all that someone who plants one can do is
 * to change the colours. Nobody's word is taken: a value that is none of ours reads as null.
 */
export function createPreferences({ secure }: { readonly secure: boolean }): Preferences {
  return {
    languageCookie: choiceCookie('language', LANGUAGES, secure),
    themeCookie: choiceCookie('theme', THEMES, secure),
  }
}

function choiceCookie<T extends string>(
  name: string,
  choices: readonly T[],
  secure: boolean,
): TypedCookie<T> {
  const parse = (text: string) => choices.find((choice) => choice === text) ?? null
  return cookie<T>(name, {
    parse,
    format: (choice) => choice,
    secure,
    httpOnly: false,
    maxAgeSeconds: MAX_AGE_SECONDS,
  })
}

/**
 * The supported language that an Accept-Language header likes best: highest weight, among equals the first named. A
 * longer tag counts for its beginning (`ko-KR` is `ko`), `*` for `fallback`, weight 0 for nothing.
 * Linear time, never throws. Source: RFC 9110 12.5.4, RFC 4647 3.4.
 *
 * @example negotiateLanguage('fr, ja;q=0.8, en;q=0.9', ['ko', 'en', 'ja'], 'ko') // 'en'
 */
export function negotiateLanguage<T extends string>(
  header: string | null,
  supported: readonly T[],
  fallback: T,
): T {
  let best = { language: fallback, weight: 0 }
  for (const range of (header ?? '').split(',', RANGES_MAX)) {
    const [tag = '', ...parameters] = range.split(';', 3)
    const weight = weightOf(parameters)
    if (weight <= best.weight) continue
    const language = tag.trim() === '*' ? fallback : languageOf(tag.trim().toLowerCase(), supported)
    if (language !== undefined) best = { language, weight }
  }
  return best.language
}

function languageOf<T extends string>(tag: string, supported: readonly T[]): T | undefined {
  return supported.find((language) => tag === language || tag.startsWith(`${language}-`))
}

/** 1 without a weight; 0, which is "never", for one that cannot be read. */
function weightOf(parameters: readonly string[]): number {
  const weight = parameters.map((parameter) => parameter.trim()).find((parameter) => /^q=/i.test(parameter))
  if (weight === undefined) return 1
  return /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i.test(weight) ? Number(weight.slice(2)) : 0
}
