/** What every page may reach: built once by the app, given to each handler. */
import type { Logger } from 'pino'
import type { Clock, Random } from '../clock.ts'
import type { Csrf } from '../http/csrf.ts'
import type { Flash } from '../http/flash.ts'
import type { Preferences } from '../http/preferences.ts'
import type { Programme } from '../rules/programme.ts'
import type { Limiters } from '../sign-in/limits.ts'
import type { Pins } from '../sign-in/pin.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Keys } from '../store/keys.ts'
import type { Store } from '../store/store.ts'
import type { CardCookies } from './customer/card-cookie.ts'
import type { DeviceCookies } from './device-cookie.ts'
import type { KioskCookies } from './kiosk/kiosk-cookies.ts'
import type { LiveStreams } from './live.ts'
import type { Notice } from './notice.ts'
import type { PeopleSessionsOf } from './people-sessions.ts'

export interface SeenCafe {
  readonly cafe: Cafe
  readonly programme: Programme
}

export interface PageContext {
  readonly store: Store
  readonly keys: Keys
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** The public address, or null: then a request's own host is ours. */
  readonly publicUrl: URL | null
  readonly csrf: Csrf
  readonly cardCookies: CardCookies
  readonly deviceCookies: DeviceCookies
  readonly kioskCookies: KioskCookies
  readonly peopleSessions: PeopleSessionsOf
  readonly pins: Pins
  readonly limiters: Limiters
  readonly streams: LiveStreams
  readonly flash: Flash<Notice>
  readonly preferences: Preferences
  /** What was last read of each café, by slug: only for the form that goes back while the database cannot be asked. */
  readonly lastSeen: Map<string, SeenCafe>
  /** Headers that every answer carries. */
  readonly headers: Readonly<Record<string, string>>
}
