/** `/cafe/owner/staff/<person>/`: changed, given a PIN or a link, ended, and taken back. */
import type { Outcome } from '../../commands/answer-once.ts'
import {
  changePerson,
  changePin,
  disablePerson,
  enablePerson,
  type PersonAsk,
  type PersonRefusal,
} from '../../commands/change-person.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import type { Act, Facts } from '../../rules/audit.ts'
import { mayManage } from '../../rules/role.ts'
import { judgePin } from '../../sign-in/pin-rules.ts'
import type { Person } from '../../store/people.ts'
import type { Tx } from '../../store/store.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeAudited } from '../audited.ts'
import type { Declined, Door } from '../door.ts'
import { pathId } from '../path-id.ts'
import { replyPage, replyRefusal } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { ownerFrameOf } from './owner-frame.ts'
import { askerOf, PERSON_FIELDS, readPerson, renderPeople, rolesFor, valuesOf } from './people.ts'
import type { PersonValues } from './people-page.ts'
import { personPage, type ShownLink } from './person-page.ts'
import { settle } from './settle.ts'

type Answered = Promise<Response | Refusal | Declined>

export const personDoor: Door = {
  async get(visit) {
    const person = await personAsked(visit)
    return person instanceof Response ? person : replyPage(visit, 200, await renderPerson(visit, person))
  },
  post: {
    fields: PERSON_FIELDS,
    change,
    again: (visit, fields, refused) => again(visit, refused, valuesOf(fields)),
  },
}

export const personPinDoor: Door = {
  post: { fields: ['pin'], change: setPin, again: (visit, _fields, refused) => again(visit, refused) },
}

export const personEndDoor: Door = {
  post: {
    fields: ['state'],
    change: endOrTakeBack,
    again: (visit, _fields, refused) => again(visit, refused),
  },
}

async function change(visit: Visit, fields: Fields): Answered {
  const person = await personAsked(visit)
  if (person instanceof Response) return person
  const read = readPerson(fields, rolesFor(askerOf(visit).role, person))
  if (!read.ok) return read.reason
  const facts = { roleBefore: person.role, role: read.person.role }
  const outcome = await changeOne(visit, fields, person, { act: 'person-changed', facts }, (tx, ask) =>
    changePerson(tx, ask, read.person),
  )
  if (outcome.ok && read.person.role !== person.role) await endSessions(visit, person)
  return settle(visit, outcome, { path: pathOf(visit, person), done: 'saved' })
}

async function setPin(visit: Visit, fields: Fields): Answered {
  const person = await personAsked(visit)
  if (person instanceof Response) return person
  const pin = fields.one('pin') ?? ''
  const fault = judgePin(pin)
  if (fault !== null) return fault
  const hash = await visit.context.pins.hash(pin)
  const outcome = await changeOne(
    visit,
    withoutSecrets(fields, ['pin']),
    person,
    { act: 'pin-changed' },
    (tx, ask) => changePin(tx, ask, hash),
  )
  return settle(visit, outcome, { path: pathOf(visit, person), done: 'pin-set' })
}

async function endOrTakeBack(visit: Visit, fields: Fields): Answered {
  const person = await personAsked(visit)
  if (person instanceof Response) return person
  const state = fields.one('state')
  if (state !== 'gone' && state !== 'here') return 'field-invalid'
  const isEnd = state === 'gone'
  const act = isEnd ? 'person-disabled' : 'person-enabled'
  const outcome = await changeOne(visit, fields, person, { act }, isEnd ? disablePerson : enablePerson)
  if (outcome.ok && isEnd) await endSessions(visit, person)
  return settle(visit, outcome, { path: pathOf(visit, person), done: isEnd ? 'person-ended' : 'person-back' })
}

function changeOne(
  visit: Visit,
  fields: Fields,
  person: Person,
  done: { readonly act: Act; readonly facts?: Facts },
  work: (tx: Tx, ask: PersonAsk) => Promise<Outcome<PersonRefusal>>,
): Promise<Outcome<PersonRefusal | 'key-reused'>> {
  const ask = { cafeId: visit.cafe.id, personId: person.id, by: askerOf(visit), atMs: visit.nowMs }
  return changeAudited(visit, fields, { ...done, subject: person.id }, (tx) => work(tx, ask))
}

/** Already refused by who they are now; the rows go too, so that no list shows them. */
async function endSessions({ context, cafe }: Visit, { id }: Person): Promise<void> {
  const sessions = context.peopleSessions(cafe)
  await sessions.owner.endAllOf(id)
  await sessions.staff.endAllOf(id)
}

/** The person that the path names, or the answer to whoever asks for nobody, or for somebody who is not theirs to change. */
export async function personAsked(visit: Visit): Promise<Person | Response> {
  const person = await findAsked(visit)
  return typeof person === 'string' ? replyRefusal(visit, person) : person
}

async function findAsked(visit: Visit): Promise<Person | 'not-found' | 'not-allowed'> {
  const id = pathId(visit, 'person')
  const person = id && (await visit.context.store.people.find(visit.cafe.id, id))
  if (!person) return 'not-found'
  const asker = askerOf(visit)
  return mayManage(asker.role, person.role) || person.id === asker.id ? person : 'not-allowed'
}

export const pathOf = ({ cafe }: Visit, { id }: Pick<Person, 'id'>) =>
  routes.owner.person.href({ cafe: cafe.slug, person: id })

/** The person's page with the refusal; everybody's, where there is no such person, or none of theirs to change. */
export async function again(visit: Visit, refused: Refused, filled?: PersonValues): Promise<string> {
  const person = await findAsked(visit)
  if (typeof person === 'string') return renderPeople(visit, null, refused)
  return renderPerson(visit, person, { refused, ...(filled && { filled }) })
}

export async function renderPerson(
  visit: Visit,
  person: Person,
  more: { refused?: Refused; filled?: PersonValues; link?: ShownLink } = {},
): Promise<string> {
  const asker = askerOf(visit)
  const { id, name, role, email, disabledAtMs } = person
  const frame = await ownerFrameOf(visit, pathOf(visit, person))
  return personPage(frame, {
    id,
    name,
    isGone: disabledAtMs !== null,
    values: more.filled ?? { name, role, email: email ?? '' },
    roles: mayManage(asker.role, role) ? rolesFor(asker.role, person) : [],
    mayHavePassword: asker.role === 'owner' && asker.id !== id && role !== 'staff' && email !== null,
    refused: more.refused ?? null,
    link: more.link ?? null,
  })
}
