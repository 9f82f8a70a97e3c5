/** What a kiosk opens, door by door. */
import { routes } from '../../routes.ts'
import type { Section } from '../door.ts'
import { pairingDoor, pairingPage } from '../pairing.ts'
import type { Visit } from '../visit.ts'
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
  signIn: signInKiosk,
}

/** A tablet that is not paired yet has done nothing wrong; on trial there is no kiosk to become. */
function signInKiosk(visit: Visit): Promise<string> {
  const onTrial = visit.cafe.setUpAtMs === null ? ({ reason: 'not-set-up' } as const) : null
  return pairingPage(visit, { kind: 'kiosk', refused: onTrial })
}
