/** What a kiosk opens, door by door. */
import { routes } from '../../routes.ts'
import type { Section } from '../door.ts'
import { pairingDoor, pairingPage } from '../pairing.ts'

export const kioskSection: Section = {
  doors: [[routes.kiosk.pairing, pairingDoor('kiosk')]],
  signIn: (visit) => pairingPage(visit, { kind: 'kiosk', refused: null }),
}
