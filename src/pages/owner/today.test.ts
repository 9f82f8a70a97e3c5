import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { pairedDevice, putAt, type SetUpCafe, setUpShop, signedIn } from '../../../test/counter-people.ts'
import { openStream } from '../../../test/live-stream.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { formIn, type Visitor } from '../../../test/visitor.ts'

const PAGE = '/cafe/owner/'
const LIVE = '/cafe/owner/live/'
const DAY_MS = 24 * 60 * 60_000

describe('today, as the owner sees it', () => {
  let shop: Shop
  let set: SetUpCafe
  let owner: Visitor
  before(async () => {
    shop = await openShop()
    for (const phone of ['010-2345-0001', '010-2345-0002']) await shop.visitor().stamp(phone)
    set = await setUpShop(shop, { mode: 'self' })
    owner = await signedIn(shop, set.owner)
  })
  after(() => shop.close())

  const figures = async () =>
    [...(await owner.get(PAGE)).text.matchAll(/data-figure="(\w+)">([\d,]+)/g)].map(
      ([, name, count]) => `${name} ${count}`,
    )

  it('counts stamps, rewards and customers of today and of this week', async () => {
    assert.deepEqual(await figures(), [
      'stamps 2',
      'rewards 0',
      'customers 2',
      'stamps 2',
      'rewards 0',
      'customers 2',
    ])
  })

  it('counts as back whoever had a card before, and begins each day at midnight in the café', async () => {
    shop.clock.nowMs += DAY_MS
    owner = await signedIn(shop, set.owner)
    assert.deepEqual((await figures()).slice(0, 3), ['stamps 0', 'rewards 0', 'customers 0'])
    await shop.visitor().stamp('010-2345-0001')
    await shop.visitor().stamp('010-2345-0003')
    assert.deepEqual(await figures(), [
      'stamps 2',
      'rewards 0',
      'customers 2',
      'stamps 4',
      'rewards 0',
      'customers 3',
    ])
    assert.match((await owner.get(PAGE)).text, /1 of them came back/)
  })

  it('shows each line with its place, person and time, and marks what went over a limit (F2)', async () => {
    const counter = await pairedDevice(shop, 'counter', { name: 'till' })
    await putAt(shop, counter.id, set.staff[0].id)
    await stampAtCounter(counter.visitor, '010-2345-0009')
    const first = lineIn((await owner.get(PAGE)).text)
    assert.match(first, /010.••••.0009/)
    assert.match(first, /성수점 · 민지 · \d\d:\d\d/)
    assert.equal(first.includes('data-over-limit'), false)
    await stampAtCounter(counter.visitor, '010-2345-0009', { over_limit: 'yes' })
    assert.match(lineIn((await owner.get(PAGE)).text), /data-over-limit="too-soon".*over the limit/s)
  })

  it('hears of a line while the page is open, and not of another café’s', async () => {
    const stream = await openStream(shop, owner, LIVE)
    await shop.visitor().stamp('010-2345-0010', 'rival')
    await shop.visitor().stamp('010-2345-0011')
    shop.app.close()
    assert.equal((await stream.rest()).match(/event: changed/g)?.length, 1)
  })

  it('has nothing of another café, and is for managers and the owner alone', async () => {
    await shop.visitor().stamp('010-2345-7777', 'rival')
    assert.equal((await owner.get(PAGE)).text.includes('7777'), false)
    for (const path of [PAGE, LIVE]) {
      assert.equal((await (await signedIn(shop, set.staff[0])).get(path)).status, 403)
      assert.equal((await shop.visitor().get(path)).status, 401)
    }
    assert.equal((await (await signedIn(shop, set.manager)).get(PAGE)).status, 200)
  })
})

/** The newest line on the page. */
function lineIn(page: string): string {
  return page.match(/<li data-entry=.*?<\/li>/s)?.[0] ?? ''
}

/** As staff do it: found by the whole number, then stamped. */
async function stampAtCounter(visitor: Visitor, phone: string, fields: Record<string, string> = {}) {
  const { text } = await visitor.submit('/cafe/staff/', '/cafe/staff/searches/', { query: phone })
  const action = /action="(\/cafe\/staff\/(?:cards\/[^"]+\/)?stamps\/)"/.exec(text)?.[1] ?? ''
  const done = await visitor.postFields(action, { ...formIn(text, action), stamps: '1', ...fields })
  assert.equal(done.status, 303, done.refusal ?? '')
}
