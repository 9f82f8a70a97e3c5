/** What customers open, door by door. */
import { routes } from '../../routes.ts'
import type { Section } from '../door.ts'
import { cardDoor } from './card.ts'
import { claimDoor } from './claim.ts'
import { forgetDoor } from './forget.ts'
import { freeDoor } from './free.ts'
import { liveDoor } from './live.ts'
import { browserRemovalDoor, copyNoticeDoor } from './phones.ts'
import { preferencesDoor } from './preferences.ts'

export const customerSection: Section = {
  doors: [
    [routes.card, cardDoor],
    [routes.free, freeDoor],
    [routes.forget, forgetDoor],
    [routes.claim, claimDoor],
    [routes.live, liveDoor],
    [routes.browserRemoval, browserRemovalDoor],
    [routes.copyNotice, copyNoticeDoor],
    [routes.preferences, preferencesDoor],
  ],
}
