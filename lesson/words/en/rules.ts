/** The rules of cookies: expiry, domain, path, Secure, HttpOnly, SameSite, and the 403 of CSRF. */

import type { RulesWords } from '../words.ts'

export const rules: RulesWords = {
  title: 'The rules of cookies',
  lead: [
    'A cookie is a pair, name=value, and wishes for the browser, its attributes. The wishes are for the browser alone: only name=value comes back to the server.',
    'The rules stand in RFC 6265bis. Here we try, one by one, what this very browser does.',
  ],
  travel: 'When a cookie travels',
  travelLines: [
    'When an address is opened, a page reloaded, a link followed, a form sent, a picture or script fetched, fetch() called: each time, by itself, where the conditions are met.',
    'The cookies that a server receives are for reading. To add, change or delete one there is only Set-Cookie; deleting is Max-Age=0 under the same name, Domain and Path.',
    'Ports do not keep cookies apart: 8000 and 8001 on one host see the same ones.',
    'Name and value of more than 4096 bytes together are dropped without a word. 400 days is the longest life.',
  ],
  experiments: 'One attribute at a time',
  experimentsLead:
    'Press, and x.jar.cafe.localhost sends that line; then your browser calls at three places, and we see what it brings back.',
  set: 'Send this line',
  cameBack: 'came back',
  notBack: 'did not come',
  placeNames: {
    x: 'x.jar.cafe.localhost/ (which set it)',
    menu: 'x.jar.cafe.localhost/menu/',
    y: 'y.jar.cafe.localhost/ (a sibling host)',
  },
  jarFrame: 'What this browser sends to x.jar.cafe.localhost now',
  jarLead: 'See what scripts can read, too: an HttpOnly cookie is not there.',
  jarTitle: 'x.jar.cafe.localhost',
  jarMenu: 'To /menu/',
  strangerLead:
    'On the way from another site to ours, SameSite decides. Set Lax, Strict and None, one at a time, and press. A new tab opens.',
  each: {
    session: {
      title: 'No lifetime',
      expect:
        'Lives until the browser is closed. It is called a “session cookie”, which has nothing to do with sessions on a server.',
    },
    'max-age': {
      title: 'Five seconds',
      expect:
        'It comes back now. Press “Look again” below in five seconds, and it is gone. Expires gives a date, Max-Age seconds; of both, Max-Age wins.',
    },
    expired: {
      title: 'Delete',
      expect: 'With no time to live the browser drops it at once. Deleting is done just so.',
    },
    path: {
      title: 'Path /menu/',
      expect:
        'Goes only with requests below /menu/. Scripts of other paths can peep in, so it is no border for security.',
    },
    domain: {
      title: 'With a Domain',
      expect:
        'Goes to that domain and to every host below. Without one it goes only to the host that set it: narrower, and safer.',
    },
    'wrong-domain': {
      title: 'Somebody else’s Domain',
      expect:
        'A domain that the host itself is not part of is refused: nobody hands out another café’s coupons.',
    },
    'http-only': {
      title: 'HttpOnly',
      expect: 'Comes back to the server, and document.cookie does not see it. Developer tools do.',
    },
    secure: {
      title: 'Secure',
      expect:
        'Travels over https only. Chrome and Firefox trust addresses of this computer (localhost), so here http will do.',
    },
    lax: {
      title: 'SameSite=Lax',
      expect: 'Comes as ever within the site. From another site only when a link is followed.',
    },
    strict: {
      title: 'SameSite=Strict',
      expect: 'Comes as ever within the site. From another site never, not even by a link.',
    },
    none: { title: 'SameSite=None', expect: 'Comes from other sites as well. Needs Secure.' },
    'none-insecure': { title: 'None without Secure', expect: 'The browser drops it without a word.' },
    host: {
      title: 'A __Host- name',
      expect: 'The name is a promise: Secure, Path=/, no Domain. No sibling host can plant it.',
    },
    'host-broken': {
      title: '__Host-, promise broken',
      expect: 'There is no Secure, so the browser drops it.',
    },
  },
  csrf: 'The 403 of CSRF, and why it is never switched off',
  csrfLines: [
    'Cookies go along by themselves. So a form on another site can send a request to the café with the customer’s cookies, and the server takes it for the customer’s wish. That is CSRF, cross-site request forgery.',
    'What stops it: a token that only our own forms carry. Another site cannot read our pages, so it does not know it. Sec-Fetch-Site and Origin are looked at before. What does not fit gets a 403.',
    'Many examples switch the check off to be brief. Ways 4 and 7 are built like that: what becomes of 4 is seen below, of 7 on its page. In a service never do so: when you meet the 403, put the token into the form.',
  ],
  csrfFrame: 'Two buttons on another site: to the café that checks nothing (4), and to the one that does (8)',
}
