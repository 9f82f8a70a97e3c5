import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { pairedDevice, setUpShop, signedIn } from '../../test/counter-people.ts'
import { openShop, type Shop } from '../../test/shop.ts'
import { formIn, type Visitor } from '../../test/visitor.ts'
import { systemRandom } from '../clock.ts'
import { addDevice } from '../commands/add-device.ts'
import { PAIRING_MS, pairingCodeOf } from '../rules/device.ts'

const KIOSK = '/cafe/kiosk/'
const PAIR_KIOSK = '/cafe/kiosk/pairing/'
const PAIR_COUNTER = '/cafe/staff/pairing/'

describe('pairing a tablet', () => {
  let shop: Shop
  let cafeId: number
  let branchId: string
  before(async () => {
    shop = await openShop()
    const set = await setUpShop(shop)
    cafeId = set.cafe.id
    branchId = set.branch.id
  })
  after(() => shop.close())

  /** Adds a device, as the owner's page does. @returns its six digits */
  async function codeFor(kind: 'kiosk' | 'counter'): Promise<string> {
    const deviceId = systemRandom.uuid()
    const key = shop.keys.current
    const input = { cafeId, key, deviceId, branchId, kind, name: kind, atMs: shop.clock.nowMs }
    await shop.store.transaction(cafeId, (tx) => addDevice(tx, input))
    const device = await shop.store.devices.find(cafeId, deviceId)
    return pairingCodeOf(key, deviceId, device?.pairingExpiresAtMs ?? 0)
  }

  /** From an address of its own, so that the tries of one test are not another's. */
  function tablet(): Visitor {
    const visitor = shop.visitor()
    addresses += 1
    visitor.address = `203.0.113.${addresses}`
    return visitor
  }
  let addresses = 0

  it('makes it the kiosk from the moment it says its six digits, spaces or not', async () => {
    const code = await codeFor('kiosk')
    const visitor = tablet()
    assert.equal((await visitor.get(KIOSK)).status, 401)
    const done = await visitor.submit(KIOSK, PAIR_KIOSK, { code: `${code.slice(0, 3)} ${code.slice(3)}` })
    assert.deepEqual([done.status, done.location], [303, KIOSK])
    assert.equal((await visitor.get(KIOSK)).status, 200)
    const [line] = await shop.store.audits.page(cafeId, null, 1)
    assert.deepEqual([line?.act, line?.actor, line?.address], ['device-paired', 'kiosk', visitor.address])
  })

  it('works once: the same digits pair no second tablet', async () => {
    const code = await codeFor('kiosk')
    await tablet().submit(KIOSK, PAIR_KIOSK, { code })
    const second = tablet()
    const refused = await second.submit(KIOSK, PAIR_KIOSK, { code })
    assert.deepEqual([refused.status, refused.refusal], [422, 'pairing-wrong'])
    assert.equal((await second.get(KIOSK)).status, 401)
  })

  it('gives the same answer again, cookie included, when the first was lost on the way', async () => {
    const code = await codeFor('counter')
    const visitor = tablet()
    const fields = { ...formIn((await visitor.get('/cafe/staff/')).text, PAIR_COUNTER), code }
    const first = await visitor.postFields(PAIR_COUNTER, fields)
    visitor.cookies.delete('device_cafe')
    const again = await visitor.postFields(PAIR_COUNTER, fields)
    assert.equal(again.status, 303)
    const cookieOf = (shown: typeof first) =>
      shown.headers.getSetCookie().find((line) => line.startsWith('device_cafe='))
    assert.equal(cookieOf(again), cookieOf(first))
    const asTablet = await visitor.postFields(PAIR_COUNTER, fields)
    assert.deepEqual([asTablet.status, cookieOf(asTablet)], [303, cookieOf(first)])
    assert.equal((await visitor.get('/cafe/staff/')).status, 200)
  })

  it('is over after ten minutes', async () => {
    const code = await codeFor('kiosk')
    shop.clock.nowMs += PAIRING_MS
    const refused = await tablet().submit(KIOSK, PAIR_KIOSK, { code })
    assert.deepEqual([refused.status, refused.refusal], [422, 'pairing-wrong'])
  })

  it('says so when the digits are for the other kind of tablet, and does not use them up', async () => {
    const code = await codeFor('counter')
    const visitor = tablet()
    const refused = await visitor.submit(KIOSK, PAIR_KIOSK, { code })
    assert.deepEqual([refused.status, refused.refusal], [422, 'pairing-kind'])
    assert.equal((await visitor.submit('/cafe/staff/', PAIR_COUNTER, { code })).status, 303)
  })

  it('takes nothing but six digits', async () => {
    for (const code of ['', '12345', '1234567', 'abcdef', '１２３４５６', '-00001', '1e5123']) {
      const refused = await tablet().submit(KIOSK, PAIR_KIOSK, { code })
      assert.deepEqual([code, refused.status, refused.refusal], [code, 422, 'pairing-wrong'])
    }
  })

  it('leaves no card on the tablet: the browser that paired is forgotten, and gets no card cookie again (S46)', async () => {
    const self = await openShop()
    try {
      const visitor = self.visitor()
      await visitor.stamp('010-2345-6789')
      const cardCookie = visitor.cookies.get('card_cafe') ?? ''
      const owner = await signedIn(self, (await setUpShop(self, { mode: 'self' })).owner)
      await owner.submit('/cafe/owner/devices/', '/cafe/owner/devices/', { kind: 'kiosk', name: 'door' })
      const code = /data-code="(\d{6})"/.exec((await owner.get('/cafe/owner/devices/')).text)?.[1] ?? ''
      assert.equal((await visitor.submit(KIOSK, PAIR_KIOSK, { code })).status, 303)
      assert.equal(visitor.cookies.has('card_cafe'), false)
      const stranger = self.visitor()
      stranger.cookies.set('card_cafe', cardCookie)
      assert.equal(await stranger.card(), null)
      for (const path of ['/cafe/', '/cafe/free/']) {
        const shown = await visitor.get(path)
        assert.equal(shown.status, 403)
        assert.ok(shown.headers.getSetCookie().every((line) => !line.startsWith('card_')))
      }
    } finally {
      await self.close()
    }
  })

  it('may be tried ten times in ten minutes from one address, and a right code counts for nothing then (F7)', async () => {
    const code = await codeFor('kiosk')
    const visitor = tablet()
    const wrong = code === '000001' ? '000002' : '000001'
    for (let tries = 0; tries < 10; tries += 1)
      assert.equal((await visitor.submit(KIOSK, PAIR_KIOSK, { code: wrong })).status, 422)
    const refused = await visitor.submit(KIOSK, PAIR_KIOSK, { code })
    assert.deepEqual([refused.status, refused.refusal], [429, 'too-many-tries'])
    assert.ok(Number(refused.headers.get('retry-after')) > 0)
  })

  it('pairs nothing of another café', async () => {
    const code = await codeFor('kiosk')
    const visitor = tablet()
    const refused = await visitor.submit('/rival/kiosk/', '/rival/kiosk/pairing/', { code })
    assert.deepEqual([refused.status, refused.refusal], [422, 'pairing-wrong'])
    assert.equal((await pairedDevice(shop, 'kiosk')).visitor.cookies.has('device_rival'), false)
  })
})
