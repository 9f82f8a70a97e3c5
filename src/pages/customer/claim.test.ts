import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { pairedDevice } from '../../../test/counter-people.ts'
import { onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { StaffHand } from '../../../test/staff-hand.ts'
import { cardIn, formIn } from '../../../test/visitor.ts'
import { routes } from '../../routes.ts'

const card = routes.card.href({ cafe: 'cafe' })
const MINUTE_MS = 60_000

onEveryEngine('a claim link, opened by a customer', (engine) => {
  let shop: Shop
  let hand: StaffHand
  before(async () => {
    shop = await openShop({}, engine)
    hand = await StaffHand.begin(shop, 'counter')
  })
  after(() => shop.close())

  it('shows whose card it is, masked, and changes nothing however many previews look at it', async () => {
    await hand.stamp('010-0000-5001', 4)
    const link = await hand.link('010-0000-5001')
    for (let look = 0; look < 10; look++) {
      const preview = shop.visitor()
      const shown = await preview.send(link, { method: look % 2 === 0 ? 'GET' : 'HEAD' })
      assert.equal(shown.status, 200)
      assert.equal(preview.cookies.has('card_cafe'), false)
      if (look % 2 === 0) assert.match(shown.text, /010‑••••‑5001/)
      assert.doesNotMatch(shown.text, /00005001|0000-5001/)
    }
    const customer = shop.visitor()
    const claimed = await customer.submit(link, link)
    assert.deepEqual([claimed.status, claimed.location], [303, card])
    const shown = await customer.get(card)
    assert.equal(cardIn(shown.text)?.stamps, 4)
    assert.match(shown.text, /role="status"[^>]*>All your stamps are here now/)
    assert.match(shown.headers.get('referrer-policy') ?? '', /^(same-origin|no-referrer)$/)
  })

  it('works once, within five minutes, and says so otherwise without a word of the number', async () => {
    await hand.stamp('010-0000-5002')
    const used = await hand.link('010-0000-5002')
    const late = await hand.link('010-0000-5002')
    const first = shop.visitor()
    const second = shop.visitor()
    const lateForm = formIn((await second.get(late)).text, late)
    const secondForm = formIn((await second.get(used)).text, used)
    await first.submit(used, used)
    assert.equal((await first.get(used)).location, card, 'the Back button leads to the card')
    const gone = [await second.get(used), await second.postFields(used, secondForm)]
    shop.clock.nowMs += 5 * MINUTE_MS
    gone.push(await second.get(late), await second.postFields(late, lateForm))
    for (const { status, text } of gone) {
      assert.equal(status, 410)
      assert.doesNotMatch(text, /5002/)
    }
    assert.deepEqual(
      gone.map(({ refusal }) => refusal),
      ['claim-used', 'claim-used', 'claim-expired', 'claim-expired'],
    )
    const unknown = routes.claim.href({ cafe: 'cafe', token: 'A'.repeat(22) })
    for (const path of [unknown, routes.claim.href({ cafe: 'cafe', token: 'x' })]) {
      const refused = await second.get(path)
      assert.deepEqual([refused.status, refused.refusal], [404, 'claim-unknown'])
      const posted = await second.postFields(path, { ...lateForm, idempotency_key: crypto.randomUUID() })
      assert.deepEqual([posted.status, posted.refusal], [404, 'claim-unknown'])
    }
    assert.equal(second.cookies.has('card_cafe'), false)
  })

  it('is pressed twice and claimed once, with the same answer', async () => {
    await hand.stamp('010-0000-5003', 2)
    const link = await hand.link('010-0000-5003')
    const customer = shop.visitor()
    const form = formIn((await customer.get(link)).text, link)
    const answers = await Promise.all([1, 2, 3].map(() => customer.postFields(link, form)))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]))
    const cookies = answers.map(({ headers }) =>
      headers.getSetCookie().find((line) => line.startsWith('card_cafe=')),
    )
    assert.equal(new Set(cookies).size, 1)
    assert.equal((await customer.card())?.stamps, 2)
  })

  it('says before it replaces another card that this phone will forget that one', async () => {
    await hand.stamp('010-0000-5004', 1)
    await hand.stamp('010-0000-5005', 5)
    const customer = shop.visitor()
    const first = await hand.link('010-0000-5004')
    await customer.submit(first, first)
    const old = customer.cookies.get('card_cafe') ?? ''
    const link = await hand.link('010-0000-5005')
    assert.match(
      (await customer.get(link)).text,
      /shows the card 010‑••••‑5004 now\. If you press, it forgets/,
    )
    await customer.submit(link, link)
    assert.equal((await customer.card())?.stamps, 5)
    customer.cookies.set('card_cafe', old)
    assert.equal(await customer.card(), null)
  })

  it('of the kiosk shows just that stamp, and the rest once staff have nodded', async () => {
    await hand.stamp('010-0000-5006', 6)
    shop.clock.nowMs += 3 * MINUTE_MS
    const link = await hand.kioskStamp('010-0000-5006')
    const customer = shop.visitor()
    assert.match((await customer.get(link)).text, /once staff confirm/)
    assert.equal((await customer.submit(link, link)).status, 303)
    const before = await customer.get(card)
    assert.equal(cardIn(before.text)?.stamps, 1)
    assert.match(before.text, /role="status"[^>]*>Your latest stamp is here/)
    assert.equal((await hand.nod(link)).ok, true)
    assert.equal((await customer.card())?.stamps, 7)
  })

  it('is not for a paired device, and no log line holds its token', async () => {
    await hand.stamp('010-0000-5007')
    const link = await hand.link('010-0000-5007')
    const token = link.split('/').at(-2) ?? ''
    const { visitor } = await pairedDevice(shop, 'counter')
    for (const answer of [await visitor.get(link), await visitor.postFields(link, {})])
      assert.deepEqual([answer.status, answer.refusal], [403, 'device-only'])
    assert.equal(visitor.cookies.has('card_cafe'), false)
    const customer = shop.visitor()
    await customer.submit(link, link)
    assert.ok(shop.log.some((line) => line.includes('"event":"claim"')))
    assert.ok(shop.log.some((line) => line.includes('"event":"access-refused"')))
    assert.equal(shop.log.filter((line) => line.includes(token)).length, 0)
    assert.equal(shop.log.filter((line) => line.includes('0000-5007') || line.includes('00005007')).length, 0)
  })

  it('is claimed from no other site, and with no other’s token; the button is there again', async () => {
    await hand.stamp('010-0000-5008')
    const link = await hand.link('010-0000-5008')
    const customer = shop.visitor()
    const form = formIn((await customer.get(link)).text, link)
    const foreign = formIn((await shop.visitor().get(link)).text, link)
    for (const refused of [
      await customer.postFields(link, form, { 'sec-fetch-site': 'cross-site' }),
      await customer.postFields(link, form, { 'sec-fetch-site': 'same-site' }),
      await customer.postFields(link, form, { origin: 'https://evil.example' }),
      await customer.postFields(link, { ...form, csrf_token: foreign.csrf_token ?? '' }),
    ]) {
      assert.equal(refused.status, 403)
      assert.ok(formIn(refused.text, link).idempotency_key)
    }
    assert.equal(customer.cookies.has('card_cafe'), false)
    assert.equal((await customer.postFields(link, form)).status, 303)
  })

  it('is nothing at the café next door', async () => {
    await hand.stamp('010-0000-5009')
    const token = (await hand.link('010-0000-5009')).split('/').at(-2) ?? ''
    const next = await shop.visitor().get(routes.claim.href({ cafe: 'rival', token }))
    assert.deepEqual([next.status, next.refusal], [404, 'claim-unknown'])
  })

  it('makes a phone a line on the card, which another of the customer’s phones can unlink', async () => {
    await hand.stamp('010-0000-5010', 3)
    const [first, second] = [shop.visitor(), shop.visitor()]
    for (const phone of [first, second]) {
      const link = await hand.link('010-0000-5010')
      await phone.submit(link, link)
    }
    const page = (await first.get(card)).text
    const removals = [...page.matchAll(/action="(\/cafe\/browsers\/[^"]+)"/g)].map(([, path]) => path ?? '')
    assert.equal(removals.length, 1)
    assert.match(page, /<b>This phone<\/b>[\s\S]*<b>Another phone<\/b>/)
    const stranger = shop.visitor()
    await hand.stamp('010-0000-5011')
    const other = await hand.link('010-0000-5011')
    await stranger.submit(other, other)
    const forms = formIn((await stranger.get(card)).text, routes.forget.href({ cafe: 'cafe' }))
    const removal = removals[0] ?? ''
    assert.equal((await stranger.postFields(removal, forms)).status, 404)
    const nowhere = routes.browserRemoval.href({ cafe: 'cafe', browser: 'x' })
    assert.equal((await first.postFields(nowhere, formIn(page, removal))).status, 404)
    assert.equal((await second.card())?.stamps, 3)
    assert.equal((await first.postFields(removal, formIn(page, removal))).status, 303)
    assert.equal(await second.card(), null)
    assert.equal((await first.card())?.stamps, 3)
  })
})
