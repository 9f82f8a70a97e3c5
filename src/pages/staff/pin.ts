/** A PIN at a paired counter says who works there now. Anywhere else it opens nothing. */
import { admitPin, type PinTry, switchPerson } from '../../commands/switch-person.ts'
import type { Fields } from '../../http/form.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { auditLine } from '../audited.ts'
import { changeOnce, type Declined, type Door } from '../door.ts'
import { readId } from '../path-id.ts'
import { replySeeOther } from '../reply.ts'
import { askOf, type Visit } from '../visit.ts'
import { homePath, renderHome } from './home.ts'
import { renderPin } from './pin-shown.ts'

export const pinDoor: Door = { post: { fields: ['person', 'pin'], change: enter, again: renderAgain } }

const SIX_DIGITS = /^\d{6}$/

async function enter(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, who, nowMs: atMs } = visit
  const { store } = context
  const personId = readId(fields.one('person'))
  const pin = (fields.one('pin') ?? '').normalize('NFKC')
  if (who.device === null) return 'not-allowed'
  if (personId === null) return 'field-invalid'
  if (!SIX_DIGITS.test(pin)) return 'pin-malformed'
  const attempt = { cafeId: cafe.id, deviceId: who.device.id, personId, atMs }
  const admitted = await store.transaction(cafe.id, (tx) => admitPin(tx, attempt))
  if (!admitted.ok) return admitted
  const isRight = await context.pins.verify(pin, admitted.pinHash ?? (await hashOfNobody(visit)))
  return isRight && admitted.pinHash !== null ? begin(visit, fields, attempt) : refuse(visit, attempt)
}

async function begin(visit: Visit, fields: Fields, attempt: PinTry): Promise<Response | Refusal> {
  const { deviceId, personId } = attempt
  const line = { ...auditLine(visit, 'person-switched', personId), personId }
  // By the device, whoever worked at it: a form pressed twice is sent again by the person that it has just let in. And without the PIN.
  const ask = {
    ...askOf(visit, fields),
    askers: [`device:${deviceId}`] as const,
    request: `${visit.path} ${personId}`,
  }
  const outcome = await changeOnce<never>(visit, fields, (tx) => switchPerson(tx, attempt, line), ask)
  return outcome.ok ? replySeeOther(visit, homePath(visit)) : outcome.reason
}

async function refuse(visit: Visit, { personId, deviceId }: PinTry): Promise<Refusal> {
  const { context, cafe, address } = visit
  await context.store.transaction(cafe.id, (tx) =>
    tx.audits.append(cafe.id, auditLine(visit, 'pin-wrong', personId)),
  )
  context.log.info({ event: 'pin-wrong', person: personId, device: deviceId, address }, 'a wrong PIN')
  return 'wrong-pin'
}

/** For somebody who has no PIN here: what is asked for them takes as long. Made once, of bytes that nobody knows. */
let nobody: Promise<string> | null = null

function hashOfNobody({ context }: Visit): Promise<string> {
  nobody ??= context.pins.hash(Buffer.from(context.random.bytes(16)).toString('hex'))
  return nobody
}

async function renderAgain(visit: Visit, fields: Fields, refused: Refused): Promise<string> {
  if (visit.who.device === null) return renderHome(visit, { refused })
  return renderPin(visit, { personId: readId(fields.one('person')), refused })
}
