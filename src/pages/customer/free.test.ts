import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { cardIn, formIn, type Visitor } from '../../../test/visitor.ts'
import { setCafe } from '../../commands/set-cafe.ts'
import { routes } from '../../routes.ts'

const free = routes.free.href({ cafe: 'cafe' })
const card = routes.card.href({ cafe: 'cafe' })
const minute = 60_000

onEveryEngine('the free coffee at /cafe/free/', (engine) => {
  let shop: Shop
  before(async () => {
    shop = await openShop({}, engine)
  })
  after(() => shop.close())

  it('sends an unknown browser to the card, whatever it asks', async () => {
    const visitor = shop.visitor()
    assert.equal((await visitor.get(free)).location, card)
    const posted = await visitor.postFields(free, formIn((await visitor.get(card)).text, card))
    assert.equal(posted.status, 303)
    assert.equal(posted.location, card)
  })

  it('says how many are missing, and offers nothing before they are there', async () => {
    const visitor = await regular(shop, '010-0000-3001', 7)
    const shown = await visitor.get(free)
    assert.deepEqual(cardIn(shown.text), { stamps: 7, goal: 10, rewards: 0 })
    assert.doesNotMatch(shown.text, /id="reward"/)
    const refused = await visitor.postFields(free, formIn((await visitor.get(card)).text, card))
    assert.equal(refused.status, 409)
    assert.equal(refused.refusal, 'not-enough')
    assert.equal((await visitor.card())?.stamps, 7)
  })

  it('asks, spends once, and shows a ticket that lives for two minutes and is gone after a day', async () => {
    const visitor = await regular(shop, '010-0000-3002', 12)
    assert.match((await visitor.get(free)).text, /id="reward"/)
    const redeemed = await visitor.redeem()
    assert.equal(redeemed.status, 303)
    assert.equal(redeemed.location, free)
    const ticket = async () =>
      (await visitor.get(free)).text.match(/id="ticket" data-state="(\w+)"/)?.[1] ?? null
    assert.equal(await ticket(), 'live')
    assert.deepEqual(await visitor.card(), { stamps: 2, goal: 10, rewards: 0 })
    shop.clock.nowMs += 2 * minute - 1
    assert.equal(await ticket(), 'live')
    shop.clock.nowMs += 1
    assert.equal(await ticket(), 'used')
    shop.clock.nowMs += 24 * 60 * minute
    assert.equal(await ticket(), null)
  })

  it('gives one coffee to twelve who press at once with keys of their own', async () => {
    const visitor = await regular(shop, '010-0000-3003', 10)
    const forms = await Promise.all(
      Array.from({ length: 12 }, async () => formIn((await visitor.get(free)).text, free)),
    )
    const answers = await Promise.all(forms.map((form) => visitor.postFields(free, form)))
    const statuses = answers.map(({ status }) => status).sort()
    assert.deepEqual(statuses, [303, ...Array.from({ length: 11 }, () => 409)])
    assert.equal((await visitor.card())?.stamps, 0)
  })

  it('gives the first answer again to the same form', async () => {
    const visitor = await regular(shop, '010-0000-3004', 20)
    const form = formIn((await visitor.get(free)).text, free)
    for (let press = 0; press < 3; press++) assert.equal((await visitor.postFields(free, form)).status, 303)
    assert.equal((await visitor.card())?.stamps, 10)
    assert.equal((await visitor.postFields(free, { ...form, reward: 'cake' })).status, 422)
  })

  it('knows only the rewards that there are', async () => {
    const visitor = await regular(shop, '010-0000-3005', 10)
    const refused = await visitor.submit(free, free, { reward: 'villa' })
    assert.equal(refused.status, 422)
    assert.equal(refused.refusal, 'reward-unknown')
    assert.equal((await visitor.card())?.stamps, 10)
    const form = formIn((await visitor.get(free)).text, free)
    delete form.reward
    assert.equal((await visitor.postFields(free, form)).status, 303)
  })

  it('lets a browser spend only what it earned: trying a neighbour’s number buys nothing', async () => {
    await regular(shop, '010-0000-3006', 10)
    const thief = shop.visitor()
    await thief.stamp('010-0000-3006')
    assert.deepEqual(await thief.card(), { stamps: 1, goal: 10, rewards: 0 })
    const refused = await thief.postFields(free, formIn((await thief.get(card)).text, card))
    assert.equal(refused.status, 409)
  })

  it('does not let a browser whose stamps were spent see others’ grow', async () => {
    const first = await regular(shop, '010-0000-3007', 6)
    const second = await regular(shop, '010-0000-3007', 10)
    assert.equal((await second.redeem()).status, 303)
    assert.equal((await first.card())?.stamps, 6)
    const third = await regular(shop, '010-0000-3007', 10)
    await third.redeem()
    for (let more = 0; more < 4; more++) await third.stamp()
    assert.equal((await first.card())?.stamps, 6)
    const late = await regular(shop, '010-0000-3008', 4)
    const spender = await regular(shop, '010-0000-3008', 10)
    await late.redeem().catch(() => null)
    await spender.redeem()
    assert.equal((await late.card())?.stamps, 4)
  })

  it('keeps the cost that a card started under, and takes a kinder one', async () => {
    const half = await regular(shop, '010-0000-3009', 5)
    const change = (cost: number) =>
      shop.store.transaction(1, (tx) =>
        setCafe(tx, { slug: 'cafe', change: { cost }, atMs: shop.clock.nowMs }),
      )
    await change(12)
    assert.equal((await half.card())?.goal, 10)
    assert.equal((await (await regular(shop, '010-0000-3010', 1)).card())?.goal, 12)
    await change(8)
    assert.equal((await half.card())?.goal, 8)
    await change(10)
    assert.equal((await half.card())?.goal, 8)
    await change(10)
  })
})

/** A browser that stamped so often under a number. */
async function regular(shop: Shop, phone: string, stamps: number): Promise<Visitor> {
  const visitor = shop.visitor()
  await visitor.stamp(phone)
  for (let count = 1; count < stamps; count++) await visitor.stamp()
  return visitor
}
