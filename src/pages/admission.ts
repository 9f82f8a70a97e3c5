/** Who may enter where: one rule for every route (routes.ts names each route's audience). */
import type { Audience } from '../routes.ts'
import { isManager } from '../rules/role.ts'
import type { Who } from './who.ts'

/** `sign-in`: who they are is not known yet (401); `out`: it is, and this is not theirs (403). */
export type Admission = 'in' | 'sign-in' | 'out'

export function admit(audience: Audience, { device, person }: Who): Admission {
  switch (audience) {
    case 'anyone':
    case 'operator': // the machine's own probes; a proxy keeps others away
      return 'in'
    case 'customer': // a shared tablet must never get a card cookie
      return device === null ? 'in' : 'out'
    case 'kiosk':
      return device === null ? 'sign-in' : inIf(device.kind === 'kiosk')
    case 'counter':
      if (device !== null) return inIf(device.kind === 'counter')
      return person === null ? 'sign-in' : 'in'
    case 'staff':
      if (device?.kind === 'kiosk') return 'out'
      return person === null ? 'sign-in' : 'in'
    case 'manager':
    case 'owner':
      if (person?.via === 'owner-session')
        return inIf(audience === 'owner' ? person.role === 'owner' : isManager(person.role))
      return device === null && person === null ? 'sign-in' : 'out'
  }
}

function inIf(isTheirs: boolean): Admission {
  return isTheirs ? 'in' : 'out'
}
