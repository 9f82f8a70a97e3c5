/** The people of a café: added, changed, and ended when they leave. Everybody's door asks `mayManage` of the person as they are now. */
import { mayManage, type Role } from '../rules/role.ts'
import type { NewPerson, Person } from '../store/people.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'

export type PersonRefusal = 'not-found' | 'not-allowed' | 'last-owner' | 'email-taken'

/** Whom it is about, and who asks for it. */
export interface PersonAsk {
  readonly cafeId: number
  readonly personId: string
  readonly by: { readonly id: string; readonly role: Role }
  readonly atMs: number
}

/** @param pinHash of a PIN that was judged good; null: they have none yet */
export async function addPerson(
  tx: Tx,
  cafeId: number,
  person: NewPerson,
  pinHash: string | null = null,
): Promise<Outcome<'email-taken'>> {
  if (!(await tx.people.add(cafeId, person))) return { ok: false, reason: 'email-taken' }
  if (pinHash !== null) await tx.people.setPin(cafeId, person.id, pinHash)
  await tx.tell(cafeId, 'people')
  return doneAt(person.createdAtMs)
}

export function changePerson(
  tx: Tx,
  ask: PersonAsk,
  change: Pick<Person, 'name' | 'role' | 'email'>,
): Promise<Outcome<PersonRefusal>> {
  return about(tx, ask, async (person) => {
    if (!mayManage(ask.by.role, change.role) && change.role !== person.role) return 'not-allowed'
    if (change.role !== 'owner' && (await isLastOwner(tx, person))) return 'last-owner'
    const { cafeId, personId } = ask
    const isFree = change.email === null || (await tx.people.setEmail(cafeId, personId, change.email))
    if (!isFree) return 'email-taken'
    await tx.people.rename(cafeId, personId, change.name)
    await tx.people.setRole(cafeId, personId, change.role)
    return null
  })
}

/** Everybody may change their own. @param hash of a PIN that was judged good */
export function changePin(tx: Tx, ask: PersonAsk, hash: string): Promise<Outcome<PersonRefusal>> {
  const asOwn = ask.by.id === ask.personId ? { ...ask, by: { ...ask.by, role: 'owner' as const } } : ask
  return about(tx, asOwn, async () => {
    await tx.people.setPin(ask.cafeId, ask.personId, hash)
    return null
  })
}

/** They may do nothing any more, at no device; the lines that name them stay. */
export function disablePerson(tx: Tx, ask: PersonAsk): Promise<Outcome<PersonRefusal>> {
  return about(tx, ask, async (person) => {
    if (await isLastOwner(tx, person)) return 'last-owner'
    await tx.people.disable(ask.cafeId, ask.personId, ask.atMs)
    await tx.devices.endPerson(ask.cafeId, ask.personId)
    await tx.invitations.dropOpen(ask.cafeId, 'staff', ask.personId)
    await tx.invitations.dropOpen(ask.cafeId, 'reset', ask.personId)
    return null
  })
}

export function enablePerson(tx: Tx, ask: PersonAsk): Promise<Outcome<PersonRefusal>> {
  return about(tx, ask, async () => {
    await tx.people.enable(ask.cafeId, ask.personId)
    return null
  })
}

async function about(
  tx: Tx,
  { cafeId, personId, by, atMs }: PersonAsk,
  work: (person: Person) => Promise<PersonRefusal | null>,
): Promise<Outcome<PersonRefusal>> {
  const person = await tx.people.find(cafeId, personId)
  if (person === null) return { ok: false, reason: 'not-found' }
  if (!mayManage(by.role, person.role)) return { ok: false, reason: 'not-allowed' }
  const refusal = await work(person)
  if (refusal !== null) return { ok: false, reason: refusal }
  await tx.tell(cafeId, 'people')
  return doneAt(atMs)
}

async function isLastOwner(tx: Tx, { cafeId, id, role }: Person): Promise<boolean> {
  if (role !== 'owner') return false
  const others = (await tx.people.list(cafeId)).filter((one) => one.role === 'owner' && one.id !== id)
  return others.every(({ disabledAtMs }) => disabledAtMs !== null)
}
