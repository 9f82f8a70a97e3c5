/** What the pages of all ways say: headings, outcomes, and what really happened. */

import type { PageWords } from '../page-words.ts'
import { cafe } from './cafe.ts'

const name = { a: 'A', b: 'B' }
const count = (stamps: number | null) =>
  stamps === null ? 'who is it? Please type the number' : `${stamps} ${stamps === 1 ? 'stamp' : 'stamps'}`

export const page: PageWords = {
  tryIt: 'Try it',
  tryLead:
    'The two browsers have addresses of their own, and so a cookie jar each. Stamp, then read what went over the wire.',
  customer: (who) => `Customer ${name[who]}`,
  frameTitle: (who) => `The browser of customer ${name[who]}`,
  where: 'Where the count lies',
  whoCan: 'Who can change it',
  whatBreaks: 'What breaks',
  attacks: 'Break it',
  attackNumber: (number) => `Attack ${number}`,
  happened: 'What happened',
  why: 'Why',
  whyNext: 'So what comes next',
  worked: 'It worked',
  held: 'The café held',
  otherwise: 'On this computer it went otherwise than expected. The lines above are what really happened.',
  code: (lines) => `The code that runs, all ${lines} lines`,
  codeLabel: 'Source code of this way',
  startOver: 'Start this page over',
  startedOver: 'Both browsers are emptied, and so is the server’s memory.',
  thereforeNext: 'So the next way is',
  strangerFrame: (stranger) =>
    stranger === 'evil' ? 'Somebody else’s site, evil.localhost' : 'A sibling site, blog.cafe.localhost',
  facts: {
    sent: ({ who, cookie }) =>
      `${name[who]}’s browser sends: ${cookie === null ? '(no cookie)' : `Cookie: ${cookie}`}`,
    written: ({ who, cookie }) => `Written into ${name[who]}’s jar by hand: ${cookie}`,
    typed: ({ who, phone }) => `${name[who]} types the number ${phone}`,
    shown: ({ who, stamps }) => `The café shows ${name[who]}: ${count(stamps)}`,
    stamped: ({ who, stamps }) => `${name[who]} is stamped: ${count(stamps)}`,
    coffee: ({ who, stamps }) => `${name[who]} is given a free coffee; left: ${count(stamps)}`,
    refused: ({ who, reason }) => `The café refuses ${name[who]}’s request: ${cafe.refusals[reason]}`,
    forgotten: ({ who }) => `${name[who]} presses “not me”: the server strikes that browser off its list`,
    restarted: ({ before, after }) => `Process ${before} is ended, process ${after} started`,
    address: ({ address, stamps }) =>
      `The same customer comes from ${address} and is stamped: ${count(stamps)}`,
  },
}
