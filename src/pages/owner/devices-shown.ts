/** What the page of branches and tablets shows, read from the store. */
import { routes } from '../../routes.ts'
import { type Device, isDeviceLive, PERSON_AT_DEVICE_MS, pairingCodeOf } from '../../rules/device.ts'
import { pinWaitUntil } from '../../rules/pin-wait.ts'
import type { Person } from '../../store/people.ts'
import type { PinTries } from '../../store/pin-tries.ts'
import { type Clock, clockIn, dayOrTime, exactTime } from '../../ui/when.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { ownOrigin } from '../door.ts'
import type { Visit } from '../visit.ts'
import { type DevicesShown, devicesPage, type ShownDevice, type WaitingDevice } from './devices-page.ts'
import { ownerFrameOf } from './owner-frame.ts'

export async function renderDevices(
  visit: Visit,
  { refused = null, filled = null }: Partial<Pick<DevicesShown, 'refused' | 'filled'>> = {},
): Promise<string> {
  const { cafe, context, who } = visit
  const [branches, devices, people, tries] = await Promise.all([
    context.store.branches.list(cafe.id),
    context.store.devices.list(cafe.id),
    context.store.people.list(cafe.id),
    context.store.pinTries.list(cafe.id),
  ])
  const frame = await ownerFrameOf(visit, routes.owner.devices.href({ cafe: cafe.slug }))
  const clock = clockIn({ words: wordsIn(frame.language), timeZone: cafe.timeZone, nowMs: visit.nowMs })
  const shown = devices.map((device) => ({
    branchId: device.branchId,
    ...shownDevice(visit, device, { people, tries, clock }),
  }))
  return devicesPage(frame, {
    branches: branches.map(({ id, name }) => ({
      id,
      name,
      devices: shown.filter(({ branchId }) => branchId === id),
    })),
    waiting: devices.flatMap((device) => waitingDevice(visit, device, clock)),
    isOwner: who.person?.role === 'owner',
    refused,
    filled,
  })
}

function shownDevice(
  { nowMs }: Visit,
  device: Device,
  { people, tries, clock }: { people: readonly Person[]; tries: readonly PinTries[]; clock: Clock },
): ShownDevice {
  const { id, kind, name, address, usedAtMs, pairedAtMs, personId, personAtMs } = device
  const isWorking = personAtMs !== null && nowMs - personAtMs <= PERSON_AT_DEVICE_MS
  const mistyped = tries.filter(({ deviceId }) => deviceId === id)
  const seenAtMs = usedAtMs ?? pairedAtMs
  return {
    id,
    kind,
    name,
    isPaired: isDeviceLive(device, nowMs),
    seen: seenAtMs === null ? null : dayOrTime(clock, seenAtMs),
    address,
    worker: isWorking ? (people.find((person) => person.id === personId)?.name ?? null) : null,
    isWaiting: mistyped.some((one) => pinWaitUntil(tries, one, nowMs) !== null),
  }
}

function waitingDevice(
  visit: Visit,
  { id, kind, name, pairingExpiresAtMs }: Device,
  clock: Clock,
): WaitingDevice[] {
  const { cafe, context, nowMs } = visit
  if (pairingExpiresAtMs === null || pairingExpiresAtMs <= nowMs) return []
  const { home } = kind === 'kiosk' ? routes.kiosk : routes.staff
  return [
    {
      name,
      code: pairingCodeOf(context.keys.current, id, pairingExpiresAtMs),
      address: `${ownOrigin(visit)}${home.href({ cafe: cafe.slug })}`,
      until: exactTime(clock, pairingExpiresAtMs),
    },
  ]
}
