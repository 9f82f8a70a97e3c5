// A tablet that is lost, copied, or forgotten in a drawer; and who worked at it yesterday (safety.md S22, F8).
import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { routes } from '../../src/routes.ts'
import { pairedDevice, putAt, setUpShop } from '../counter-people.ts'
import { type Engine, onEveryEngine } from '../engines.ts'
import { openStream } from '../live-stream.ts'
import { openShop } from '../shop.ts'
import type { Visitor } from '../visitor.ts'

const KIOSK = routes.kiosk.home.href({ cafe: 'cafe' })
const STAFF = routes.staff.home.href({ cafe: 'cafe' })
const COOKIE = 'device_cafe'
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

onEveryEngine('a paired tablet', (engine) => {
  it('is one as long as it is used every 31 days, and no longer', async (t) => {
    const { shop, tablet } = await openKiosk(t, engine)
    for (let month = 0; month < 3; month++) {
      shop.clock.nowMs += 31 * DAY_MS
      assert.equal((await tablet.get(KIOSK)).status, 200, `month ${month}`)
    }
    shop.clock.nowMs += 31 * DAY_MS + MINUTE_MS
    assert.equal((await tablet.get(KIOSK)).status, 401)
  })

  it('asks for the PIN again after twelve hours, whoever has worked at it all day', async (t) => {
    const { shop, set } = await openKiosk(t, engine)
    const counter = await pairedDevice(shop, 'counter')
    await putAt(shop, counter.id, set.staff[0].id)
    const search = routes.staff.card.href({ cafe: 'cafe', card: '01890000-0000-7000-8000-000000000000' })
    for (let hour = 0; hour <= 12; hour += 3) {
      assert.equal((await counter.visitor.get(search)).status, 404, `${hour} hours`)
      shop.clock.nowMs += hour < 12 ? 3 * HOUR_MS : MINUTE_MS
    }
    assert.equal((await counter.visitor.get(search)).status, 401)
    assert.equal((await counter.visitor.get(STAFF)).status, 200, 'the page where they say who they are')
  })

  it('has another secret every day, and a copy of the one before ends both, flagged, with the page that is open', {
    timeout: 20_000,
  }, async (t) => {
    const { shop, set, tablet, id } = await openKiosk(t, engine)
    const thief = copyOf(shop.visitor(), tablet)
    assert.equal((await thief.get(KIOSK)).status, 200, 'nobody can tell them apart yet')
    shop.clock.nowMs += DAY_MS + HOUR_MS
    for (const _ of ['is given the next', 'shows it']) assert.equal((await tablet.get(KIOSK)).status, 200)
    assert.notEqual(tablet.cookies.get(COOKIE), thief.cookies.get(COOKIE))
    const stream = await openStream(shop, tablet, routes.kiosk.live.href({ cafe: 'cafe' }))
    shop.clock.nowMs += 2 * MINUTE_MS
    assert.equal((await thief.get(KIOSK)).status, 401)
    assert.match(await stream.rest(), /event: over/)
    assert.equal((await tablet.get(KIOSK)).status, 401)
    const [line] = await shop.store.audits.page(set.cafe.id, null, 1)
    assert.deepEqual([line?.act, line?.subject], ['device-copied', id])
    assert.equal(shop.log.filter((one) => one.includes('"event":"device-copied"')).length, 1)
  })

  it('is not taken for its own copy when an answer is lost, or when two requests cross', async (t) => {
    const { shop, tablet } = await openKiosk(t, engine)
    for (let day = 0; day < 5; day++) {
      shop.clock.nowMs += DAY_MS + HOUR_MS
      const before = tablet.cookies.get(COOKIE) ?? ''
      await tablet.get(KIOSK)
      tablet.cookies.set(COOKIE, before) // the answer with the next secret was lost
      shop.clock.nowMs += HOUR_MS
      await Promise.all([tablet.get(KIOSK), tablet.get(KIOSK), tablet.get(STAFF)])
      assert.equal((await tablet.get(KIOSK)).status, 200)
      const late = copyOf(shop.visitor(), tablet)
      late.cookies.set(COOKIE, before)
      assert.equal((await late.get(KIOSK)).status, 200, 'under way while the secret rolled')
    }
  })
})

async function openKiosk(t: { after(work: () => Promise<void>): void }, engine: Engine) {
  const shop = await openShop({}, engine)
  t.after(async () => {
    shop.app.close()
    await shop.close()
  })
  const set = await setUpShop(shop)
  const { id, visitor } = await pairedDevice(shop, 'kiosk')
  return { shop, set, id, tablet: visitor }
}

function copyOf(copy: Visitor, of: Visitor): Visitor {
  for (const [name, value] of of.cookies) copy.cookies.set(name, value)
  return copy
}
