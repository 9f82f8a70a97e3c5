/** `/cafe/staff/live/`: tells an open counter to look again, and that it is somebody else's now. */
import { routes } from '../../routes.ts'
import type { Change, Topic } from '../../store/changes.ts'
import type { Door } from '../door.ts'
import { replyLive } from '../live.ts'
import { isStillTheirs } from '../still-theirs.ts'
import type { Visit } from '../visit.ts'

export const liveDoor: Door = { get: showLive }

const TOPICS: readonly Topic[] = ['requests', 'claims', 'people', 'devices', 'cafe']

function showLive(visit: Visit): Promise<Response> {
  const { device, person } = visit.who
  return replyLive(visit, {
    waiter: device === null ? `person:${person?.id}` : `device:${device.id}`,
    concerns,
    mayStay: () => isStillTheirs(visit, routes.staff.live.audience),
  })
}

/** Every new line of the ledger, and whatever else stands on a page of staff. */
function concerns(change: Change): boolean {
  return 'entryId' in change || ('topic' in change && TOPICS.includes(change.topic))
}
