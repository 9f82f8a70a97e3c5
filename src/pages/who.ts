/** Who asks, besides a customer's browser: a paired device, and a person of the café who has signed in. */
import type { CookiePairs } from '../http/cookie.ts'
import type { Session } from '../http/open-session.ts'
import {
  type Device,
  isDeviceLive,
  judgeSecret,
  nextSecret,
  PERSON_AT_DEVICE_MS,
  secretHashOf,
} from '../rules/device.ts'
import type { Actor } from '../rules/entry.ts'
import { isManager, type Role } from '../rules/role.ts'
import type { Cafe } from '../store/cafes.ts'
import type { PageContext } from './context.ts'
import type { DeviceCookie } from './device-cookie.ts'
import type { SessionFacts } from './people-sessions.ts'

export interface Who {
  readonly device: Device | null
  readonly person: SignedIn | null
  readonly sessions: { readonly owner: Session<SessionFacts>; readonly staff: Session<SessionFacts> }
}

export interface SignedIn {
  readonly id: string
  readonly role: Role
  readonly name: string
  /** By their own sign-in, by an invitation on their own phone, or by a PIN at the counter. */
  readonly via: 'owner-session' | 'staff-session' | 'device'
  /** When they last proved who they are. */
  readonly provenAtMs: number
}

interface Asked {
  readonly context: PageContext
  readonly cafe: Cafe
  readonly pairs: CookiePairs
  readonly nowMs: number
  readonly address: string
  readonly setCookies: string[]
}

const NOTE_USE_EVERY_MS = 60 * 60 * 1000 // the list of devices says "last seen"; an hour is near enough

export async function findWho(asked: Asked): Promise<Who> {
  const { owner, staff } = asked.context.peopleSessions(asked.cafe)
  const sessions = { owner: owner.open(asked.pairs), staff: staff.open(asked.pairs) }
  const shown = asked.context.deviceCookies(asked.cafe.slug).read(asked.pairs)
  const device = shown && (await findDevice(asked, shown))
  return { device, person: await findPerson(asked, device, sessions, { isUse: true }), sessions }
}

/**
 * Who they are now, for a page that has stayed open: its device by id, as the secret that the page was asked with is shown by nobody any more
 * a day later but by a copy. Looking is not using: an idle session ends all the same.
 */
export async function findWhoNow(asked: Asked, { device: seen }: Pick<Who, 'device'>): Promise<Who> {
  const { owner, staff } = asked.context.peopleSessions(asked.cafe)
  const sessions = { owner: owner.open(asked.pairs), staff: staff.open(asked.pairs) }
  const found = seen && (await asked.context.store.devices.find(asked.cafe.id, seen.id))
  const device = found !== null && isDeviceLive(found, asked.nowMs) ? found : null
  return { device, person: await findPerson(asked, device, sessions, { isUse: false }), sessions }
}

/** Who makes a change at a staff screen or a kiosk; null where nobody has signed in. */
export function actorOf(cafe: Cafe, { device, person }: Who): Actor | null {
  const place = device && { id: device.id, branchId: device.branchId }
  if (person !== null)
    return {
      kind: 'staff',
      cafeId: cafe.id,
      person: { id: person.id, role: person.role },
      device: person.via === 'device' ? place : null,
    }
  return device?.kind === 'kiosk' && place !== null ? { kind: 'kiosk', cafeId: cafe.id, device: place } : null
}

async function findDevice(asked: Asked, shown: DeviceCookie): Promise<Device | null> {
  const { context, cafe, nowMs, address } = asked
  const device = await context.store.devices.findPaired(cafe.id, shown.deviceId)
  if (device === null || !isDeviceLive(device, nowMs)) return null
  const verdict = judgeSecret(device.secrets, shown, [context.keys.current, ...context.keys.fallbacks], nowMs)
  if (verdict.kind === 'wrong') return null
  if (verdict.kind === 'copied') {
    await endCopied(asked, device)
    return null
  }
  if (verdict.kind === 'rolled') {
    const change = { from: device.secrets.current, to: secretHashOf(shown.secret), atMs: nowMs }
    await context.store.transaction(cafe.id, (tx) => tx.devices.roll(cafe.id, device.id, change))
  } else if (verdict.isRollDue) {
    const secret = nextSecret(context.keys.current, device.id, device.secrets.current)
    asked.setCookies.push(context.deviceCookies(cafe.slug).write({ deviceId: device.id, secret }))
  }
  if (nowMs - (device.usedAtMs ?? 0) > NOTE_USE_EVERY_MS || device.address !== address)
    await context.store.transaction(cafe.id, (tx) => tx.devices.noteUse(cafe.id, device.id, nowMs, address))
  return device
}

/** Two hold what one was given, and nobody knows which is the tablet: neither goes on (safety.md F8). */
async function endCopied({ context, cafe, nowMs, address }: Asked, device: Device): Promise<void> {
  await context.store.transaction(cafe.id, async (tx) => {
    if (!(await tx.devices.revoke(cafe.id, device.id, nowMs))) return
    await tx.audits.append(cafe.id, {
      atMs: nowMs,
      actor: device.kind,
      personId: null,
      deviceId: device.id,
      address,
      act: 'device-copied',
      subject: device.id,
      facts: {},
    })
    tx.tell(cafe.id, 'devices')
  })
  context.log.warn({ event: 'device-copied', device: device.id, address }, 'a copied device was ended')
}

async function findPerson(
  asked: Asked,
  device: Device | null,
  sessions: Who['sessions'],
  how: { readonly isUse: boolean },
): Promise<SignedIn | null> {
  if (device?.kind === 'kiosk') return null // it faces customers, whoever has signed in on it
  const owner = await inSession(asked, sessions.owner, 'owner-session', how)
  if (owner !== null && isManager(owner.role)) return owner
  if (device !== null) return atDevice(asked, device)
  return inSession(asked, sessions.staff, 'staff-session', how)
}

async function inSession(
  asked: Asked,
  session: Session<SessionFacts>,
  via: 'owner-session' | 'staff-session',
  { isUse }: { readonly isUse: boolean },
): Promise<SignedIn | null> {
  const id = await session.subject()
  if (id === null) return null
  const ok = !isUse || (await session.commit()).ok // notes the use
  const person = ok ? await findActive(asked, id) : null
  return person && { ...person, via, provenAtMs: (await session.facts()).provenAtMs }
}

async function atDevice(asked: Asked, { personId, personAtMs }: Device): Promise<SignedIn | null> {
  if (personId === null || personAtMs === null || asked.nowMs - personAtMs > PERSON_AT_DEVICE_MS) return null
  const person = await findActive(asked, personId)
  return person && { ...person, via: 'device', provenAtMs: personAtMs }
}

async function findActive(
  { context, cafe }: Asked,
  id: string,
): Promise<Pick<SignedIn, 'id' | 'role' | 'name'> | null> {
  const person = await context.store.people.find(cafe.id, id)
  if (person === null || person.disabledAtMs !== null) return null
  return { id: person.id, role: person.role, name: person.name }
}
