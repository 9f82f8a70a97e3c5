/** What staff open at the counter, door by door. */
import { routes } from '../../routes.ts'
import type { Section } from '../door.ts'
import { pairingDoor, pairingPage } from '../pairing.ts'

export const staffSection: Section = {
  doors: [[routes.staff.pairing, pairingDoor('counter')]],
  signIn: (visit) => pairingPage(visit, { kind: 'counter', refused: null }),
}
