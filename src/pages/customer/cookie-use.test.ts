import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { StaffHand } from '../../../test/staff-hand.ts'
import type { Visitor } from '../../../test/visitor.ts'
import { routes } from '../../routes.ts'

const card = routes.card.href({ cafe: 'cafe' })
const free = routes.free.href({ cafe: 'cafe' })
const copyNotice = routes.copyNotice.href({ cafe: 'cafe' })
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

onEveryEngine('a card cookie that was copied', (engine) => {
  let shop: Shop
  let hand: StaffHand
  before(async () => {
    shop = await openShop({}, engine)
    hand = await StaffHand.begin(shop, 'counter')
  })
  after(() => shop.close())

  async function proven(phone: string, stamps: number): Promise<Visitor> {
    const visitor = shop.visitor()
    await hand.stamp(phone, 1)
    await hand.stamp(phone, stamps - 1)
    const link = await hand.link(phone)
    await visitor.submit(link, link)
    await visitor.get(card)
    return visitor
  }

  function copyOf(visitor: Visitor): Visitor {
    const copy = shop.visitor()
    copy.cookies.set('card_cafe', visitor.cookies.get('card_cafe') ?? '')
    return copy
  }

  const copiesNoticed = () => shop.log.filter((line) => line.includes('card-cookie-copied')).length

  it('takes what was proven from both, once a newer one was used and then the old one, and tells both', async () => {
    const customer = await proven('010-0000-6001', 9)
    const thief = copyOf(customer)
    assert.equal((await thief.card())?.stamps, 9, 'within the day nobody can tell')
    shop.clock.nowMs += DAY_MS
    await customer.get(card)
    await customer.get(card)
    shop.clock.nowMs += 2 * MINUTE_MS
    const before = copiesNoticed()
    const [stolen] = await Promise.all([thief.get(card), thief.get(card), thief.get(free), thief.get(card)])
    assert.match(stolen.text, /id="copied"/)
    assert.match(stolen.text, /data-stamps="0"/)
    assert.match((await customer.get(card)).text, /id="copied"[\s\S]*data-stamps="0"/)
    await thief.get(free)
    assert.equal(copiesNoticed(), before + 1)
    assert.equal((await hand.card('010-0000-6001')).balance, 9)
  })

  it('spends nothing of the card, even where it is the first that it is used for', async () => {
    const customer = await proven('010-0000-6002', 10)
    const thief = copyOf(customer)
    await thief.get(free)
    const form = { csrf_token: await tokenOf(thief), idempotency_key: crypto.randomUUID() }
    shop.clock.nowMs += DAY_MS
    await customer.get(card)
    await customer.get(card)
    shop.clock.nowMs += 2 * MINUTE_MS
    const refused = await thief.postFields(free, form)
    assert.deepEqual([refused.status, refused.refusal], [409, 'not-enough'])
    assert.equal((await hand.card('010-0000-6002')).balance, 10)
  })

  it('is worth nothing any more once the customer has claimed the card again', async () => {
    const customer = await proven('010-0000-6003', 5)
    const thief = copyOf(customer)
    shop.clock.nowMs += DAY_MS
    await customer.get(card)
    await customer.get(card)
    shop.clock.nowMs += 2 * MINUTE_MS
    await thief.get(card)
    const link = await hand.link('010-0000-6003')
    await customer.submit(link, link)
    const shown = await customer.get(card)
    assert.match(shown.text, /data-stamps="5"/)
    assert.doesNotMatch(shown.text, /id="copied"/)
    assert.equal(await thief.card(), null)
  })

  it('is told of until the customer says that they have read it, and noticed again if it goes on', async () => {
    const customer = await proven('010-0000-6004', 3)
    const thief = copyOf(customer)
    shop.clock.nowMs += DAY_MS
    await customer.get(card)
    await customer.get(card)
    shop.clock.nowMs += 2 * MINUTE_MS
    await thief.get(card)
    assert.equal((await customer.submit(card, copyNotice)).status, 303)
    assert.doesNotMatch((await customer.get(card)).text, /id="copied"/)
    const before = copiesNoticed()
    shop.clock.nowMs += DAY_MS
    await customer.get(card)
    await customer.get(card)
    shop.clock.nowMs += 2 * MINUTE_MS
    await thief.get(card)
    assert.equal(copiesNoticed(), before + 1)
    assert.match((await customer.get(card)).text, /id="copied"/)
  })

  it('is not what a customer with lost answers, other addresses and several tabs has', async () => {
    const customer = await proven('010-0000-6005', 2)
    const before = copiesNoticed()
    for (let day = 0; day < 12; day++) {
      shop.clock.nowMs += DAY_MS
      customer.address = `198.51.100.${day}`
      const kept = customer.cookies.get('card_cafe') ?? ''
      await customer.get(card)
      if (day % 3 === 0) customer.cookies.set('card_cafe', kept) // the answer was lost
      const otherTab = copyOf(customer)
      otherTab.cookies.set('card_cafe', kept)
      await customer.get(card)
      shop.clock.nowMs += 30_000
      await otherTab.get(card)
      shop.clock.nowMs += DAY_MS
    }
    assert.equal(copiesNoticed(), before)
    assert.equal((await customer.card())?.stamps, 2)
  })

  it('is nothing to look for on trial, where nobody is proven', async () => {
    const trial = await openShop({}, engine)
    const visitor = trial.visitor()
    await visitor.stamp('010-0000-6007')
    const old = visitor.cookies.get('card_cafe') ?? ''
    trial.clock.nowMs += DAY_MS
    for (let look = 0; look < 3; look++) await visitor.get(card)
    trial.clock.nowMs += 2 * MINUTE_MS
    visitor.cookies.set('card_cafe', old)
    assert.doesNotMatch((await visitor.get(card)).text, /id="copied"/)
    assert.equal(trial.log.length, 0)
    await trial.close()
  })

  it('may be answered, and a phone unlinked, from no other site and with no other’s token', async () => {
    const customer = await proven('010-0000-6008', 2)
    const form = { csrf_token: await tokenOf(customer), idempotency_key: crypto.randomUUID() }
    const foreign = await tokenOf(shop.visitor())
    const removal = routes.browserRemoval.href({ cafe: 'cafe', browser: crypto.randomUUID() })
    for (const path of [copyNotice, removal]) {
      for (const refused of [
        await customer.postFields(path, form, { 'sec-fetch-site': 'cross-site' }),
        await customer.postFields(path, form, { 'sec-fetch-site': 'same-site' }),
        await customer.postFields(path, form, { origin: 'https://evil.example' }),
        await customer.postFields(path, { ...form, csrf_token: '' }),
        await customer.postFields(path, { ...form, csrf_token: foreign }),
      ])
        assert.equal(refused.status, 403, path)
      assert.equal((await customer.get(path)).status, 405)
      const stranger = shop.visitor()
      const sent = await stranger.postFields(path, { ...form, csrf_token: await tokenOf(stranger) })
      assert.equal(sent.location, card, 'who has no card is sent to the form')
    }
  })

  it('rolls by the day: the same cookie all day, another the next, and a replayed answer brings today’s', async () => {
    await hand.shop.store.transaction(hand.cafe.id, (tx) => tx.cafes.update({ ...hand.cafe, mode: 'self' }))
    const visitor = shop.visitor()
    const page = (await visitor.get(card)).text
    const form = { csrf_token: tokenIn(page), idempotency_key: crypto.randomUUID(), phone: '010-0000-6006' }
    await visitor.postFields(card, form)
    const first = visitor.cookies.get('card_cafe')
    await visitor.get(card)
    assert.equal(visitor.cookies.get('card_cafe'), first)
    shop.clock.nowMs += DAY_MS
    await visitor.get(card)
    const second = visitor.cookies.get('card_cafe')
    assert.notEqual(second, first)
    await visitor.postFields(card, form)
    assert.equal(visitor.cookies.get('card_cafe'), second)
    await hand.shop.store.transaction(hand.cafe.id, (tx) => tx.cafes.update(hand.cafe))
  })
})

async function tokenOf(visitor: Visitor): Promise<string> {
  return tokenIn((await visitor.get(card)).text)
}

function tokenIn(page: string): string {
  return page.match(/name="csrf_token" value="([^"]+)"/)?.[1] ?? ''
}
