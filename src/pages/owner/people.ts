/** `/cafe/owner/staff/`: who works here, and one more. */
import { addPerson } from '../../commands/change-person.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { parseEmail } from '../../rules/email.ts'
import { readName } from '../../rules/name.ts'
import { mayManage, ROLES, type Role } from '../../rules/role.ts'
import { judgePin } from '../../sign-in/pin-rules.ts'
import type { Person } from '../../store/people.ts'
import { clockOf } from '../../ui/card.ts'
import type { Refused } from '../../ui/refusal.ts'
import { dayOrTime } from '../../ui/when.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeAudited } from '../audited.ts'
import type { Declined, Door } from '../door.ts'
import { replyPage } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { ownerFrameOf } from './owner-frame.ts'
import { type PersonValues, peoplePage } from './people-page.ts'
import { settle } from './settle.ts'

export const PERSON_FIELDS = ['name', 'role', 'email'] as const

export const peopleDoor: Door = {
  get: async (visit) => replyPage(visit, 200, await renderPeople(visit, null, null)),
  post: {
    fields: [...PERSON_FIELDS, 'pin'],
    change: add,
    again: (visit, fields, refused) => renderPeople(visit, valuesOf(fields), refused),
  },
}

/** Everybody who gets this far is a manager or the owner. */
export function askerOf({ who }: Visit): { readonly id: string; readonly role: Role } {
  if (who.person === null) throw new Error('only a person who has signed in gets this far')
  return who.person
}

/** Whom they may make of somebody: nobody more than they may manage, and an owner only of one who is there. */
export function rolesFor(asker: Role, person: Pick<Person, 'role'> | null): readonly Role[] {
  const roles = ROLES.filter((role) => mayManage(asker, role))
  return person === null ? roles.filter((role) => role !== 'owner') : roles
}

export function readPerson(
  fields: Fields,
  roles: readonly Role[],
): { ok: true; person: Pick<Person, 'name' | 'role' | 'email'> } | { ok: false; reason: Refusal } {
  const name = readName(fields.one('name'))
  const role = roles.find((one) => one === fields.one('role'))
  const typed = fields.one('email')?.trim() ?? ''
  const email = typed === '' ? null : parseEmail(typed)
  if (name === null) return { ok: false, reason: 'name-missing' }
  if (role === undefined) return { ok: false, reason: 'field-invalid' }
  if (email === null && typed !== '') return { ok: false, reason: 'email-invalid' }
  return { ok: true, person: { name, role, email } }
}

export function valuesOf(fields: Fields): PersonValues {
  const text = (name: string) => fields.one(name) ?? ''
  return { name: text('name'), role: text('role'), email: text('email') }
}

async function add(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, nowMs } = visit
  const read = readPerson(fields, rolesFor(askerOf(visit).role, null))
  if (!read.ok) return read.reason
  const pin = fields.one('pin') || null
  const fault = pin && judgePin(pin)
  if (fault) return fault
  const pinHash = pin && (await context.pins.hash(pin))
  const id = context.random.uuid()
  const person = { ...read.person, id, passwordHash: null, createdAtMs: nowMs }
  const facts = { role: person.role, ...(pin && { withPin: 1 }) }
  const outcome = await changeAudited(
    visit,
    withoutSecrets(fields, ['pin']),
    { act: 'person-added', subject: id, facts },
    (tx) => addPerson(tx, cafe.id, person, pinHash),
  )
  const path = routes.owner.staff.href({ cafe: cafe.slug })
  return settle(visit, outcome, { path, done: pin ? 'person-ready' : 'person-added' })
}

export async function renderPeople(
  visit: Visit,
  filled: PersonValues | null,
  refused: Refused | null,
): Promise<string> {
  const { cafe, context } = visit
  const asker = askerOf(visit)
  const frame = await ownerFrameOf(visit, routes.owner.staff.href({ cafe: cafe.slug }))
  const people = await context.store.people.list(cafe.id)
  const devices = await context.store.devices.list(cafe.id)
  const shown = people.map(async ({ id, name, role, hasPin, disabledAtMs }) => {
    const [session] = await context.store.sessions.ofSubject(cafe.id, id, visit.nowMs)
    const atDevices = devices.filter(({ personId }) => personId === id).map((one) => one.personAtMs ?? 0)
    const seenAtMs = Math.max(0, session?.usedAtMs ?? 0, ...atDevices)
    return {
      id,
      name,
      role,
      hasPin,
      seen: seenAtMs === 0 ? null : dayOrTime(clockOf(frame), seenAtMs),
      isGone: disabledAtMs !== null,
      mayChange: mayManage(asker.role, role) || id === asker.id,
    }
  })
  return peoplePage(frame, {
    people: await Promise.all(shown),
    roles: rolesFor(asker.role, null),
    refused,
    filled,
  })
}
