/** Inside a customer's browser: the café's page, the lines on the wire, and somebody else's site. */

import type { CafeWords, StrangerPageWords, WireWords } from '../cafe-words.ts'

export const cafe: CafeWords = {
  name: 'Onggi Coffee',
  card: 'Card',
  free: 'Free coffee',
  stamps: (stamps) => `${stamps} ${stamps === 1 ? 'stamp' : 'stamps'}`,
  seals: (stamps) => `${Math.min(stamps, 10)} of 10 stamps`,
  missing: (missing) => `${missing} more for a free coffee`,
  ready: 'A free coffee is ready',
  unknown: 'Whose card is it?',
  phone: 'Phone number',
  stamp: 'Stamp',
  useCoffee: 'Have the free coffee',
  coffee: 'Here is your free coffee',
  forget: 'Not me',
  elsewhere: 'Stamps from elsewhere appear once staff confirm.',
  refusals: {
    forged: 'The signature of this cookie is wrong: it counts as none.',
    'not-enough': 'Not enough stamps yet.',
    phone: 'Please type eleven digits that begin with 010.',
    'fetch-metadata': '403: another site sent this request (Sec-Fetch-Site).',
    origin: '403: another site sent this request (Origin).',
    referer: '403: another site sent this request (Referer).',
    cookie: '403: this browser has no CSRF cookie of ours.',
    token: '403: the form has no CSRF token of ours.',
  },
  backToCard: 'Back to the card',
}

const days = (seconds: number) =>
  seconds >= 86_400 ? `${Math.round(seconds / 86_400)} days` : `${seconds} seconds`

export const wire: WireWords = {
  exchange: 'The last exchange',
  noCookie: '(no Cookie line)',
  noSetCookie: '(no Set-Cookie line)',
  attributes: 'What each attribute says',
  says: {
    value: (name) =>
      `The value of the cookie ${name}. Only this name=value comes back: the attributes are for the browser, which never repeats them.`,
    maxAge: (seconds) => (seconds <= 0 ? 'Delete it now.' : `Keep it for ${days(seconds)}, then drop it.`),
    session: 'Neither Max-Age nor Expires: until the browser is closed.',
    path: (path) => `Goes with requests for ${path} and what lies below. No border for security.`,
    httpOnly: 'Hidden from the page’s scripts (document.cookie). Developer tools show it.',
    readable: 'No HttpOnly: scripts on the page may read and change it.',
    secure: 'Sent over https only.',
    insecure: 'No Secure, because the lesson runs on http. A real service sets it.',
    sameSite: {
      Lax: 'Not sent with a POST from another site; sent when a link is followed.',
      Strict: 'Not sent with anything that another site started, links included.',
      None: 'Sent with requests from other sites as well. Needs Secure.',
    },
    hostOnly: (host) => `No Domain: it goes back to ${host} alone, not to the other customer’s address.`,
  },
  documentCookie: 'What document.cookie sees',
  documentCookieEmpty: '(nothing)',
  documentCookieNoScript: 'This needs JavaScript.',
  server: 'What the server remembers',
  serverNothing: '(nothing: all of it is in the cookie)',
  again: 'Look again (GET)',
}

export const strangers: Record<'evil' | 'blog', StrangerPageWords> = {
  evil: {
    title: 'You have won a prize!',
    lead: 'evil.localhost, a site that has nothing to do with the café. Customer A is looking at it.',
    button: 'Get the prize',
    link: 'Go to the café by a link (GET)',
    post: 'Send a form to the café (POST)',
  },
  blog: {
    title: 'The Onggi Coffee blog',
    lead: 'blog.cafe.localhost, the same site as the café, but somebody has tampered with it. Customer A is reading it.',
    button: 'Read more',
    link: 'Go to the café by a link (GET)',
    post: 'Send a form to the café (POST)',
  },
}
