import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { pairedDevice, putAt, type SetUpCafe, setUpShop, signedIn } from '../../../test/counter-people.ts'
import { openStream } from '../../../test/live-stream.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { formIn, type Visitor } from '../../../test/visitor.ts'
import { systemRandom } from '../../clock.ts'
import { routes } from '../../routes.ts'

const PAGE = '/cafe/owner/devices/'
const BRANCHES = '/cafe/owner/branches/'
const ENDS_SOON = { timeout: 5_000 } // a stream that nobody told would ask by itself only after 15 seconds

describe('branches and devices', () => {
  let shop: Shop
  let set: SetUpCafe
  let rival: SetUpCafe
  let owner: Visitor
  let manager: Visitor
  before(async () => {
    shop = await openShop()
    set = await setUpShop(shop)
    rival = await setUpShop(shop, { slug: 'rival' })
    owner = await signedIn(shop, set.owner)
    manager = await signedIn(shop, set.manager)
  })
  after(() => shop.close())

  const acts = async (most: number) =>
    (await shop.store.audits.page(set.cafe.id, null, most)).map(({ act, personId }) => ({ act, personId }))

  async function deviceNamed(name: string) {
    const device = (await shop.store.devices.list(set.cafe.id)).find((one) => one.name === name)
    if (device === undefined) throw new Error(`there is a device ${name}`)
    return device
  }

  it('shows the new device’s code, its address and the address’s QR until it is paired', async () => {
    const done = await owner.submit(PAGE, PAGE, { kind: 'counter', name: '  계산대 ', branch: set.branch.id })
    assert.deepEqual([done.status, done.location], [303, PAGE])
    assert.deepEqual(await acts(1), [{ act: 'device-added', personId: set.owner.id }])
    const { text } = await owner.get(PAGE)
    const code = /data-code="(\d{6})"/.exec(text)?.[1] ?? ''
    assert.match(code, /^\d{6}$/)
    assert.ok(text.includes('http://localhost:8000/cafe/staff/'))
    assert.ok(text.includes('class="qr"'))
    assert.equal((await owner.get(PAGE)).text.includes(code), true, 'a reload shows it again')
    assert.ok(!JSON.stringify(await deviceNamed('계산대')).includes(code), 'the database has no code')
    await shop.visitor().submit('/cafe/staff/', '/cafe/staff/pairing/', { code })
    const later = (await owner.get(PAGE)).text
    assert.equal(later.includes('data-code'), false)
    assert.match(later, /Last used today/)
  })

  it('makes another code, and the one before counts no more', async () => {
    await owner.submit(PAGE, PAGE, { kind: 'kiosk', name: 'window', branch: set.branch.id })
    const first = /data-code="(\d{6})"/.exec((await owner.get(PAGE)).text)?.[1] ?? ''
    shop.clock.nowMs += 60_000
    const { id } = await deviceNamed('window')
    const action = routes.owner.deviceCode.href({ cafe: 'cafe', device: id })
    assert.equal((await manager.submit(PAGE, action)).status, 303)
    const second = /data-code="(\d{6})"/.exec((await owner.get(PAGE)).text)?.[1] ?? ''
    assert.notEqual(second, first)
    const old = await shop.visitor().submit('/cafe/kiosk/', '/cafe/kiosk/pairing/', { code: first })
    assert.equal(old.refusal, 'pairing-wrong')
    const fresh = await shop.visitor().submit('/cafe/kiosk/', '/cafe/kiosk/pairing/', { code: second })
    assert.equal(fresh.status, 303)
  })

  it(
    'retires a device: its next request is refused, its open stream ends, and so does who worked there (S23, S25, F8)',
    ENDS_SOON,
    async () => {
      const { id, visitor } = await pairedDevice(shop, 'counter', { name: 'to be lost' })
      await putAt(shop, id, set.staff[0].id)
      assert.equal((await visitor.get('/cafe/staff/')).status, 200)
      const stream = await openStream(shop, visitor, '/cafe/staff/live/')
      const done = await manager.submit(
        PAGE,
        routes.owner.deviceRevocation.href({ cafe: 'cafe', device: id }),
      )
      assert.equal(done.status, 303)
      assert.match(await stream.rest(), /event: over/)
      for (const path of ['/cafe/staff/', '/cafe/staff/live/'])
        assert.equal((await visitor.get(path)).status, 401)
      assert.equal((await owner.get(PAGE)).text.includes('to be lost'), false)
      assert.deepEqual(await acts(1), [{ act: 'device-revoked', personId: set.manager.id }])
      assert.ok(shop.log.some((line) => line.includes('"event":"device-revoked"')))
    },
  )

  it('ends a device’s wait after wrong PINs', async () => {
    const { id } = await pairedDevice(shop, 'counter', { name: 'mistyped' })
    const wrongPins = async (times: number) => {
      for (let time = 0; time < times; time += 1)
        await shop.store.transaction(set.cafe.id, (tx) =>
          tx.pinTries.addWrong(set.cafe.id, id, set.staff[1].id, shop.clock.nowMs),
        )
    }
    await wrongPins(5)
    assert.match((await manager.get(PAGE)).text, /Too many wrong PINs/)
    const action = routes.owner.deviceWaitEnd.href({ cafe: 'cafe', device: id })
    assert.equal((await manager.submit(PAGE, action)).status, 303)
    assert.equal(await shop.store.pinTries.find(set.cafe.id, id, set.staff[1].id), null)
    assert.deepEqual(await acts(1), [{ act: 'pin-cleared', personId: set.manager.id }])
  })

  it('lets the owner add branches and rename them, and nobody else', async () => {
    const { branch: _, ...forNew } = formIn((await owner.get(PAGE)).text, BRANCHES)
    assert.equal((await owner.postFields(BRANCHES, { ...forNew, name: '서울숲점' })).status, 303)
    const branch = (await shop.store.branches.list(set.cafe.id)).at(-1)
    assert.equal(branch?.name, '서울숲점')
    const renamed = await owner.submit(PAGE, BRANCHES, { branch: set.branch.id, name: '성수 본점' })
    assert.equal(renamed.status, 303)
    assert.equal((await shop.store.branches.find(set.cafe.id, set.branch.id))?.name, '성수 본점')
    assert.deepEqual(
      (await acts(2)).map(({ act }) => act),
      ['branch-renamed', 'branch-added'],
    )
    const { text } = await manager.get(PAGE)
    assert.equal(text.includes(BRANCHES), false)
    const refused = await manager.postFields(BRANCHES, { ...formIn(text, PAGE), name: '몰래' })
    assert.equal(refused.status, 403)
  })

  it('gives the form back as it was filled in, with nothing added', async () => {
    const before = (await shop.store.devices.list(set.cafe.id)).length
    const unnamed = await owner.submit(PAGE, PAGE, { kind: 'counter', name: ' ', branch: set.branch.id })
    assert.deepEqual([unnamed.status, unnamed.refusal], [422, 'name-missing'])
    assert.match(unnamed.text, /value="counter" checked/)
    const wrong: Record<string, string>[] = [
      { kind: 'till' },
      { branch: 'nowhere' },
      { branch: systemRandom.uuid() },
      { branch: rival.branch.id },
      { role: 'owner' },
      { cafe_id: '2' },
      { created_at: '0' },
      { __proto__x: '1' },
      { constructor: '1' },
    ]
    for (const one of wrong) {
      const filled = { kind: 'counter', name: 'x', branch: set.branch.id, ...one }
      const refused = await owner.submit(PAGE, PAGE, filled)
      assert.deepEqual([refused.status, refused.refusal], [422, 'field-invalid'], JSON.stringify(one))
    }
    assert.equal((await shop.store.devices.list(set.cafe.id)).length, before)
    assert.equal((await shop.store.branches.list(rival.cafe.id)).length, 1)
  })

  it('answers another café’s device as one that is not there (S43)', async () => {
    const theirs = await pairedDevice(shop, 'kiosk', { slug: 'rival' })
    const form = formIn((await owner.get(PAGE)).text, PAGE)
    for (const route of [
      routes.owner.deviceCode,
      routes.owner.deviceRevocation,
      routes.owner.deviceWaitEnd,
    ]) {
      const answers: string[] = []
      for (const device of [theirs.id, systemRandom.uuid(), 'not-an-id', "' OR 1=1 --", '%00']) {
        const { csrf_token = '', idempotency_key: key = '' } = form
        const shown = await owner.postFields(route.href({ cafe: 'cafe', device }), {
          csrf_token,
          idempotency_key: `${key}${answers.length}${route.pattern.length}`,
        })
        assert.equal(shown.status, 404)
        answers.push(
          withoutNonces(shown.text).replaceAll(encodeURIComponent(device), '').replaceAll(device, ''),
        )
      }
      assert.equal(new Set(answers.slice(0, 3)).size, 1)
    }
    assert.equal((await theirs.visitor.get('/rival/kiosk/')).status, 200)
  })

  it('is for managers and the owner by their own sign-in alone', async () => {
    const staff = await signedIn(shop, set.staff[0])
    assert.equal((await staff.get(PAGE)).status, 403)
    const counter = await pairedDevice(shop, 'counter')
    await putAt(shop, counter.id, set.manager.id)
    assert.equal((await counter.visitor.get(PAGE)).status, 403)
    assert.equal((await (await pairedDevice(shop, 'kiosk')).visitor.get(PAGE)).status, 403)
    assert.equal((await shop.visitor().get(PAGE)).status, 401)
    assert.equal((await (await signedIn(shop, rival.owner, { slug: 'rival' })).get(PAGE)).status, 401)
  })
})

/** What differs between two pages whatever they say. */
function withoutNonces(html: string): string {
  return html.replaceAll(/(name="(csrf_token|idempotency_key|next)" value=")[^"]*/g, '$1')
}
