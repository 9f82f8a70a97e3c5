/** Handing over: nobody works at the tablet until the next PIN; on an own phone the session ends. */
import { leaveDevice } from '../../commands/switch-person.ts'
import type { Fields } from '../../http/form.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { auditLine } from '../audited.ts'
import { changeOnce, type Door } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import { commitSession } from '../start-session.ts'
import { askOf, type Visit } from '../visit.ts'
import { homePath, renderHome } from './home.ts'
import { renderPin } from './pin-shown.ts'

export const signOutDoor: Door = {
  post: {
    fields: [],
    change: leave,
    again: (visit, _, refused) =>
      visit.who.person === null
        ? renderPin(visit, { personId: null, refused })
        : renderHome(visit, { refused }),
  },
}

async function leave(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const { cafe, context, who, nowMs: atMs } = visit
  if (who.person !== null && who.device !== null) {
    const deviceId = who.device.id
    const input = { cafeId: cafe.id, deviceId, atMs }
    const line = auditLine(visit, 'sign-out', who.person.id)
    const ask = { ...askOf(visit, fields), askers: [`device:${deviceId}`] as const }
    const outcome = await changeOnce<never>(visit, fields, (tx) => leaveDevice(tx, input, line), ask)
    if (!outcome.ok) return outcome.reason
  } else if (who.person !== null) {
    const line = auditLine(visit, 'sign-out', who.person.id)
    await context.store.transaction(cafe.id, (tx) => tx.audits.append(cafe.id, line))
  }
  await endSessions(visit)
  return replySeeOther(visit, homePath(visit))
}

async function endSessions(visit: Visit): Promise<void> {
  const { staff, owner } = visit.who.sessions
  for (const session of [staff, owner]) {
    if ((await session.subject()) === null) continue
    await session.end()
    await commitSession(visit, session)
  }
}
