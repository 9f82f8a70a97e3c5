/** What the owner and managers open, door by door. */
import { routes } from '../../routes.ts'
import type { Section } from '../door.ts'
import { branchesDoor } from './branches.ts'
import { deviceCodeDoor, deviceRevocationDoor, devicesDoor, deviceWaitEndDoor } from './devices.ts'
import { ownerLiveDoor } from './live.ts'
import { limitsDoor, programmeDoor } from './programme.ts'
import { todayDoor } from './today.ts'

export const ownerSection: Section = {
  doors: [
    [routes.owner.home, todayDoor],
    [routes.owner.live, ownerLiveDoor],
    [routes.owner.programme, programmeDoor],
    [routes.owner.limits, limitsDoor],
    [routes.owner.devices, devicesDoor],
    [routes.owner.deviceCode, deviceCodeDoor],
    [routes.owner.deviceRevocation, deviceRevocationDoor],
    [routes.owner.deviceWaitEnd, deviceWaitEndDoor],
    [routes.owner.branches, branchesDoor],
  ],
}
