/** `/cafe/owner/live/`: says to the owner's open pages when to look again. */
import { routes } from '../../routes.ts'
import type { Change, Topic } from '../../store/changes.ts'
import type { Door } from '../door.ts'
import { replyLive } from '../live.ts'
import { isStillTheirs } from '../still-theirs.ts'
import type { Visit } from '../visit.ts'

export const ownerLiveDoor: Door = { get: showLive }

const OF_DEVICES: readonly Topic[] = ['devices', 'people']

/** `?page=devices` hears of tablets and who works at them; today's page of every line. */
function showLive(visit: Visit): Promise<Response> {
  const page = new URL(visit.request.url).searchParams.get('page')
  const concerns = page === 'devices' ? isOfDevices : (change: Change) => 'entryId' in change
  return replyLive(visit, {
    waiter: `person:${visit.who.person?.id}`,
    concerns,
    mayStay: () => isStillTheirs(visit, routes.owner.live.audience),
  })
}

function isOfDevices(change: Change): boolean {
  return 'topic' in change && OF_DEVICES.includes(change.topic)
}
