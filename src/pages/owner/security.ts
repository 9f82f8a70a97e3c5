/** `/cafe/owner/security/`: one's own sessions and password. */
import { doneAt } from '../../commands/answer-once.ts'
import { setPassword } from '../../commands/set-password.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { hashPassword } from '../../sign-in/password.ts'
import { judgePassword } from '../../sign-in/password-rules.ts'
import { confirmPassword } from '../../sign-in/try-password.ts'
import { sessionStoreOf } from '../../store/sessions.ts'
import type { Tx } from '../../store/store.ts'
import type { OwnerDone } from '../../ui/words/owner-words.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { auditLine, changeAudited } from '../audited.ts'
import { changeOnce, type Declined, type Door, type PostDoor } from '../door.ts'
import { replyPage, replyRefusal } from '../reply.ts'
import { askOf, type Visit } from '../visit.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { needsReauthentication } from './proven.ts'
import { noteProven } from './reauthentication.ts'
import { personHere, renderSecurity, type SecurityForm } from './security-shown.ts'
import { goOn } from './settle.ts'

export const securityDoor: Door = {
  get: async (visit) => replyPage(visit, 200, await renderSecurity(visit)),
}

export const passwordDoor: Door = {
  post: { fields: ['current', 'password'], change: changePassword, again: againWith('password') },
}

export const sessionEndDoor: Door = { post: { fields: [], change: endSession, again: againWith('other') } }
export const sessionsEndDoor: Door = { post: { fields: [], change: endOthers, again: againWith('other') } }

const SESSION_ID = /^[\w-]{22}$/

export function againWith(form: SecurityForm): PostDoor['again'] {
  return (visit, fields, refused) => renderSecurity(visit, { refused, form, name: fields.one('name') ?? '' })
}

export function toSecurity(visit: Visit, done: OwnerDone): Response {
  return goOn(visit, { path: routes.owner.security.href({ cafe: visit.cafe.slug }), done })
}

/** What proves who somebody is has changed: they stay in here alone, under a new id (safety.md S24). */
export async function endOtherSessions(visit: Visit, personId: string): Promise<void> {
  const { context, cafe, who } = visit
  const { owner } = context.peopleSessions(cafe)
  await owner.endAllOf(personId, { except: who.sessions.owner })
  await context.store.transaction(cafe.id, (tx) => tx.tell(cafe.id, 'people'))
}

async function changePassword(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, nowMs } = visit
  const person = await personHere(visit)
  const current = fields.one('current')
  if (needsReauthentication(visit)) {
    if (current === null) return 'reauthenticate'
    const input = { cafeId: cafe.id, personId: person.id, password: current }
    const confirmed = await confirmPassword(context, input)
    if (!confirmed.ok) return confirmed
  }
  const password = fields.one('password') ?? ''
  const fault = judgePassword(password, { cafeName: cafe.name, email: person.email ?? '' })
  if (fault !== null) return fault
  const hash = await hashPassword(context.random, password)
  const change = { cafeId: cafe.id, personId: person.id, hash, email: null }
  const work = async (tx: Tx) => {
    const outcome = await setPassword(tx, change, auditLine(visit, 'password-changed', person.id))
    return outcome.ok ? doneAt(nowMs) : outcome
  }
  const ask = askOf(visit, withoutSecrets(fields, ['current', 'password']))
  const outcome = await changeOnce(visit, fields, work, ask)
  if (!outcome.ok) return outcome
  await endOtherSessions(visit, person.id)
  await noteProven(visit, { isStrong: false })
  context.log.info({ event: 'password-changed', person: person.id, address: visit.address }, 'a new password')
  return toSecurity(visit, 'password-set')
}

async function endSession(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const { cafe, context, nowMs, params } = visit
  const person = await personHere(visit)
  const id = params.session ?? ''
  const row = SESSION_ID.test(id) ? await context.store.sessions.find(cafe.id, id) : null
  if (row?.subject !== person.id) return replyRefusal(visit, 'not-found')
  const done = { act: 'session-ended', subject: person.id } as const
  const outcome = await changeAudited<never>(visit, fields, done, async (tx) => {
    await tx.tell(cafe.id, 'people')
    return doneAt(nowMs)
  })
  if (!outcome.ok) return outcome.reason
  await sessionStoreOf(context.store, cafe.id).change({ id }, () => null)
  context.log.info({ event: 'session-ended', person: person.id, why: 'by-hand' }, 'a session was ended')
  return toSecurity(visit, 'session-ended')
}

async function endOthers(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const { context, nowMs } = visit
  const person = await personHere(visit)
  const done = { act: 'session-ended', subject: person.id, facts: { allOthers: 1 } } as const
  const outcome = await changeAudited<never>(visit, fields, done, async () => doneAt(nowMs))
  if (!outcome.ok) return outcome.reason
  await endOtherSessions(visit, person.id)
  context.log.info({ event: 'session-ended', person: person.id, why: 'all-others' }, 'all others were ended')
  return toSecurity(visit, 'sessions-ended')
}
