/** What the page of one's own account shows, read from the store. */

import type { SessionRow } from '../../http/session-store.ts'
import { routes } from '../../routes.ts'
import type { Person } from '../../store/people.ts'
import type { Refused } from '../../ui/refusal.ts'
import { clockIn, dayOrTime } from '../../ui/when.ts'
import { wordsIn } from '../../ui/words/words.ts'
import type { Visit } from '../visit.ts'
import { deviceOf } from './device-of.ts'
import { ownerFrameOf } from './owner-frame.ts'
import { passkeyOffer } from './passkey-ask.ts'
import { needsReauthentication } from './proven.ts'
import { type SessionShown, securityPage } from './security-page.ts'

/** Which form a refusal is about. */
export type SecurityForm = 'password' | 'passkey' | 'other'

export async function renderSecurity(
  visit: Visit,
  {
    refused = null,
    form = 'other',
    name = '',
  }: { refused?: Refused | null; form?: SecurityForm; name?: string } = {},
): Promise<string> {
  const { cafe, context, who, nowMs } = visit
  const person = await personHere(visit)
  const frame = await ownerFrameOf(visit, routes.owner.security.href({ cafe: cafe.slug }))
  const clock = clockIn({ words: wordsIn(frame.language), timeZone: cafe.timeZone, nowMs })
  const rows = await context.store.sessions.ofSubject(cafe.id, person.id, nowMs)
  const passkeys = await context.store.passkeys.ofPerson(cafe.id, person.id)
  const ownId = await who.sessions.owner.id()
  return securityPage(frame, {
    sessions: rows.map((row) => shownSession(row, { ownId, seen: dayOrTime(clock, row.usedAtMs) })),
    passkeys: passkeys.map(({ id, name, usedAtMs }) => ({
      id,
      name,
      used: usedAtMs === null ? null : dayOrTime(clock, usedAtMs),
    })),
    offer: await passkeyOffer(visit, person, passkeys),
    hasPassword: person.hasPassword,
    hasTotp: person.hasTotp,
    isProven: !needsReauthentication(visit),
    refused,
    form,
    name,
  })
}

/** Who has signed in, as the store has them. */
export async function personHere({ context, cafe, who }: Visit): Promise<Person> {
  const person = who.person && (await context.store.people.find(cafe.id, who.person.id))
  if (person === null) throw new Error('only a person who has signed in gets this far')
  return person
}

function shownSession(
  row: SessionRow,
  { ownId, seen }: { ownId: string | null; seen: string },
): SessionShown {
  const facts = JSON.parse(row.facts) as { agent?: string; address?: string; kind?: string }
  return {
    id: row.id,
    device: deviceOf(facts.agent ?? ''),
    address: facts.address ?? '',
    seen,
    isThis: row.id === ownId,
    isStaffScreen: facts.kind === 'staff',
  }
}
