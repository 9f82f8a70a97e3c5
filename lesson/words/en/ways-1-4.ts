/** Ways 1–4: in the browser, in the browser and signed, one variable, one count an IP address. */

import type { WayWords } from '../words.ts'

export const ways1to4: readonly WayWords[] = [
  {
    title: 'In a plain cookie',
    idea: 'The customer’s browser keeps the number of stamps, just as a customer carries a paper coupon.',
    how: 'With each stamp the server hands over a new coupon, Set-Cookie: stamps=count, and the browser shows it at the next request, Cookie: stamps=count. The server remembers nothing. What the code reads is a list for reading only: to change it changes nothing in the browser; only a Set-Cookie line does.',
    where: 'In the customer’s browser, in the cookie stamps',
    who: 'Any customer, with the developer tools',
    breaks: 'Write 10 into it, and the coffee is free',
    byHand:
      'Try it by hand: developer tools → Application → Cookies → http://a1.cafe.localhost, double-click the value of stamps, change it, then press “Look again”.',
    attacks: {
      edit: {
        title: 'Change the cookie to 10',
        does: 'A is stamped once. Then 10 is written over stamps in A’s cookie jar, and A asks for the coffee.',
        button: 'Make A’s cookie say 10',
        happened: 'One more stamp was all that was earned, and the café gave a free coffee.',
        why: 'A cookie is text on the customer’s computer. The server has no way to tell whether what comes back is what it wrote.',
        next: 'What if the cookie bore a mark that only the server can make? A signature.',
      },
    },
    therefore: 'A signature, so that nobody can change it.',
  },
  {
    title: 'In a signed cookie',
    idea: 'The coupon gets a seal that only the café owns. Change a letter, and the seal does not fit.',
    how: 'Time and an HMAC-SHA256 signature follow the value: stamps=3:time:signature. Without the secret key nobody can sign another number. A signature hides nothing: anyone can read the value.',
    where: 'In the customer’s browser, with a signature',
    who: 'Nobody; but an old one can be used again',
    breaks: 'Put the old cookie with ten back, and the coffee is free again',
    byHand: 'By hand: copy the value in the developer tools, have the coffee, and paste it back.',
    attacks: {
      edit: {
        title: 'Change only the number',
        does: 'The signature stays, the number becomes 10, and A asks for the coffee. In the end the old one is put back.',
        button: 'Change the number',
        happened: 'The café did not believe the cookie: the signature does not fit the number.',
        why: 'The signature is computed over value and time. One other character needs another signature, and the key is on the server.',
        next: 'Changing is prevented. But what if nothing needs to be changed? Press the next button.',
      },
      replay: {
        title: 'Put an old cookie back',
        does: 'A collects ten, copies the cookie, has the coffee, puts the copy back, and asks again.',
        button: 'Revive the used coupon',
        happened: 'Two coffees for ten stamps, and there could be any number more.',
        why: 'The café did sign what was put back. A signature proves “we wrote this”, and not “this is the latest”. That it has been used is something the server must remember.',
        next: 'So the server has to write the count down. In the easiest place, a variable?',
      },
    },
    therefore: 'The count moves to the server.',
  },
  {
    title: 'In one variable of the process',
    idea: 'No more coupons: the café keeps one number on its blackboard.',
    how: 'The server process adds one to its variable stamps. No cookie travels. This café runs in a process of its own, whose number you see below.',
    where: 'In the memory of the server process, one variable',
    who: 'No customer directly; but anyone’s stamp is everyone’s',
    breaks: 'All share one number, and a restart makes it 0',
    attacks: {
      share: {
        title: 'Customer B stamps too',
        does: 'We look at A’s page, B stamps once, and we look at A’s page again.',
        button: 'Let B stamp',
        happened: 'B stamped, and A’s count rose.',
        why: 'The process has one variable, and a request does not say who sent it. To the server A and B are the same.',
        next: 'To count customers apart, the server needs something to tell them by.',
      },
      restart: {
        title: 'Restart the process',
        does: 'A stamps once; then this café’s process is really killed (SIGKILL) and another one started.',
        button: 'Restart',
        happened: 'All stamps are 0, and the process has another number.',
        why: 'Memory ends with its process: an update, a power cut, one crash will do. And with several servers there are several numbers.',
        next: 'What is to last belongs on a disk. But first: whose is it? Each request brings an IP address along.',
      },
    },
    therefore: 'The IP address is to tell customers apart.',
  },
  {
    title: 'For each IP address',
    idea: 'Customers are told apart by where they come from. They need to do nothing.',
    how: 'The IP address at the other end of the connection is the key to a count of its own. No cookie, nothing to type.',
    where: 'On the server, one count for each IP address',
    who: 'Anyone who comes from the same address',
    breaks: 'A family becomes one, a traveller begins at 0',
    attacks: {
      share: {
        title: 'Come from the same address',
        does: 'We look at A’s page, B stamps in the same Wi-Fi, and we look again. The two browsers really share an address.',
        button: 'Let B stamp from here',
        happened: 'A’s count rose again: one address, one customer.',
        why: 'Behind the Wi-Fi of a home, an office or a café many people share one address (NAT), and so they do with mobile operators.',
        next: 'One address, many people. And the other way round: one person, many addresses.',
      },
      travel: {
        title: 'Come from another address',
        does: 'A collects three, then really connects from another address of this computer (127.0.0.2) and stamps.',
        button: 'Stamp away from home',
        happened: 'The same customer is new here. The stamps stayed with the other address.',
        why: 'From Wi-Fi to mobile, or a router switched off and on, and the address is another.',
        next: 'An address is no person. What does a person always have, that never changes? A phone number, perhaps.',
      },
    },
    strangers: {
      evil: {
        title: 'Post from another site (CSRF)',
        does: 'A’s browser shows another site. Press “Get the prize” below: in truth it is a form that goes to the café.',
        why: 'A’s browser sent it, so it came from A’s address. This café does not ask whether a request comes from a form of its own, and stamps. There is no cookie, so SameSite cannot help either.',
      },
    },
    therefore: 'The phone number, which people always have.',
  },
]
