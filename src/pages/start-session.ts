/** The moment somebody of the café is in: a new session under a new id, the oldest ended where there are too many. */

import type { Session } from '../http/open-session.ts'
import { routes } from '../routes.ts'
import type { NewAudit } from '../rules/audit.ts'
import type { Passkey } from '../store/passkeys.ts'
import type { Person } from '../store/people.ts'
import { sessionStoreOf } from '../store/sessions.ts'
import { rememberPerson } from './known-browser.ts'
import type { SessionFacts } from './people-sessions.ts'
import { replySeeOther } from './reply.ts'
import type { Visit } from './visit.ts'

const SESSIONS_MAX = 10 // of one person at a time (safety.md S27)
const AGENT_LENGTH_MAX = 300 // enough to tell devices apart

/** After the right password: in, or on to the second factor where they have one. @returns the answer */
export async function afterPassword(visit: Visit, person: Person, next: string): Promise<Response> {
  const { context, cafe, nowMs } = visit
  const passkeys = await context.store.passkeys.ofPerson(cafe.id, person.id)
  if (!hasSecondFactor(person, passkeys)) {
    await startSession(visit, person, { isStrong: false })
    return replySeeOther(visit, next)
  }
  const session = visit.who.sessions.owner
  if ((await session.subject()) !== null) await session.end()
  await session.rotate() // one planted before must not become the one that only a code is missing from
  Object.assign(await session.facts(), { awaits: { personId: person.id, atMs: nowMs, next } })
  await commitSession(visit, session)
  return replySeeOther(visit, routes.owner.secondFactor.href({ cafe: cafe.slug }))
}

export function hasSecondFactor(person: Pick<Person, 'hasTotp'>, passkeys: readonly Passkey[]): boolean {
  return person.hasTotp || passkeys.length > 0
}

/** @param isStrong whether a second factor was part of it */
export async function startSession(
  visit: Visit,
  person: Person,
  { isStrong }: { readonly isStrong: boolean },
): Promise<void> {
  const { context, cafe, csrf, nowMs, request, address, who } = visit
  const session = who.sessions.owner
  await endOldest(visit, person, session)
  await session.signIn(person.id)
  const facts = await session.facts()
  Object.assign(facts, { agent: agentOf(request), address, provenAtMs: nowMs, isStrong })
  delete facts.awaits
  await commitSession(visit, session)
  csrf.rotate()
  rememberPerson(visit, person.id)
  const line = personLine(visit, person, 'sign-in', { strong: isStrong ? 1 : 0 })
  await context.store.transaction(cafe.id, (tx) => tx.audits.append(cafe.id, line))
  context.log.info({ event: 'sign-in', person: person.id, address }, 'somebody of the café signed in')
}

/** What the browser says it is, for the list of sessions. */
export function agentOf(request: Request): string {
  return (request.headers.get('user-agent') ?? '').slice(0, AGENT_LENGTH_MAX).toWellFormed()
}

/** Keeps what this request made of a session, and sends its cookie on. */
export async function commitSession({ setCookies }: Visit, session: Session<SessionFacts>): Promise<void> {
  const { setCookie } = await session.commit()
  if (setCookie !== null) setCookies.push(setCookie)
}

/** A line about somebody who, as the request came, was still nobody. */
export function personLine(
  { nowMs, address, who }: Visit,
  person: Pick<Person, 'id' | 'role'>,
  act: NewAudit['act'],
  facts: NewAudit['facts'] = {},
): NewAudit {
  const by = { actor: person.role, personId: person.id, deviceId: who.device?.id ?? null, address }
  return { ...by, atMs: nowMs, act, subject: person.id, facts }
}

export async function endOldest(visit: Visit, person: Person, session: Session<SessionFacts>): Promise<void> {
  const { context, cafe, nowMs } = visit
  const own = await session.id()
  const others = (await context.store.sessions.ofSubject(cafe.id, person.id, nowMs))
    .filter(({ id }) => id !== own)
    .sort((one, other) => other.createdAtMs - one.createdAtMs)
  const ended = others.slice(SESSIONS_MAX - 1)
  if (ended.length === 0) return
  for (const { id } of ended) await sessionStoreOf(context.store, cafe.id).change({ id }, () => null)
  const line = personLine(visit, person, 'session-ended', { tooMany: ended.length })
  await context.store.transaction(cafe.id, async (tx) => {
    await tx.audits.append(cafe.id, line)
    await tx.tell(cafe.id, 'people')
  })
  context.log.info({ event: 'session-ended', person: person.id, why: 'too-many' }, 'the oldest session ended')
}
