import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { pairedDevice, putAt, type SetUpCafe, setUpShop, signedIn } from '../../../test/counter-people.ts'
import { type Engine, onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { formIn, type Visitor } from '../../../test/visitor.ts'
import { systemRandom } from '../../clock.ts'
import { stampCard } from '../../commands/stamp-card.ts'
import { routes } from '../../routes.ts'
import { CLAIM_TOKEN_BYTES, claimLinkId, claimTokenOf } from '../../rules/claim.ts'
import type { Phone } from '../../rules/phone.ts'

const HOME = '/cafe/staff/'
const LIVE = '/cafe/staff/live/'
const TOLD_WITHIN_MS = 5_000 // far beyond what it takes; the test waits no longer than it must

interface Shift extends SetUpCafe {
  readonly shop: Shop
  readonly minji: Visitor
  readonly counterId: string
  /** A stamp at the kiosk. @returns the path of the link that it shows */
  kioskStamp(phone: Phone, branchId?: string): Promise<string>
}

async function withShift(engine: Engine, work: (shift: Shift) => Promise<void>): Promise<void> {
  const shop = await openShop({}, engine)
  try {
    const cafe = await setUpShop(shop)
    const [counter, kiosk] = [await pairedDevice(shop, 'counter'), await pairedDevice(shop, 'kiosk')]
    await putAt(shop, counter.id, cafe.staff[0].id)
    const kioskStamp = async (phone: Phone, branchId = cafe.branch.id) => {
      const token = claimTokenOf(systemRandom.bytes(CLAIM_TOKEN_BYTES))
      const programme = await shop.store.cafes.programmeOf(cafe.cafe.id)
      const newIds = { entry: systemRandom.uuid(), card: systemRandom.uuid(), browser: systemRandom.uuid() }
      const actor = { kind: 'kiosk', cafeId: cafe.cafe.id, device: { id: kiosk.id, branchId } } as const
      const input = {
        cafe: cafe.cafe,
        programme,
        browserId: null,
        phone,
        stamps: 1,
        atMs: shop.clock.nowMs,
        newIds,
      }
      await shop.store.transaction(cafe.cafe.id, (tx) =>
        stampCard(tx, actor, { ...input, claimLinkId: claimLinkId(token) }),
      )
      return routes.claim.href({ cafe: 'cafe', token })
    }
    await work({ ...cafe, shop, minji: counter.visitor, counterId: counter.id, kioskStamp })
  } finally {
    shop.app.close()
    await shop.close()
  }
}

onEveryEngine('the kiosk, seen from the counter', (engine) => {
  it('its latest stamps are there with the end of the number, for a quarter of an hour', () =>
    withShift(engine, async ({ shop, minji, kioskStamp }) => {
      for (const phone of ['+821020001001', '+821020001002'] as const) await kioskStamp(phone)
      await kioskStamp('+821020001003', systemRandom.uuid())
      const page = (await minji.get(HOME)).text
      assert.match(page, /Just now at the kiosk[\s\S]*-1002<[\s\S]*-1001</)
      assert.doesNotMatch(page, /-1003</)
      shop.clock.nowMs += 15 * 60_000
      assert.doesNotMatch((await minji.get(HOME)).text, /Just now at the kiosk/)
    }))

  it('a number mistyped there is put right at the counter: undone for a minute by one tap, or moved to the right card', () =>
    withShift(engine, async ({ shop, cafe, minji, kioskStamp }) => {
      const balanceOf = async (phone: Phone) => (await shop.store.cards.findByPhone(cafe.id, phone))?.balance
      await kioskStamp('+821020001001')
      const undo = (await minji.get(HOME)).text.match(/action="([^"]+\/voids\/)"/)?.[1] ?? ''
      assert.equal((await minji.submit(HOME, undo)).status, 303)
      assert.equal(await balanceOf('+821020001001'), 0)

      await kioskStamp('+821020001002')
      await kioskStamp('+821020001003')
      shop.clock.nowMs += 61_000
      assert.doesNotMatch((await minji.get(HOME)).text, /\/voids\//)
      const search = routes.staff.searches.href({ cafe: 'cafe' })
      const found = await minji.submit(HOME, search, { query: '1002' })
      const move = found.text.match(/action="([^"]+\/moves\/)"/)?.[1] ?? ''
      assert.match(found.text, /010-••••-1003/)
      assert.equal((await minji.postFields(move, formIn(found.text, move))).status, 303)
      assert.deepEqual([await balanceOf('+821020001003'), await balanceOf('+821020001002')], [0, 2])
    }))

  it('who has scanned its QR waits for a nod, and sees the whole card after it', () =>
    withShift(engine, async ({ shop, cafe, staff, minji, kioskStamp }) => {
      await kioskStamp('+821020005678')
      shop.clock.nowMs += 10 * 60_000
      const link = await kioskStamp('+821020005678')
      assert.doesNotMatch((await minji.get(HOME)).text, /wants this card/)
      const customer = shop.visitor()
      await customer.submit(link, link)
      assert.equal((await customer.card())?.stamps, 1)
      const page = await minji.get(HOME)
      assert.match(page.text, /010-••••-5678 wants this card on their phone/)
      const nods = page.text.match(/action="([^"]+\/nods\/)"/)?.[1] ?? ''
      const nodded = await minji.submit(HOME, nods)
      assert.deepEqual([nodded.status, nodded.location], [303, HOME])
      assert.equal((await customer.card())?.stamps, 2)
      const [last] = await shop.store.audits.page(cafe.id, null, 1)
      assert.deepEqual([last?.act, last?.personId], ['claim-nodded', staff[0].id])
      assert.doesNotMatch((await minji.get(HOME)).text, /wants this card/)
    }))
})

onEveryEngine('an open counter', (engine) => {
  it('hears of a stamp, a request and a claim, and is told when it is somebody else’s', () =>
    withShift(engine, async ({ shop, staff, counterId, minji, kioskStamp }) => {
      const stream = await openStream(shop, minji)
      await kioskStamp('+821020005678')
      await stream.until(/event: changed/)
      await putAt(shop, counterId, staff[1].id)
      await shop.store.transaction(1, (tx) => tx.tell(1, 'devices'))
      await stream.until(/event: over/)
    }))

  it('ends when the tablet is retired, and when staff on their phone leave the team', () =>
    withShift(engine, async ({ shop, cafe, staff, counterId, minji }) => {
      const phone = await signedIn(shop, staff[1])
      const [tablet, own] = [await openStream(shop, minji), await openStream(shop, phone)]
      await shop.store.transaction(cafe.id, async (tx) => {
        await tx.devices.revoke(cafe.id, counterId, shop.clock.nowMs)
        await tx.tell(cafe.id, 'devices')
      })
      await tablet.until(/event: over/)
      await shop.store.transaction(cafe.id, async (tx) => {
        await tx.people.disable(cafe.id, staff[1].id, shop.clock.nowMs)
        await tx.tell(cafe.id, 'people')
      })
      await own.until(/event: over/)
      assert.equal((await minji.get(LIVE)).status, 401)
    }))

  it('that is open for days does not look like a copy of its own tablet', () =>
    withShift(engine, async ({ shop, cafe, counterId, minji }) => {
      const stream = await openStream(shop, minji)
      shop.clock.nowMs += 25 * 60 * 60_000
      await minji.get(HOME)
      await minji.get(HOME)
      shop.clock.nowMs += 5 * 60_000
      await shop.store.transaction(cafe.id, (tx) => tx.tell(cafe.id, 'devices'))
      await stream.until(/event: over/) // whoever worked there yesterday does not any more
      assert.equal((await shop.store.devices.find(cafe.id, counterId))?.revokedAtMs, null)
    }))
})

/** What a page hears that waits. */
async function openStream(shop: Shop, visitor: Visitor) {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await shop.app.fetch(new Request(`http://localhost:8000${LIVE}`, { headers: { cookie } }))
  assert.equal(response.status, 200)
  assert.match(response.headers.get('content-type') ?? '', /text\/event-stream/)
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let heard = ''
  const listen = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(heard)) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) throw new Error(`the stream ended after ${JSON.stringify(heard)}`)
      heard += decoder.decode(value)
    }
  }
  const tooLong = async () => {
    await wait(TOLD_WITHIN_MS, undefined, { ref: false })
    throw new Error(`nothing of the kind in ${JSON.stringify(heard)}`)
  }
  return { until: (pattern: RegExp) => Promise.race([listen(pattern), tooLong()]) }
}
