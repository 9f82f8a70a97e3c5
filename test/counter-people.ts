// The people and tablets of a shop that was set up: each with a browser of theirs, signed in by the store and not by the pages.
import { systemRandom } from '../src/clock.ts'
import { createDeviceCookies } from '../src/pages/device-cookie.ts'
import { createPeopleSessions } from '../src/pages/people-sessions.ts'
import { type DeviceKind, PAIRING_MS, pairingHashOf, secretHashOf } from '../src/rules/device.ts'
import type { Mode } from '../src/rules/mode.ts'
import type { Role } from '../src/rules/role.ts'
import { createPins } from '../src/sign-in/pin.ts'
import type { Branch } from '../src/store/branches.ts'
import type { Cafe } from '../src/store/cafes.ts'
import type { Shop } from './shop.ts'
import type { Visitor } from './visitor.ts'

export interface Employee {
  readonly id: string
  readonly role: Role
  readonly name: string
  /** Theirs at the counter, or null. */
  readonly pin: string | null
}

export interface SetUpCafe {
  readonly cafe: Cafe
  readonly branch: Branch
  readonly owner: Employee
  readonly manager: Employee
  readonly staff: readonly [Employee, Employee]
}

export interface PairedDevice {
  readonly id: string
  readonly visitor: Visitor
}

const TEAM = [
  { role: 'owner', name: '은경', pin: null, email: 'owner@ongi.example' },
  { role: 'manager', name: '서연', pin: '703918', email: 'manager@ongi.example' },
  { role: 'staff', name: '민지', pin: '481605', email: null },
  { role: 'staff', name: '준호', pin: '927340', email: null },
] as const

/** Ends the trial: one branch, an owner, a manager and two staff, who have PINs. */
export async function setUpShop(
  shop: Shop,
  { slug = 'cafe', mode = 'counter' }: { slug?: string; mode?: Mode } = {},
): Promise<SetUpCafe> {
  const trial = await cafeOf(shop, slug)
  const branch = { id: systemRandom.uuid(), name: '성수점', createdAtMs: shop.clock.nowMs }
  await shop.store.transaction(trial.id, async (tx) => {
    await tx.cafes.update({ ...trial, mode, setUpAtMs: shop.clock.nowMs })
    await tx.branches.add(trial.id, branch)
  })
  const [owner, manager, minji, junho] = await Promise.all(TEAM.map((one) => addEmployee(shop, one, slug)))
  if (owner === undefined || manager === undefined || minji === undefined || junho === undefined)
    throw new Error('four were added')
  return { cafe: await cafeOf(shop, slug), branch, owner, manager, staff: [minji, junho] }
}

const pinHashes = new Map<string, Promise<string>>()

/** Hashed once for a key: each takes a twentieth of a second, and nearly every test has people with PINs. */
function pinHash({ keys }: Shop, pin: string): Promise<string> {
  const name = `${keys.current} ${pin}`
  const known = pinHashes.get(name) ?? createPins(systemRandom, keys).hash(pin)
  pinHashes.set(name, known)
  return known
}

/** One more person of a café. */
export async function addEmployee(
  shop: Shop,
  { role, name, pin, email = null }: Omit<Employee, 'id'> & { email?: string | null },
  slug = 'cafe',
): Promise<Employee> {
  const { id: cafeId } = await cafeOf(shop, slug)
  const id = systemRandom.uuid()
  const hash = pin === null ? null : await pinHash(shop, pin)
  await shop.store.transaction(cafeId, async (tx) => {
    const person = { id, role, name, email, passwordHash: null, createdAtMs: shop.clock.nowMs }
    await tx.people.add(cafeId, person)
    if (hash !== null) await tx.people.setPin(cafeId, id, hash)
  })
  return { id, role, name, pin }
}

/** A browser in which an owner or a manager has just signed in, or staff on their own phone. */
export async function signedIn(
  shop: Shop,
  person: Pick<Employee, 'id' | 'role'>,
  { slug = 'cafe', language = 'en' }: { slug?: string; language?: string } = {},
): Promise<Visitor> {
  const isHttps = shop.origin.startsWith('https')
  const input = { store: shop.store, clock: () => shop.clock.nowMs, random: systemRandom, isHttps }
  const sessions = createPeopleSessions(input)(await cafeOf(shop, slug))
  const session = (person.role === 'staff' ? sessions.staff : sessions.owner).open([])
  await session.signIn(person.id)
  Object.assign(await session.facts(), { provenAtMs: shop.clock.nowMs, isStrong: true })
  const { setCookie } = await session.commit()
  return withCookie(shop.visitor(language), setCookie ?? '')
}

/** A tablet that is paired, with nobody at it yet. */
export async function pairedDevice(
  shop: Shop,
  kind: DeviceKind,
  { slug = 'cafe', name = kind as string, language = 'en' } = {},
): Promise<PairedDevice> {
  const { id: cafeId } = await cafeOf(shop, slug)
  const [branch] = await shop.store.branches.list(cafeId)
  if (branch === undefined) throw new Error('the café is set up first')
  const id = systemRandom.uuid()
  const secret = Buffer.from(systemRandom.bytes(32)).toString('base64url')
  const atMs = shop.clock.nowMs
  const hash = pairingHashOf(shop.keys.current, cafeId, id)
  await shop.store.transaction(cafeId, async (tx) => {
    const device = { id, branchId: branch.id, kind, name, createdAtMs: atMs }
    await tx.devices.add(cafeId, device, { hash, expiresAtMs: atMs + PAIRING_MS })
    const paired = { pairingHash: hash, secretHash: secretHashOf(secret), atMs, address: '127.0.0.1' }
    await tx.devices.pair(cafeId, id, paired)
  })
  const cookies = createDeviceCookies({ isHttps: shop.origin.startsWith('https') })
  const line = cookies(slug).write({ deviceId: id, secret })
  return { id, visitor: withCookie(shop.visitor(language), line) }
}

/** Puts somebody at a counter device, as their PIN would. */
export async function putAt(shop: Shop, deviceId: string, personId: string | null, slug = 'cafe') {
  const { id: cafeId } = await cafeOf(shop, slug)
  await shop.store.transaction(cafeId, (tx) =>
    tx.devices.switchPerson(cafeId, deviceId, personId, shop.clock.nowMs),
  )
}

export async function cafeOf(shop: Shop, slug = 'cafe'): Promise<Cafe> {
  const cafe = await shop.store.cafes.findBySlug(slug)
  if (cafe === null) throw new Error(`there is a café ${slug}`)
  return cafe
}

function withCookie(visitor: Visitor, line: string): Visitor {
  const [pair = ''] = line.split('; ')
  const at = pair.indexOf('=')
  visitor.cookies.set(pair.slice(0, at), pair.slice(at + 1))
  return visitor
}
