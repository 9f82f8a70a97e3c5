// English, plain and warm, for the owner and managers.
import type { OwnerWords } from './owner-words.ts'

export const en: OwnerWords = {
  menu: 'Menu',
  places: {
    home: 'Today',
    customers: 'Customers',
    programme: 'Programme',
    devices: 'Branches · devices',
    staff: 'Staff',
    audit: 'Audit log',
    security: 'Account · security',
  },
  roles: { owner: 'Owner', manager: 'Manager', staff: 'Staff' },
  signedIn: ({ name, role }) => `${name} · ${en.roles[role]}`,
  signOut: 'Sign out',
  done: {
    saved: 'Saved',
    'person-added': 'Added. With a PIN they can work at the counter right away',
    'person-ready': 'Added. From now on they can work at the counter with their PIN',
    'link-shown': 'That link was shown once already. If it is lost, please make a new one',
    'pin-set': 'The PIN is set, and works at the counter tablets from now on',
    'person-ended': 'Their work is ended, on every device',
    'person-back': 'They can work again',
    'branch-added': 'The branch is added',
    'device-added': 'The device is added. Now type the code on the tablet',
    'code-made': 'Here is a new code',
    'device-revoked': 'That tablet is out of use now',
    'pins-cleared': 'PINs can be tried again at once',
    'password-set': 'The new password is saved, and you are signed out everywhere else',
    'session-ended': 'Signed out there',
    'sessions-ended': 'You are signed out everywhere else',
    'factor-added': 'Added. You can use it from the next sign-in on',
    'factor-removed': 'Removed',
  },
}
