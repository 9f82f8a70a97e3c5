/** `/cafe/owner/devices/`: branches and their tablets, paired by a code and retired in two taps. */
import { z } from 'zod'
import { addDevice, renewPairing } from '../../commands/add-device.ts'
import { endPinWait } from '../../commands/end-pin-wait.ts'
import { retireDevice } from '../../commands/pair-device.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { readName } from '../../rules/name.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeAudited } from '../audited.ts'
import type { Declined, Door } from '../door.ts'
import { pathId, readId } from '../path-id.ts'
import { replyPage, replyRefusal } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { renderDevices } from './devices-shown.ts'
import { settle } from './settle.ts'

export const devicesDoor: Door = {
  get: async (visit) => replyPage(visit, 200, await renderDevices(visit)),
  post: { fields: ['branch', 'kind', 'name'], change: add, again: refusedPage },
}

export const deviceCodeDoor: Door = { post: { fields: [], change: renewCode, again: refusedPage } }
export const deviceRevocationDoor: Door = { post: { fields: [], change: revoke, again: refusedPage } }
export const deviceWaitEndDoor: Door = { post: { fields: [], change: endWait, again: refusedPage } }

const NewDevice = z.object({ kind: z.enum(['kiosk', 'counter']), branchId: z.string() })

export const pathOfDevices = ({ cafe }: Visit) => routes.owner.devices.href({ cafe: cafe.slug })

function refusedPage(visit: Visit, fields: Fields, refused: Refused): Promise<string> {
  const isOfNew = fields.one('kind') !== null
  const filled = { branchId: fields.one('branch') ?? '', name: fields.one('name') ?? '' }
  return renderDevices(visit, {
    refused,
    filled: isOfNew ? { ...filled, kind: fields.one('kind') ?? '' } : null,
  })
}

async function add(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, nowMs } = visit
  const name = readName(fields.one('name'))
  if (name === null) return 'name-missing'
  const parsed = NewDevice.safeParse({ kind: fields.one('kind'), branchId: readId(fields.one('branch')) })
  if (!parsed.success) return 'field-invalid'
  const deviceId = context.random.uuid()
  const input = { cafeId: cafe.id, key: context.keys.current, deviceId, ...parsed.data, name, atMs: nowMs }
  const facts = { kind: parsed.data.kind }
  const outcome = await changeAudited(
    visit,
    fields,
    { act: 'device-added', subject: deviceId, facts },
    (tx) => addDevice(tx, input),
  )
  return settle(visit, outcome, { path: pathOfDevices(visit), done: 'device-added' })
}

async function renewCode(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, nowMs } = visit
  const deviceId = pathId(visit, 'device')
  if (deviceId === null) return replyRefusal(visit, 'not-found')
  const input = { cafeId: cafe.id, key: context.keys.current, deviceId, atMs: nowMs }
  const outcome = await changeAudited(visit, fields, { act: 'pairing-code-made', subject: deviceId }, (tx) =>
    renewPairing(tx, input),
  )
  return settle(visit, outcome, { path: pathOfDevices(visit), done: 'code-made' })
}

async function revoke(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, nowMs } = visit
  const id = pathId(visit, 'device')
  if (id === null) return replyRefusal(visit, 'not-found')
  const outcome = await changeAudited(visit, fields, { act: 'device-revoked', subject: id }, (tx) =>
    retireDevice(tx, { cafeId: cafe.id, id }, nowMs),
  )
  if (outcome.ok)
    context.log.info(
      { event: 'device-revoked', device: id, person: visit.who.person?.id },
      'a tablet was retired',
    )
  return settle(visit, outcome, { path: pathOfDevices(visit), done: 'device-revoked' })
}

/** Wrong PINs are forgotten on this device: whoever stands there may try again at once. */
async function endWait(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, nowMs } = visit
  const id = pathId(visit, 'device')
  if (id === null) return replyRefusal(visit, 'not-found')
  const outcome = await changeAudited(visit, fields, { act: 'pin-cleared', subject: id }, (tx) =>
    endPinWait(tx, { cafeId: cafe.id, deviceId: id, atMs: nowMs }),
  )
  return settle(visit, outcome, { path: pathOfDevices(visit), done: 'pins-cleared' })
}
