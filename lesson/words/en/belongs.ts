/** What belongs in a cookie, and what never does. */

import type { BelongsWords } from '../words.ts'

export const belongs: BelongsWords = {
  title: 'What belongs in a cookie, and what never does',
  lead: [
    'A cookie belongs to the customer: it can be read, changed and deleted. Keep in it only what nobody loses by that.',
    'The five things below are in cookies of this browser now. They are checked at each reading, have a limit to their size, and count as missing where anything is odd.',
  ],
  live: 'Really kept in cookies',
  cookieNow: 'The cookie now',
  none: '(none)',
  spoil: 'Spoil the cookie',
  spoiled: 'There is rubbish in the cookie. It did not pass the check, so it counts as missing.',
  forgetAll: 'Delete them all',
  language: 'Language',
  theme: 'Colours',
  cart: 'Cart',
  cartEmpty: 'It is empty.',
  searches: 'Recent searches',
  searchLabel: 'Search the menu',
  search: 'Search',
  searchesEmpty: 'Nothing has been searched for.',
  seen: 'Recently seen',
  seenEmpty: 'Nothing has been looked at.',
  items: { americano: 'Americano', latte: 'Latte', mocha: 'Mocha', scone: 'Scone', cookie: 'Cookie' },
  add: (item) => `Add: ${item}`,
  takeOut: (item) => `Take out: ${item}`,
  see: (item) => `See: ${item}`,
  fits: 'What may be kept in one',
  fitsRows: [
    ['Language, colours', 'If somebody changes them, words and colours differ, and that is all.'],
    ['Cart', 'What and how many. The price is looked up by the server when it comes to paying.'],
    [
      'Recent searches, recently seen items',
      'A convenience that may be lost. On a shared computer let people delete it.',
    ],
    [
      'Advertising ids',
      'Often kept in cookies, technically; but they follow people. They need consent, and Dojang has none.',
    ],
  ],
  never: 'What never is',
  neverColumns: ['What', 'Why', 'Instead'],
  neverRows: [
    [
      'Stamps, points, balances',
      'They become 10 (1). Signed, an old one is put back (2).',
      'A ledger on the server',
    ],
    [
      'Phone number, e-mail, name',
      'There to be read; and who changes it is somebody else (6).',
      'An id without a meaning, signed',
    ],
    [
      'Passwords, card numbers',
      'They stay in browsers, logs and backups.',
      'A hash on the server; the payment company',
    ],
    ['Prices, discounts', 'The customer would set them.', 'The server’s price list'],
    ['Rights, such as admin=true', 'Customers would promote themselves.', 'A session on the server'],
    [
      'Anything large',
      'Above 4096 bytes it vanishes without a word, and slows every request.',
      'The server, or localStorage',
    ],
  ],
}
