// One request for every route that takes a POST, such as the pages send: with somebody who may, real ids and sound fields. What is refused
// of it in a test is refused for what the test has changed.
import { systemRandom } from '../../src/clock.ts'
import { routes } from '../../src/routes.ts'
import { addEmployee, signedIn } from '../counter-people.ts'
import { everyRoute } from '../every-route.ts'
import type { Shop } from '../shop.ts'
import { ownerLink } from '../sign-in.ts'
import type { Visitor } from '../visitor.ts'
import { type BusyShop, busyShop, type IdName, PASSWORD } from './busy-shop.ts'

export interface Post {
  readonly name: string
  readonly path: string
  readonly visitor: Visitor
  readonly fields: Readonly<Record<string, string>>
  /** What the page answers when nothing is wrong. */
  readonly done: number
}

type Sketch = readonly [visitor: Visitor, fields: Record<string, string>, done?: number, id?: string]

const PIN = '582903'
/** What only an authenticator can answer, which is refused for being wrong and for nothing else. */
const NO_PASSKEY = { challenge: 'A'.repeat(43), passkey: '{}' }

export async function everyPost(shop: Shop): Promise<readonly Post[]> {
  const rival = await busyShop(shop, 'rival')
  const here = await busyShop(shop)
  const sketches: Record<string, Sketch> = {
    ...(await customersPosts(here)),
    ...(await counterPosts(here)),
    ...(await ownersPosts(here)),
    ...(await accountPosts(here)),
    setup: [await atLink(shop, rival), { password: 'seven quiet lanterns' }],
  }
  return everyRoute
    .filter(([, { methods }]) => methods.includes('POST'))
    .map(([name, { pattern }]) => {
      const sketch = sketches[name]
      if (sketch === undefined) throw new Error(`${name} takes a POST that no test sends`)
      const [visitor, fields, done = 303, id] = sketch
      return { name, visitor, fields, done, path: pathOf(pattern, here, name, id) }
    })
}

async function customersPosts({ visitors, stamped, ids }: BusyShop): Promise<Record<string, Sketch>> {
  const { stranger, customer } = visitors
  await stamped('010-7000-0001', 9)
  return {
    card: [stranger(), { phone: '010-7000-0100' }],
    free: [customer, {}],
    forget: [customer, {}],
    claim: [stranger(), {}, 303, ids.token],
    browserRemoval: [customer, {}],
    copyNotice: [customer, {}],
    preferences: [stranger(), { language: 'en', next: '/cafe/' }],
  }
}

async function counterPosts(busy: BusyShop): Promise<Record<string, Sketch>> {
  const { visitors, staff, pairing, stamped, ids } = busy
  const { stranger, kiosk, counter, pin, phone } = visitors
  const [full, left] = [await stamped('010-7000-0005', 9), await stamped('010-7000-0006', 1)]
  await stamped('010-7000-0005', 9)
  return {
    'kiosk.pairing': [stranger(), { code: (await pairing('kiosk')).code }],
    'kiosk.stamps': [kiosk, { phone: '010-7000-0200' }],
    'kiosk.settings': [kiosk, { language: 'en' }],
    'staff.pairing': [stranger(), { code: (await pairing('counter')).code }],
    'staff.pin': [counter, { person: staff[0].id, pin: staff[0].pin ?? '' }],
    'staff.signOut': [phone, {}],
    'staff.invitation': [stranger(), { pin: PIN }, 303, ids.invitation],
    'staff.searches': [pin, { query: '0002' }, 200],
    'staff.stamps': [pin, { phone: '010-7000-0300', stamps: '2' }],
    'staff.cardStamps': [pin, { stamps: '3', over_limit: 'yes' }],
    'staff.redemptions': [pin, {}, 303, full.cardId],
    'staff.claims': [pin, {}],
    'staff.voids': [visitors.manager, { reason: 'a slip' }],
    'staff.moves': [pin, { phone: '010-7000-0400' }, 303, left.entryId],
    'staff.nods': [pin, {}],
    'staff.decisions': [pin, { decision: 'refuse' }],
  }
}

async function ownersPosts({ visitors, branch, pairing, ids }: BusyShop): Promise<Record<string, Sketch>> {
  const { owner, manager } = visitors
  const programme = { name: '온기', language: 'ko', reward: '', cost: '8', mode: 'self', kiosk: 'yes' }
  return {
    'owner.programme': [manager, programme],
    'owner.limits': [owner, { gap: '60', visits: '5', atOnce: '9' }],
    'owner.devices': [manager, { branch: branch.id, kind: 'kiosk', name: 'window' }],
    'owner.deviceCode': [manager, {}, 303, (await pairing('kiosk')).id],
    'owner.deviceRevocation': [manager, {}],
    'owner.deviceWaitEnd': [manager, {}, 303, (await pairing('counter')).id],
    'owner.branches': [owner, { name: '서울숲점' }],
    'owner.staff': [manager, { name: '하나', role: 'staff', email: '' }],
    'owner.person': [manager, { name: '지우야', role: 'staff', email: '' }],
    'owner.personPin': [manager, { pin: PIN }],
    'owner.personInvitation': [manager, { purpose: 'phone' }, 200],
    'owner.personEnd': [manager, { state: 'gone' }],
    'owner.customers': [manager, { query: '0002' }, 200],
    'owner.number': [owner, {}, 200, ids.card],
  }
}

/** Who changes how they sign in is each somebody else, as it signs them out elsewhere. */
async function accountPosts({ shop, visitors, owner }: BusyShop): Promise<Record<string, Sketch>> {
  const { stranger } = visitors
  const another = async (name: string) =>
    signedIn(shop, await addEmployee(shop, { role: 'manager', name, pin: null }))
  return {
    'owner.signIn': [stranger(), { email: 'owner@ongi.example', password: PASSWORD, next: '' }],
    'owner.secondFactor': [stranger(), { code: '000000' }, 401],
    'owner.passkeySignIn': [stranger(), { ...NO_PASSKEY, next: '' }, 401],
    'owner.signOut': [await signedIn(shop, owner), {}],
    'owner.reauthentication': [await signedIn(shop, owner), { password: PASSWORD, next: '' }],
    'owner.password': [await another('A'), { password: 'seven quiet lanterns' }],
    'owner.totp': [visitors.owner, { code: '000000', secret: 'none' }, 401],
    'owner.totpRemoval': [await another('B'), {}],
    'owner.passkeys': [visitors.owner, { ...NO_PASSKEY, name: 'phone' }, 401],
    'owner.passkeyRemoval': [visitors.owner, {}],
    'owner.sessionEnd': [visitors.owner, {}],
    'owner.sessionsEnd': [await another('C'), {}],
  }
}

/** A browser that has followed an owner's link. */
async function atLink(shop: Shop, { slug, owner }: BusyShop): Promise<Visitor> {
  const visitor = shop.visitor()
  await visitor.get(await ownerLink(shop, slug, owner.id))
  return visitor
}

function pathOf(pattern: string, { slug, ids }: BusyShop, name: string, id?: string): string {
  return pattern.replace(/:(\w+)/g, (_, part: string) => {
    if (part === 'cafe') return slug
    const known = id ?? ids[part as IdName]
    if (known === undefined) throw new Error(`${name}: no test has a ${part}`)
    return encodeURIComponent(known)
  })
}

/** A token that this browser's pages hold, and a key that no form had before. */
export async function freshForm(visitor: Visitor): Promise<Record<string, string>> {
  const { text } = await visitor.get(routes.home.href({}))
  return {
    csrf_token: tokenIn(text) ?? tokenIn((await visitor.get('/rival/')).text) ?? '',
    idempotency_key: newKey(),
  }
}

export function newKey(): string {
  return Buffer.from(systemRandom.bytes(24)).toString('base64url')
}

function tokenIn(page: string): string | undefined {
  return page.match(/name="csrf_token" value="([^"]+)"/)?.[1]
}
