/** `/cafe/staff/invitation/<token>/`: staff on their own phone. The link is followed once, by the button and not by a preview. */
import { personInvited, type SetByThem, useInvitation } from '../../commands/use-invitation.ts'
import type { Fields } from '../../http/form.ts'
import { parseEmail } from '../../rules/email.ts'
import { isManager } from '../../rules/role.ts'
import { readInvitationToken } from '../../sign-in/invitation-token.ts'
import { hashPassword } from '../../sign-in/password.ts'
import { judgePassword } from '../../sign-in/password-rules.ts'
import { judgePin } from '../../sign-in/pin-rules.ts'
import type { Person } from '../../store/people.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { auditLine } from '../audited.ts'
import { changeOnce, type Declined, type Door } from '../door.ts'
import { REFUSAL_STATUS } from '../refusals.ts'
import { replyPage, replySeeOther } from '../reply.ts'
import { agentOf, commitSession, endOldest } from '../start-session.ts'
import type { Visit } from '../visit.ts'
import { homePath } from './home.ts'
import { invitationPage, linkOverPage } from './invitation-page.ts'
import { staffFrameOf } from './staff-frame.ts'

export const invitationDoor: Door = {
  get: showInvitation,
  post: { fields: ['pin', 'email', 'password'], change: accept, again: renderInvitation },
}

async function showInvitation(visit: Visit): Promise<Response> {
  const person = await personAsked(visit)
  const refused = { reason: 'link-over' } as const
  if (person === null)
    return replyPage(visit, REFUSAL_STATUS['link-over'], await renderInvitation(visit, null, refused))
  return replyPage(visit, 200, await renderInvitation(visit, null, null))
}

async function accept(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const link = readInvitationToken(visit.params.token ?? '')
  const person = await personAsked(visit)
  if (link === null || person === null)
    return visit.who.person === null ? 'link-over' : replySeeOther(visit, homePath(visit)) // pressed twice
  const set = await readOwn(visit, fields, person)
  if (typeof set === 'string') return set
  const input = { cafeId: visit.cafe.id, id: link.id, atMs: visit.nowMs, set }
  const lineOf = (act: 'invitation-used' | 'pin-changed' | 'password-changed') => ({
    ...auditLine(visit, act, person.id),
    actor: person.role,
    personId: person.id,
  })
  const outcome = await changeOnce(visit, fields, (tx) => useInvitation(tx, input, lineOf))
  if (!outcome.ok) return outcome
  await signIn(visit, person)
  return replySeeOther(visit, homePath(visit))
}

/** What they set for themselves with it: hashed before the transaction, and only once the link is known to be good. */
async function readOwn(visit: Visit, fields: Fields, person: Person): Promise<SetByThem | Refusal> {
  const { context, cafe } = visit
  const [pin, password, typed] = ['pin', 'password', 'email'].map((name) => fields.one(name) ?? '')
  const fault = pin ? judgePin(pin) : null
  if (fault !== null) return fault
  const pinHash = pin ? await context.pins.hash(pin) : null
  if (!password || !isManager(person.role)) return { pinHash, password: null }
  const email = person.email ?? parseEmail(typed ?? '')
  if (email === null) return 'email-invalid'
  const weak = judgePassword(password, { cafeName: cafe.name, email })
  if (weak !== null) return weak
  const hash = await hashPassword(context.random, password)
  return { pinHash, password: { hash, email: person.email === null ? email : null } }
}

async function signIn(visit: Visit, person: Person): Promise<void> {
  const { who, request, address, nowMs } = visit
  const session = who.sessions.staff
  await endOldest(visit, person, session)
  await session.signIn(person.id)
  const facts = await session.facts()
  Object.assign(facts, { agent: agentOf(request), address, provenAtMs: nowMs })
  await commitSession(visit, session)
  visit.csrf.rotate() // forms of before are nobody's any more
}

/** Whom the link lets in; null for one that is over, another café's, or none at all. */
async function personAsked({ context, cafe, params, nowMs }: Visit): Promise<Person | null> {
  const link = readInvitationToken(params.token ?? '')
  if (link === null || link.cafeId !== cafe.id) return null
  return personInvited(context.store, { cafeId: cafe.id, id: link.id, atMs: nowMs })
}

async function renderInvitation(
  visit: Visit,
  fields: Fields | null,
  refused: Refused | null,
): Promise<string> {
  const person = await personAsked(visit)
  const frame = { ...(await staffFrameOf(visit)), path: visit.path, person: null }
  if (person === null) return linkOverPage(frame, refused ?? { reason: 'link-over' })
  return invitationPage(frame, {
    name: person.name,
    asksPassword: isManager(person.role) && !person.hasPassword,
    asksEmail: person.email === null,
    email: fields?.one('email') ?? '',
    token: visit.params.token ?? '',
    refused,
  })
}
