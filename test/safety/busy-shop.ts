// A shop on a working day: somebody of every role, and something real behind every kind of id that an address can hold.
import { systemRandom } from '../../src/clock.ts'
import { makeClaimLink } from '../../src/commands/make-claim-link.ts'
import { newInvitation } from '../../src/commands/make-invitation.ts'
import { stampCard } from '../../src/commands/stamp-card.ts'
import { routes } from '../../src/routes.ts'
import { claimLinkId, claimTokenOf, kioskClaimToken } from '../../src/rules/claim.ts'
import { PAIRING_MS, pairingCodeOf, pairingHashOf } from '../../src/rules/device.ts'
import { parsePhone } from '../../src/rules/phone.ts'
import { hashPassword } from '../../src/sign-in/password.ts'
import { addEmployee, pairedDevice, putAt, type SetUpCafe, setUpShop, signedIn } from '../counter-people.ts'
import type { Shop } from '../shop.ts'
import { formIn, type Visitor } from '../visitor.ts'

export interface BusyShop extends SetUpCafe {
  readonly shop: Shop
  readonly slug: string
  readonly visitors: Record<
    'customer' | 'kiosk' | 'counter' | 'pin' | 'phone' | 'manager' | 'owner',
    Visitor
  > & { stranger(): Visitor }
  /** What stands in the path, by the name that routes.ts gives it. */
  readonly ids: Readonly<Record<IdName, string>>
  /** A tablet to be paired, and its six digits. */
  pairing(kind: 'kiosk' | 'counter'): Promise<{ id: string; code: string }>
  /** A card that staff have stamped. */
  stamped(phone: string, stamps: number): Promise<{ cardId: string; entryId: string }>
}

export type IdName =
  | 'card'
  | 'entry'
  | 'claim'
  | 'request'
  | 'browser'
  | 'device'
  | 'person'
  | 'passkey'
  | 'session'
  | 'token'
  | 'invitation'

export const PASSWORD = 'mellow otter pudding'

/** @param slug a café of the shop that is still on trial */
export async function busyShop(shop: Shop, slug = 'cafe'): Promise<BusyShop> {
  const set = await setUpShop(shop, { slug, mode: 'self' })
  const { id: cafeId } = set.cafe
  const { owner } = set
  const hash = await hashPassword(systemRandom, PASSWORD)
  await shop.store.transaction(cafeId, (tx) => tx.people.setPassword(cafeId, owner.id, hash))
  const visitors = await everybody(shop, slug, set)
  const base = { ...set, shop, slug, visitors }
  const stamped = (phone: string, stamps: number) => stampByStaff(base, phone, stamps)
  const pairing = (kind: 'kiosk' | 'counter') => deviceToPair(base, kind)
  return { ...base, ids: await realIds(base, stamped, pairing), pairing, stamped }
}

type Base = Pick<BusyShop, 'shop' | 'slug' | 'visitors' | keyof SetUpCafe>

async function everybody(shop: Shop, slug: string, set: SetUpCafe): Promise<BusyShop['visitors']> {
  const customer = shop.visitor()
  await customer.stamp('010-7000-0001', slug)
  const { id: cafeId } = set.cafe
  const { browserId } = await lastLine(shop, cafeId, '010-7000-0001')
  await shop.store.transaction(cafeId, (tx) =>
    tx.browsers.prove(cafeId, browserId, 'operator', shop.clock.nowMs),
  )
  const pin = await pairedDevice(shop, 'counter', { slug })
  await putAt(shop, pin.id, set.staff[0].id, slug)
  return {
    stranger: () => shop.visitor(),
    customer,
    kiosk: (await pairedDevice(shop, 'kiosk', { slug })).visitor,
    counter: (await pairedDevice(shop, 'counter', { slug })).visitor,
    pin: pin.visitor,
    phone: await signedIn(shop, set.staff[1], { slug }),
    manager: await signedIn(shop, set.manager, { slug }),
    owner: await signedIn(shop, set.owner, { slug }),
  }
}

async function realIds(
  base: Base,
  stamped: BusyShop['stamped'],
  pairing: BusyShop['pairing'],
): Promise<BusyShop['ids']> {
  const { shop, slug, visitors, owner, cafe } = base
  const asked = await secondCustomer(base)
  const { cardId, entryId } = await stamped('010-7000-0002', 9)
  const colleague = await addEmployee(shop, { role: 'staff', name: '지우', pin: null }, slug)
  const other = await signedIn(shop, owner, { slug })
  const passkey = Buffer.from(`a passkey of ${slug}`).toString('base64url')
  const added = { id: passkey, personId: owner.id, publicKey: new Uint8Array(77), counter: 0 }
  const named = { transports: ['internal'], name: 'phone', createdAtMs: shop.clock.nowMs }
  await shop.store.transaction(cafe.id, (tx) => tx.passkeys.add(cafe.id, { ...added, ...named }))
  return {
    card: cardId,
    entry: entryId,
    claim: await kioskLink(visitors.kiosk, slug),
    token: await staffLink(base, cardId),
    ...asked,
    device: (await pairing('counter')).id,
    person: colleague.id,
    passkey,
    session: (other.cookies.get(`owner_${slug}`) ?? '').split('.')[0] ?? '',
    invitation: await invitationFor(base, colleague.id),
  }
}

async function stampByStaff({ shop, cafe, staff }: Base, phone: string, stamps: number) {
  const programme = await shop.store.cafes.programmeOf(cafe.id)
  const { uuid } = systemRandom
  const newIds = { entry: uuid(), card: uuid(), browser: uuid() }
  const actor = { kind: 'staff', cafeId: cafe.id, person: staff[0], device: null } as const
  const input = { cafe, programme, browserId: null, phone: phoneOf(phone), stamps, isOverLimit: true, newIds }
  const done = await shop.store.transaction(cafe.id, (tx) =>
    stampCard(tx, actor, { ...input, atMs: shop.clock.nowMs }),
  )
  const card = await shop.store.cards.findByPhone(cafe.id, phoneOf(phone))
  if (!done.ok || card === null) throw new Error(`${phone} is stamped`)
  return { cardId: card.id, entryId: newIds.entry }
}

/** By the kiosk's own form: its key is what the link is made of. */
async function kioskLink(kiosk: Visitor, slug: string): Promise<string> {
  const home = routes.kiosk.home.href({ cafe: slug })
  const stamps = routes.kiosk.stamps.href({ cafe: slug })
  const form = formIn((await kiosk.get(home)).text, stamps)
  await kiosk.postFields(stamps, { ...form, phone: '010-7000-0003' })
  return claimLinkId(kioskClaimToken(form.idempotency_key ?? '')) ?? ''
}

async function staffLink({ shop, cafe, staff }: Base, cardId: string): Promise<string> {
  const token = claimTokenOf(systemRandom.bytes(16))
  const actor = { kind: 'staff', cafeId: cafe.id, person: staff[0], device: null } as const
  const input = { cardId, linkId: claimLinkId(token) ?? '', atMs: shop.clock.nowMs }
  await shop.store.transaction(cafe.id, (tx) => makeClaimLink(tx, actor, input))
  return token
}

/** Another phone of the proven customer's, and its wish for a stamp. */
async function secondCustomer({ shop, cafe, slug }: Base): Promise<{ request: string; browser: string }> {
  shop.clock.nowMs += 3 * 60_000
  await shop.visitor().stamp('010-7000-0001', slug)
  const { card, browserId: browser } = await lastLine(shop, cafe.id, '010-7000-0001')
  const request = systemRandom.uuid()
  const times = { createdAtMs: shop.clock.nowMs, expiresAtMs: shop.clock.nowMs + 120_000 }
  const undecided = { decision: null, decidedAtMs: null, personId: null, deviceId: null, entryId: null }
  const wish = { cafeId: cafe.id, id: request, cardId: card.id, browserId: browser, ...times, ...undecided }
  await shop.store.transaction(cafe.id, async (tx) => {
    await tx.browsers.prove(cafe.id, browser, 'operator', shop.clock.nowMs)
    await tx.requests.addIfRoom(wish)
  })
  return { request, browser }
}

async function lastLine(shop: Shop, cafeId: number, phone: string) {
  const card = await shop.store.cards.findByPhone(cafeId, phoneOf(phone))
  const [line] = card ? await shop.store.entries.historyOfCard(cafeId, card.lastEntryId ?? '', 1) : []
  if (!card || !line?.browserId) throw new Error(`${phone} has stamped`)
  return { card, browserId: line.browserId }
}

async function deviceToPair({ shop, cafe, branch }: Base, kind: 'kiosk' | 'counter') {
  const id = systemRandom.uuid()
  const createdAtMs = shop.clock.nowMs
  const code = pairingCodeOf(shop.keys.current, id, createdAtMs + PAIRING_MS)
  const pairing = {
    hash: pairingHashOf(shop.keys.current, cafe.id, code),
    expiresAtMs: createdAtMs + PAIRING_MS,
  }
  const device = { id, branchId: branch.id, kind, name: `new ${kind}`, createdAtMs }
  await shop.store.transaction(cafe.id, (tx) => tx.devices.add(cafe.id, device, pairing))
  return { id, code }
}

async function invitationFor({ shop, cafe }: Base, personId: string): Promise<string> {
  const input = {
    cafeId: cafe.id,
    purpose: 'staff',
    personId,
    atMs: shop.clock.nowMs,
    lastsMs: 3_600_000,
  } as const
  const { cafeId, token, ...kept } = newInvitation(systemRandom, input)
  await shop.store.transaction(cafeId, (tx) => tx.invitations.add(cafeId, kept))
  return token
}

export function phoneOf(text: string) {
  const phone = parsePhone(text, 'KR')
  if (phone === null) throw new Error(`${text} is a number`)
  return phone
}
