/** Ways 7 and 8: a session, and Dojang’s way. */

import type { WayWords } from '../words.ts'

export const ways7and8: readonly WayWords[] = [
  {
    title: 'In a session',
    idea: 'The customer gets a ticket that means nothing; whose it is stands in the café’s book.',
    how: 'The cookie session holds nothing but a random id and secret that nobody guesses (id.secret). Whose it is stands in a session on the server. It is HttpOnly, so scripts cannot read it, and what the server strikes off is waste paper at once. These few lines leave two things out on purpose.',
    where: 'Count and customer on the server; only an id in the cookie',
    who: 'Anyone who has the id',
    breaks: 'Steal the id, or plant one, and be that customer',
    byHand:
      'Here the sessions are in memory. To outlive a restart, or to be shared by several servers, they belong in a database. The server keeps the id and a hash of the secret, so that nobody can make a cookie of a stolen list.',
    attacks: {
      steal: {
        title: 'Steal the session id',
        does: 'A collects three. Then session is copied from A’s cookie jar into B’s.',
        button: 'Give A’s id to B',
        happened: 'B’s browser shows A’s card.',
        why: 'To the server the id is the person. So it is hidden from scripts (HttpOnly), sent over https only (Secure), never written into addresses or logs, and can be struck off.',
        next: 'Two can share an id without any stealing. See the next button.',
      },
      fixate: {
        title: 'Fixate the session',
        does: 'B gets an id from the café that is nobody’s yet, and plants it in A’s browser. Then A types A’s number.',
        button: 'Plant B’s id in A’s browser',
        happened: 'A typed a number in A’s own browser, and B sees A’s card.',
        why: 'The id is the same before and after the number is known. When it changes at that moment (rotate), a planted one is worth nothing.',
        next: 'So src/http/session.ts has signIn(): whenever somebody proves who they are, the id becomes another.',
      },
      neighbour: {
        title: 'Type a neighbour’s number',
        does: 'A collects three; B types A’s number in a fresh browser.',
        button: 'Let B type A’s number',
        happened: 'Session or not, A’s stamps are there to be seen.',
        why: 'A session remembers “the same browser”. Whether the number typed at the start was theirs, nobody has asked.',
        next: 'A typed number may earn, but it must not open.',
      },
    },
    strangers: {
      evil: {
        title: 'Post from another site',
        does: 'First type a number on A’s page and stamp once; then press “Get the prize” below.',
        why: 'The POST came from another site, so the browser left the SameSite=Lax cookie out. The café does not know who it is, and A’s stamps are as they were. Here SameSite has held.',
      },
      blog: {
        title: 'Post from a sibling site (CSRF)',
        does: 'Now another host of the same site, a blog. Press “Read more”.',
        why: 'blog.cafe.localhost and the café are one site, so Lax cookies go along. This café checks no token, and A was stamped. SameSite does not replace a CSRF token.',
      },
    },
    therefore: 'A signed cookie says who, a ledger keeps what; and a number earns, but does not open.',
  },
  {
    title: 'Dojang’s way',
    idea: 'A signed, HttpOnly cookie says whose browser this is; what they have is in a ledger on the server, line by line.',
    how: 'The cookie who holds a random id under a signature. The count is the sum of the ledger’s lines that this browser has earned. The ledger is only ever added to. A typed number earns and never opens. Forms carry a CSRF token, and “not me” strikes the browser off the server’s list.',
    where: 'In a ledger on the server; only a signed id in the cookie',
    who: 'The café alone; customers stamp and spend with their own browser',
    breaks: 'A copy of the whole cookie works: so it is hidden, and can be struck off',
    attacks: {
      neighbour: {
        title: 'Type a neighbour’s number',
        does: 'A collects three; B types A’s number in a fresh browser and is stamped.',
        button: 'Let B type A’s number',
        happened: 'B sees what B has just earned and nothing else, as with a number that nobody has.',
        why: 'A typed number only earns. What was earned elsewhere shows once staff have confirmed it, or a browser that is confirmed already has.',
        next: 'What worked in 5, 6 and 7 does not work here.',
      },
      edit: {
        title: 'Change the cookie',
        does: 'A’s cookie who is changed and the café opened; in the end the old one is put back.',
        button: 'Change who',
        happened: 'The signature did not fit, so it is a browser that nobody knows.',
        why: 'The signature of way 2; only that it now seals “who” and not the count.',
        next: 'It cannot be changed. Can an old one be put back?',
      },
      replay: {
        title: 'Put an old cookie back',
        does: 'A collects ten, copies the cookie, has the coffee, puts the copy back, and asks again.',
        button: 'Revive the used coupon',
        happened: 'One coffee and no more, whatever is put back: the ledger says −10 already.',
        why: 'There is no count in the cookie. Of whatever day it is, it names the same browser, and the ledger knows what that has.',
        next: 'What worked in 2 does not work here. One thing is left.',
      },
      copy: {
        title: 'Copy the whole cookie',
        does: 'A’s who is copied to B, and we look at B’s page. Then A presses “not me”, and B looks again.',
        button: 'Copy, then forget',
        happened: 'The copy worked until A had it struck off, and was waste paper from then on.',
        why: 'No server can tell a perfect copy. So HttpOnly, Secure and a __Host- name make it hard to come by, and the server can strike it off at any time.',
        next: 'That is as far as a cookie goes. Now for the rules of cookies themselves.',
      },
    },
    strangers: {
      evil: {
        title: 'Post from another site',
        does: 'Type a number on A’s page and stamp once; then press “Get the prize”.',
        why: 'The browser says Sec-Fetch-Site: cross-site, and the form has no token of ours: 403. The stamps are as they were.',
      },
      blog: {
        title: 'Post from a sibling site',
        does: 'The blog that way 7 fell to. Press “Read more”.',
        why: 'The cookies came along, but so did Sec-Fetch-Site: same-site, and no token: 403. This is why the CSRF check is never switched off.',
      },
    },
    therefore: 'Now for the rules of cookies themselves.',
  },
]
