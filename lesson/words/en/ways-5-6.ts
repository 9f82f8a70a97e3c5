/** Ways 5 and 6: a number typed each time, a number in a cookie. */

import type { WayWords } from '../words.ts'

export const ways5and6: readonly WayWords[] = [
  {
    title: 'By a number typed each time',
    idea: 'The customer says the number, and the café adds a stroke beside it in its book.',
    how: 'The number in the form is the key to the count. Another address, another browser: the number is enough. But HTTP does not tell the next page what was typed on the one before.',
    where: 'On the server, one count for each phone number',
    who: 'Anyone who knows the number',
    breaks: 'Typed again on every page; and a number is no secret',
    attacks: {
      again: {
        title: 'Type it again on every page',
        does: 'A types the number, is stamped, and opens the page for the free coffee.',
        button: 'Open A’s next page',
        happened: 'The next page does not know the number that was typed a moment ago, and asks again.',
        why: 'Requests do not know each other. The number was in the body of one and is not in the next.',
        next: 'Something does go along with the next request by itself: a cookie.',
      },
      neighbour: {
        title: 'Type a neighbour’s number',
        does: 'A collects ten stamps, then B types A’s number and asks for the coffee.',
        button: 'Let B use A’s number',
        happened: 'B drinks the coffee that A has collected for.',
        why: 'A number says who is meant and does not prove who is there. Friends, colleagues and parcels know it.',
        next: 'This stays with us in 6 and 7. Watch what 8 does about it.',
      },
    },
    therefore: 'A cookie remembers the number, so that it is asked for once.',
  },
  {
    title: 'By a number in a cookie',
    idea: 'Once heard, the number is kept in a cookie. The page for the free coffee knows who it is, too.',
    how: 'The first stamp sends Set-Cookie: phone=number; from then on the number is read from the Cookie line. The count is on the server. Convenient at last.',
    where: 'The count on the server; who it is in the cookie phone',
    who: 'Anyone who can change the number in the cookie',
    breaks: 'Change the number and have another’s card; and it lies there for all to read',
    byHand:
      'Look at “What document.cookie sees” below: there is the number. One script that has crept into the page can take it away.',
    attacks: {
      edit: {
        title: 'Change the number in the cookie',
        does: 'A collects ten. Then A’s number is written into B’s cookie, and B asks for the coffee.',
        button: 'Put A’s number into B’s cookie',
        happened: 'One line in a cookie made B into A, and B has A’s coffee.',
        why: 'The same mistake as in 1: not the count this time, but “who” is in the customer’s hands.',
        next: 'A cookie may hold only what it is no use to change, such as a long ticket number without a meaning.',
      },
      neighbour: {
        title: 'Type a neighbour’s number',
        does: 'A collects three; B types A’s number into the form and is stamped.',
        button: 'Let B type A’s number',
        happened: 'B sees how many stamps A has, and could spend them.',
        why: 'Whoever types a number is taken for its owner. Nobody needs to know how to change a cookie.',
        next: 'To take the number out of the cookie is one thing, not to trust a typed number another. The first comes first.',
      },
    },
    therefore: 'The cookie holds a ticket without a meaning; the number lies in a session on the server.',
  },
]
