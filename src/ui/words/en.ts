// English, plain and warm, for a guest at the counter.
import { counterRefusals } from './counter-refusals.ts'
import type { Words } from './words.ts'

const numerals = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** one visit, ten visits; from eleven on in figures: 11 visits. */
function count(number: number, unit: string): string {
  return `${numerals[number] ?? number} ${unit}${number === 1 ? '' : 's'}`
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const gift = (reward: string | null) => (reward === null ? 'a coffee is on us' : `this is yours: ${reward}`)

export const en: Words = {
  languageName: 'English',
  language: 'Language',
  theme: 'Colours',
  themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
  trial: 'This café is trying Dojang out. Please collect stamps on your own phone.',
  date: ({ year, month, day }) => `${day} ${months[month - 1]}${year === null ? '' : ` ${year}`}`,
  today: (time) => `today ${time}`,

  card: 'Stamp card',
  home: 'Cafés',
  backHome: 'Start again',
  backToCard: 'Back to my card',
  chooseCafe: 'Which café are you at?',
  noCafeYet: 'No café has opened here yet.',
  oops: 'One moment',
  notFound: 'There is nothing here',

  phone: 'Phone number',
  phoneUse:
    'Your number is only used to count your stamps. The café keeps it itself, encrypted, and this phone will remember you, so you never type it again.',
  stamp: 'Stamp my card',
  stampAtCounter: 'Stamps are given at the counter: show this there, or say your number.',
  numberAtCounter: 'Say your number at the counter and scan the QR code there: your card will show up here.',
  cardQr: (letters) => `The QR code of my card, in letters ${letters}`,
  cardLetters: 'Card letters',
  counterCode: 'The six digits shown at the counter',
  counterCodeUse: 'They change every 30 seconds. Scan the QR code at the counter and you need not type them.',
  askForStamp: 'Ask for a stamp',
  requestWaits: (until) => `Staff are looking at it. Please wait until ${until}.`,
  requestOver: {
    refused:
      'Staff did not stamp this time. Your stamps are as they were. Please speak to them at the counter.',
    expired:
      'Nobody looked within 2 minutes, so this is over. Your stamps are as they were. Please ask again.',
  },
  forgotten: 'This phone has forgotten the number. The stamps are still on it.',
  notMe: 'Not me',
  forgetFirst: (maskedPhone) =>
    `Your stamps stay on ${maskedPhone}. But typing the number again will not bring them back into view: staff at the counter have to confirm it is you first.`,
  forget: 'Forget the number on this phone',

  freeCoffee: 'One free coffee',
  free: 'Free',
  treat: 'Treat',
  promise: ({ goal, reward }) => `Collect ${count(goal, 'stamp')} and ${gift(reward)}`,
  missing: ({ stamps, reward }) => `${sentence(count(stamps, 'more visit'))} and ${gift(reward)}`,
  ready: ({ rewards, reward }) => {
    if (reward !== null)
      return rewards === 1 ? `Ready for you: ${reward}` : `Ready for you: ${rewards} × ${reward}`
    return rewards === 1
      ? 'Your free coffee is ready'
      : `${sentence(count(rewards, 'free coffee'))} are ready`
  },
  useReward: (reward) => (reward === null ? 'Use my free coffee' : `Use: ${reward}`),
  seals: ({ stamps, goal }) => `${stamps} of ${goal} stamps`,
  total: (stamps) => `${stamps} ${stamps === 1 ? 'stamp' : 'stamps'}`,
  stamped: (stamps) => (stamps === 1 ? 'Stamped' : `Stamped ${stamps} times`),
  lastStamp: (when) => `Last stamp ${when}`,
  noStampYet: 'No stamps yet',
  elsewhere: 'Stamps you earned elsewhere will show here once staff confirm it is you.',
  claimed: 'All your stamps are here now',
  claimWaits: 'Your latest stamp is here. The others show once staff confirm it is you',
  copied:
    'This card was also opened somewhere else, so only the stamps earned on this phone show for now. Nothing is lost. Have it confirmed at the counter and you will see them all again.',
  copiedRead: 'All right',
  browsers: 'Phones that show this card',
  thisBrowser: 'This phone',
  otherBrowser: 'Another phone',
  linkedSince: (when) => `since ${when}`,
  unlink: 'Unlink',

  claimTitle: (maskedPhone) => `Show the card ${maskedPhone} on this phone?`,
  claimUse: 'You will see all your stamps and can use them here. Please press only on your own phone.',
  claimKioskUse:
    'Your latest stamp will show on this phone, and the others once staff confirm it is you. Please press only on your own phone.',
  claimInstead: (maskedPhone) =>
    `This phone shows the card ${maskedPhone} now. If you press, it forgets that number. The stamps stay on it.`,
  claim: 'Show it on this phone',

  history: 'History',
  older: 'Show older',
  entries: {
    stamp: { gained: 'Stamp', lost: 'Stamp' },
    redeem: { gained: 'Treat given back', lost: 'Treat used' },
    void: { gained: 'Use taken back', lost: 'Stamp taken back' },
    move: { gained: 'Moved from another number', lost: 'Moved to another number' },
    expire: { gained: 'Extended', lost: 'Expired' },
    adjust: { gained: 'Added by staff', lost: 'Removed by staff' },
    import: { gained: 'Brought from an old card', lost: 'Brought from an old card' },
    merge: { gained: 'Joined from another card', lost: 'Joined to another card' },
  },
  freeCoffeeUsed: 'Free coffee',
  usedElsewhere: 'Used elsewhere',

  ask: (reward) => (reward === null ? 'Use your free coffee now?' : `Use it now? ${reward}`),
  askWhich: 'What would you like?',
  pressInFront:
    'Press it in front of the barista. Your stamps are spent at once, and you have 2 minutes to show the screen.',
  useNow: 'Use it now',
  notNow: 'Not now',
  moreReady: 'You have another one ready',
  showBarista: 'Show this to the barista',
  timeLeft: 'Time left',
  usedAt: (when) => `Used ${when}`,
  ticketOver: 'Already used',

  refusals: {
    'cross-site':
      'That came from another website, so nothing was done. Your stamps are as they were. Please press again here.',
    'bad-origin':
      'We could not tell that this came from the café’s own page, so nothing was done. Your stamps are as they were. Please press again here.',
    'no-csrf-cookie':
      'Your browser sent no cookie, so nothing was done. Your stamps are as they were. Please allow cookies and press again.',
    'bad-token':
      'This page had grown old, so nothing was done. Your stamps are as they were. Please press once more.',
    'key-missing':
      'The request arrived incomplete, so nothing was done. Your stamps are as they were. Please press once more.',
    'key-malformed':
      'The request arrived incomplete, so nothing was done. Your stamps are as they were. Please press once more.',
    'key-reused':
      'Something else was already sent from that page. What you sent first still stands. Please check and press again.',
    'phone-missing': 'Please type your phone number. Nothing has been stamped yet.',
    'phone-invalid':
      'That number cannot be used. Nothing has been stamped yet: please check the digits. For a number from abroad, start with + and the country code.',
    'field-invalid':
      'Something in the form cannot be used. Nothing was changed: please correct it and press again.',
    'reward-unknown': 'That treat is not on offer now. Your stamps are as they were. Please choose again.',
    'not-enough':
      'There were not enough stamps, so none were spent this time. Please check how many you have now.',
    'counter-only':
      'This café stamps at the counter. Your stamps are as they were. Please say your number there.',
    'not-found':
      'The address may have changed or be mistyped. Your stamps are safe. Please start again below.',
    'cafe-not-found':
      'We found no café at this address. Your stamps are safe. Scan the QR code again, or choose a café below.',
    'wrong-method': 'This address cannot be opened that way. Nothing was changed. Please start again below.',
    'too-large': 'That was too much to take in. Nothing was changed. Please send less.',
    'not-a-form':
      'That was in a form we cannot read. Nothing was changed. Please use the buttons on this page.',
    'bad-request':
      'We could not read that request. Nothing was changed. Please open the page afresh and try again.',
    'wrong-host':
      'This is not the café’s address. Nothing was changed. Please scan the café’s QR code again.',
    'url-too-long': 'That address is too long. Nothing was changed. Please scan the café’s QR code again.',
    'header-too-large':
      'Your browser sent more than we can take. Your stamps are safe. Please clear this site’s cookies and open it again.',
    'too-slow':
      'Time ran out before the request had arrived. Nothing was changed. Please check your connection and press again.',
    busy: 'Everyone is pressing at once. Nothing has been changed yet. Please press again in a moment.',
    'cannot-write':
      'We cannot save just now, so nothing was done. Your stamps are safe. Please press again in a moment.',
    bug: 'Something went wrong on our side. The stamps you had are safe. Please open your card afresh, look, and try again.',
    ...counterRefusals.en,
  },
  againAt: (when) => `It will work again from ${when}.`,
  askAtCounter: 'That cannot be stamped here just now. Nothing was changed. Please ask at the counter.',
}
