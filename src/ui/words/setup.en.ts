// English, plain and warm, for an owner on the first day.
import type { SetupWords } from './setup-words.ts'

export const en: SetupWords = {
  title: 'Set up your café',
  lead: 'A few questions, and the café is yours. All of it can be changed later.',
  cafe: 'The café',
  name: 'Name of the café',
  nameExample: 'Corner Café',
  language: 'Language of the café',
  country: 'Country',
  countryNote: 'Phone numbers without + are read as numbers of this country.',
  branch: 'Name of the shop',
  branchNote: 'As in “Main Street”. If you have several, begin with one.',
  theReward: 'The reward',
  reward: 'What do customers get?',
  rewardNote: 'Leave it empty for a free coffee.',
  cost: 'For how many stamps?',
  mode: 'Who stamps?',
  modes: {
    counter: {
      label: 'The counter',
      note: 'Only your tablets and your staff stamp. What most cafés want.',
    },
    code: {
      label: 'Customers, with a code',
      note: 'On their own phone, with the six digits that the counter shows. They change every 30 seconds.',
    },
    approve: {
      label: 'Customers, when staff agree',
      note: 'They ask on their own phone, and staff allow it with one tap.',
    },
    self: {
      label: 'Customers, by themselves',
      note: 'Anyone may stamp their own card. For a café that trusts everybody.',
    },
  },
  stamps: 'Stamps from the trial',
  keepStamps: { label: 'Keep them', note: 'Everybody goes on with what they have.' },
  clearStamps: { label: 'Clear them', note: 'Everybody begins at nothing, and each card says why.' },
  you: 'You',
  owner: 'Your name',
  email: 'E-mail',
  emailNote: 'You sign in with it. Nothing is sent there.',
  password: 'Password',
  passwordNote: 'At least 15 characters. A few words of your own are easy to remember.',
  passwordAgain: 'Please type the password again: it is never put back into a page.',
  missing: {
    name: 'Please give the name of the café.',
    branch: 'Please give the name of the shop, even if it is the only one.',
    owner: 'Please give your own name.',
  },
  open: 'Open the café',
  cleared: 'The trial is over, so its stamps were cleared',
  linkOver:
    'This link is over or was used already. Whoever runs Dojang can print another: dojang owner reset',

  newPassword: 'Choose a new password',
  newPasswordFor: (name) =>
    `Hello, ${name}. Whoever is signed in with your account will be signed out everywhere.`,
  save: 'Save the password',
}
