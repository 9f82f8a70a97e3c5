/** What the lesson itself keeps in plain cookies: five things that nobody loses by, each checked at reading. */

import { cookie, type TypedCookie } from '../src/http/cookie.ts'
import { LANGUAGES, type Language, THEMES, type Theme } from './look.ts'

export const ITEMS = ['americano', 'latte', 'mocha', 'scone', 'cookie'] as const
export type Item = (typeof ITEMS)[number]
export type Cart = readonly { readonly item: Item; readonly cups: number }[]

const CUPS_MAX = 9
const SEEN_MAX = 4
const SEARCHES_MAX = 5
const SEARCH_LENGTH_MAX = 20 // characters; five of them, percent-encoded, stay far below 4096 octets
const lasting = { maxAgeSeconds: 30 * 24 * 60 * 60 }

export const languageCookie = choice<Language>('language', LANGUAGES)
export const themeCookie = choice<Theme>('theme', THEMES)

/** `americano.2_latte.1` */
export const cartCookie = cookie<Cart>('cart', {
  ...lasting,
  format: (cart) => cart.map(({ item, cups }) => `${item}.${cups}`).join('_'),
  parse(text) {
    const cart = text.split('_').map((line) => /^(\w+)\.([1-9])$/.exec(line))
    const lines = cart.map((match) => ({ item: itemOf(match?.[1]), cups: Number(match?.[2]) }))
    const isRight =
      lines.every(({ item }) => item !== null) && new Set(lines.map(({ item }) => item)).size === lines.length
    return isRight ? lines.flatMap(({ item, cups }) => (item === null ? [] : [{ item, cups }])) : null
  },
})

/** `["latte","mocha"]`, newest first. */
export const searchesCookie = cookie<readonly string[]>('searches', {
  ...lasting,
  format: (searches) => JSON.stringify(searches),
  parse(text) {
    const list = parsed(text)
    const isRight = Array.isArray(list) && list.length <= SEARCHES_MAX && list.every(isSearch)
    return isRight ? list : null
  },
})

/** `latte.scone`, newest first. */
export const seenCookie = cookie<readonly Item[]>('seen', {
  ...lasting,
  format: (seen) => seen.join('.'),
  parse(text) {
    const seen = text.split('.').map(itemOf)
    return seen.length <= SEEN_MAX && seen.every((item) => item !== null) ? seen : null
  },
})

export const wishCookies: Readonly<Record<string, TypedCookie<never>>> = {
  language: languageCookie as TypedCookie<never>,
  theme: themeCookie as TypedCookie<never>,
  cart: cartCookie as TypedCookie<never>,
  searches: searchesCookie as TypedCookie<never>,
  seen: seenCookie as TypedCookie<never>,
}

export function itemOf(text: string | null | undefined): Item | null {
  return ITEMS.find((item) => item === text) ?? null
}

export function addToCart(cart: Cart, item: Item, change: 1 | -1): Cart {
  const cups = (cart.find((line) => line.item === item)?.cups ?? 0) + change
  const line = { item, cups: Math.min(cups, CUPS_MAX) }
  const others = cart.filter((one) => one.item !== item)
  return line.cups > 0 ? [...others, line] : others
}

/** Newest first, each once. A text that could not be kept changes nothing. */
export function addSearch(searches: readonly string[], text: string): readonly string[] {
  const search = [...text.trim()].slice(0, SEARCH_LENGTH_MAX).join('')
  if (!isSearch(search)) return searches
  return [search, ...searches.filter((one) => one !== search)].slice(0, SEARCHES_MAX)
}

export function addSeen(seen: readonly Item[], item: Item): readonly Item[] {
  return [item, ...seen.filter((one) => one !== item)].slice(0, SEEN_MAX)
}

function choice<T extends string>(name: string, choices: readonly T[]): TypedCookie<T> {
  const parse = (text: string) => choices.find((one) => one === text) ?? null
  return cookie<T>(name, { ...lasting, parse, format: (value) => value })
}

function isSearch(text: unknown): text is string {
  return (
    typeof text === 'string' && text !== '' && [...text].length <= SEARCH_LENGTH_MAX && text.isWellFormed()
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
