/** What a kiosk opens, door by door. */
import { routes } from '../../routes.ts'
import type { Section } from '../door.ts'
import { pairingDoor, pairingPage } from '../pairing.ts'
import { kioskDoor } from './kiosk.ts'
import { kioskLiveDoor } from './live.ts'
import { kioskSettingsDoor } from './settings.ts'
import { kioskStampsDoor } from './stamps.ts'

export const kioskSection: Section = {
  doors: [
    [routes.kiosk.home, kioskDoor],
    [routes.kiosk.pairing, pairingDoor('kiosk')],
    [routes.kiosk.stamps, kioskStampsDoor],
    [routes.kiosk.settings, kioskSettingsDoor],
    [routes.kiosk.live, kioskLiveDoor],
  ],
  signIn: (visit, refused) => pairingPage(visit, { kind: 'kiosk', refused }),
}
