/** The buttons that change a plain cookie of the lesson: language, colours, cart, searches, what was seen. */

import { type CookiePairs, expireCookie, serializeCookie } from '../src/http/cookie.ts'
import type { Fields } from '../src/http/form.ts'
import { safeNext } from '../src/http/response.ts'
import { LANGUAGES, THEMES } from './look.ts'
import { goTo } from './reply.ts'
import * as wishes from './wishes.ts'

interface Change {
  readonly url: URL
  readonly fields: Fields
  readonly pairs: CookiePairs
}

/** Null where the address is none of these buttons'. What cannot be understood changes nothing. */
export async function changeWishes(change: Change): Promise<Response | null> {
  if (change.url.pathname === '/wishes/') {
    return goTo(safeNext(change.fields.one('next'), '/'), lookLines(change.fields))
  }
  const action = /^\/belongs\/([\w-]+)\/$/.exec(change.url.pathname)?.[1]
  if (action === undefined) return null
  const { anchor, lines } = linesOf(action, change)
  return goTo(`/belongs/${anchor}`, lines)
}

function lookLines(fields: Fields): string[] {
  const language = LANGUAGES.find((one) => one === fields.one('language'))
  const theme = THEMES.find((one) => one === fields.one('theme'))
  return [
    ...(language === undefined ? [] : [wishes.languageCookie.write(language)]),
    ...(theme === undefined ? [] : [wishes.themeCookie.write(theme)]),
  ]
}

function linesOf(action: string, { fields, pairs }: Change): { anchor: string; lines: string[] } {
  const item = wishes.itemOf(fields.one('item'))
  if ((action === 'add' || action === 'take-out') && item !== null) {
    const cart = wishes.addToCart(wishes.cartCookie.read(pairs) ?? [], item, action === 'add' ? 1 : -1)
    return {
      anchor: '#cart',
      lines: [cart.length === 0 ? wishes.cartCookie.expire() : wishes.cartCookie.write(cart)],
    }
  }
  if (action === 'see' && item !== null) {
    const seen = wishes.addSeen(wishes.seenCookie.read(pairs) ?? [], item)
    return { anchor: '#seen', lines: [wishes.seenCookie.write(seen)] }
  }
  if (action === 'search') {
    const searches = wishes.addSearch(wishes.searchesCookie.read(pairs) ?? [], fields.one('text') ?? '')
    return {
      anchor: '#searches',
      lines: searches.length === 0 ? [] : [wishes.searchesCookie.write(searches)],
    }
  }
  if (action === 'spoil') return spoil(fields.one('cookie') ?? '')
  const all = Object.keys(wishes.wishCookies)
  return { anchor: '', lines: action === 'forget' ? all.map((name) => expireCookie(name)) : [] }
}

/** What somebody could write there with the developer tools. */
function spoil(name: string): { anchor: string; lines: string[] } {
  const isOurs = Object.hasOwn(wishes.wishCookies, name)
  return { anchor: isOurs ? `#${name}` : '', lines: isOurs ? [serializeCookie(name, '<rubbish>;999')] : [] }
}
