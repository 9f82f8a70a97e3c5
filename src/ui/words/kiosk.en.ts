// The kiosk in English.
import type { KioskWords } from './kiosk-words.ts'

const numerals = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

export const kioskEn: KioskWords = {
  title: 'Stamps',
  invitation: 'Just type your phone number',
  promise: ({ cost, reward }) => {
    const times = `${numerals[cost] ?? cost} ${reward === null ? 'coffee' : 'stamp'}${cost === 1 ? '' : 's'}`
    return reward === null ? `One on us for every ${times}` : `For ${times}: ${reward}`
  },
  scan: {
    toStamp: 'Scan it with your phone, and next time you need no number',
    toSee: 'Scan it with your phone to see your card',
  },
  qr: 'QR code that opens the stamp card of this café',
  codeTurns: 'The code changes every 30 seconds',
  codeNow: 'Code now',

  keypad: 'Number keys',
  typed: 'Number typed',
  nothingTyped: 'nothing yet',
  backspace: 'Delete one digit',
  zero: '0, hold it for +',
  stamp: 'Stamp',
  unfinished: 'Please type the whole number',
  needsScript: 'This page needs JavaScript. Please say your number at the counter.',

  readBack: 'Your number',
  isItRight: 'Is this right?',
  yes: 'Yes, stamp it',
  correct: 'Correct it',
  underWay: 'Stamping…',

  stamped: 'Stamped',
  thanks: 'Thank you',
  onYourPhone: 'This card on your phone',
  howToClaim: 'Scan the code and tell the staff. Once they nod to it, you see all your stamps.',
  hold: 'Tap the code to keep it here for 30 seconds',
  held: 'It stays here for 30 seconds',
  next: 'Next guest',

  again: 'Press again',
  startAgain: 'Start again',
  noAnswer: 'There is no connection now. Please ask at the counter. Your number is still here.',

  settings: 'How it looks',
  large: 'Large type',
  contrast: 'High contrast',
  online: 'Online',
  offline: 'No connection',
}
