/** `/cafe/kiosk/live/`: tells an open kiosk that the café has changed, and at once that it is no kiosk any more. */
import { routes } from '../../routes.ts'
import type { Door } from '../door.ts'
import { replyLive } from '../live.ts'
import { isStillTheirs } from '../still-theirs.ts'

export const kioskLiveDoor: Door = {
  get: async (visit) =>
    replyLive(visit, {
      waiter: `device:${visit.who.device?.id}`,
      concerns: (change) => 'topic' in change && change.topic === 'cafe',
      mayStay: () => isStillTheirs(visit, routes.kiosk.live.audience),
    }),
}
