/** What stands on every page, and the first page. */

import type { ChromeWords, OverviewWords } from '../page-words.ts'

export const chrome: ChromeWords = {
  languageName: 'English',
  lesson: 'Where to keep ten stamps',
  overview: 'Overview',
  rules: 'The rules of cookies',
  belongs: 'What belongs in one',
  skip: 'Skip to the content',
  chapters: 'Chapters',
  previous: 'Previous',
  next: 'Next',
  themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
  language: 'Language',
  theme: 'Colours',
  noScript: 'JavaScript is off. Every button works all the same; only document.cookie cannot be shown.',
  loopbackOnly:
    'The cafés of this lesson have holes on purpose. They open on this computer only, and nothing but they is attacked.',
  porch: (origin) => `The lesson is held at ${origin}. The links below lead there.`,
}

export const overview: OverviewWords = {
  title: 'Where to keep ten stamps',
  lead: [
    'A paper coupon says “so many cups so far”. It has to last until the customer comes again: that is state. But HTTP forgets who was there as soon as a request has been answered.',
    'So a server adds a Set-Cookie line to its response, and the browser keeps it and sends it back as a Cookie line with each request that follows: a coupon that is put into the wallet and taken out at every visit.',
    'Where, then, to write the number of stamps? We try eight ways and break them, one after the other. Why each breaks is why the next one exists.',
  ],
  caption: 'Eight ways: what is kept where, who can change it, and what breaks',
  columns: ['Way', 'Where the count lies', 'Who can change it', 'What breaks'],
  start: 'To the first way',
  howTo:
    'Each page shows the browsers of customers A and B side by side, with a cookie jar each. Stamp, read the Cookie and Set-Cookie lines that went over the wire, and press the attack buttons. The ← and → keys turn the pages.',
  browsers:
    'Opens in Chrome, Edge and Firefox as they are. Where Safari does not find cafe.localhost, take another browser.',
}
