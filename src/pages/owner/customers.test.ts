import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { pairedDevice, putAt, type SetUpCafe, setUpShop, signedIn } from '../../../test/counter-people.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { formIn, type Visitor } from '../../../test/visitor.ts'
import { systemRandom } from '../../clock.ts'
import { routes } from '../../routes.ts'
import { type Phone, parsePhone } from '../../rules/phone.ts'

const PAGE = '/cafe/owner/customers/'

describe('finding a customer', () => {
  let shop: Shop
  let set: SetUpCafe
  let owner: Visitor
  let manager: Visitor
  let cardId: string
  before(async () => {
    shop = await openShop()
    for (let customer = 0; customer < 12; customer += 1)
      await shop.visitor().stamp(`010-${2000 + customer}-5678`)
    await shop.visitor().stamp('010-7777-1234')
    await shop.visitor().stamp('010-7777-1234', 'rival')
    set = await setUpShop(shop)
    owner = await signedIn(shop, set.owner)
    manager = await signedIn(shop, set.manager)
    cardId = await cardOf(shop, set.cafe.id, '010-7777-1234')
  })
  after(() => shop.close())

  const pageOf = (card: string) => `${PAGE}?card=${card}`
  const numberOf = (card: string) => routes.owner.number.href({ cafe: 'cafe', card })
  const newestLine = async () => (await shop.store.audits.page(set.cafe.id, null, 1))[0]

  it('shows at most ten masked rows, and is in the audit log without the digits', async () => {
    const found = await manager.submit(PAGE, PAGE, { query: '5678' })
    assert.equal(found.status, 200)
    assert.equal(found.text.match(/data-card="/g)?.length, 10)
    assert.match(found.text, /There are more/)
    for (let customer = 0; customer < 12; customer += 1)
      assert.equal(digitsIn(found.text).includes(`${2000 + customer}5678`), false)
    const line = await newestLine()
    assert.deepEqual([line?.act, line?.facts], ['search', { by: 'last-four', found: 10 }])
  })

  it('finds one by the whole number and by the letters of the card', async () => {
    const letters = shop.store.cards.codeOf(set.cafe.id, cardId)
    for (const query of ['010-7777-1234', letters.toLowerCase()]) {
      const found = await owner.submit(PAGE, PAGE, { query })
      assert.ok(found.text.includes(`data-card="${cardId}"`))
    }
    for (const query of ['', '12', 'abc', '\u0660\u0661']) {
      const refused = await owner.submit(PAGE, PAGE, { query })
      assert.deepEqual([refused.status, refused.refusal], [422, 'digits-missing'])
    }
  })

  it('says who made each line of a card and where, and never more of the number than its end (S45)', async () => {
    for (const visitor of [owner, manager]) {
      const shown = await visitor.get(pageOf(cardId))
      assert.equal(shown.status, 200)
      assert.match(shown.text, /customer’s phone/)
      assert.equal(digitsIn(shown.text).includes('77771234'), false)
    }
  })

  it('shows the whole number to the owner alone, on that answer alone, and puts each look on record (S45, A5)', async () => {
    const shown = await owner.submit(pageOf(cardId), numberOf(cardId))
    assert.equal(shown.status, 200)
    assert.match(shown.text, /id="full-number">010.7777.1234</)
    assert.equal(shown.headers.get('cache-control'), 'no-store')
    assert.equal(shown.location, null)
    const line = await newestLine()
    assert.deepEqual([line?.act, line?.subject, line?.personId], ['number-viewed', cardId, set.owner.id])
    assert.equal(digitsIn((await owner.get(pageOf(cardId))).text).includes('77771234'), false)
    assert.ok(shop.log.every((one) => !digitsIn(one).includes('77771234')))
  })

  it('puts a look on record again when the same form is sent again', async () => {
    const fields = formIn((await owner.get(pageOf(cardId))).text, numberOf(cardId))
    await owner.postFields(numberOf(cardId), fields)
    const first = await newestLine()
    assert.equal((await owner.postFields(numberOf(cardId), fields)).status, 200)
    assert.equal((await newestLine())?.number, (first?.number ?? 0) + 1)
  })

  it('asks the owner again who they are before the number is shown (S26)', async () => {
    shop.clock.nowMs += 5 * 60_000 + 1
    const before = await newestLine()
    const refused = await owner.submit(pageOf(cardId), numberOf(cardId))
    assert.deepEqual([refused.status, refused.refusal], [403, 'reauthenticate'])
    assert.equal(digitsIn(refused.text).includes('77771234'), false)
    assert.deepEqual(await newestLine(), before)
    owner = await signedIn(shop, set.owner)
  })

  it('shows nobody else the number, by whatever form (S45)', async () => {
    const counter = await pairedDevice(shop, 'counter')
    await putAt(shop, counter.id, set.owner.id)
    const others: Visitor[] = [
      manager,
      await signedIn(shop, set.staff[0]),
      counter.visitor,
      (await pairedDevice(shop, 'kiosk')).visitor,
      shop.visitor(),
    ]
    const { idempotency_key = '' } = formIn((await manager.get(PAGE)).text, PAGE)
    for (const [index, visitor] of others.entries()) {
      const { csrf_token = '' } = Object.fromEntries(
        [...(await visitor.get('/cafe/staff/')).text.matchAll(/name="(csrf_token)" value="([^"]+)"/g)].map(
          ([, name = '', value = '']) => [name, value],
        ),
      )
      const fields = { csrf_token, idempotency_key: `${idempotency_key}${index}` }
      const refused = await visitor.postFields(numberOf(cardId), fields)
      assert.ok([401, 403].includes(refused.status), String(refused.status))
      assert.notEqual(refused.refusal, 'reauthenticate', 'that would be shown to them after a password')
      assert.equal(digitsIn(refused.text).includes('77771234'), false)
    }
    assert.equal((await manager.get(pageOf(cardId))).text.includes(numberOf(cardId)), false)
  })

  it('answers another café’s card as one that is not there (S43)', async () => {
    const rival = await shop.store.cafes.findBySlug('rival')
    const theirs = await cardOf(shop, rival?.id ?? 0, '010-7777-1234')
    const form = formIn((await owner.get(pageOf(cardId))).text, numberOf(cardId))
    for (const [index, card] of [theirs, systemRandom.uuid(), 'x', ''].entries()) {
      assert.equal((await owner.get(pageOf(card))).status, 404)
      if (card === '') continue
      const fields = { ...form, idempotency_key: `${form.idempotency_key}${index}` }
      assert.equal((await owner.postFields(numberOf(card), fields)).status, 404)
    }
    const theirLine = (await shop.store.cards.find(rival?.id ?? 0, theirs))?.lastEntryId
    const ownLine = (
      await shop.store.cards.find(set.cafe.id, await cardOf(shop, set.cafe.id, '010-2000-5678'))
    )?.lastEntryId
    assert.equal((await owner.get(`${pageOf(cardId)}&from=${ownLine}`)).status, 404)
    assert.equal((await owner.get(`${pageOf(cardId)}&from=${theirLine}`)).text.includes('data-entry'), false)
  })

  it('may be done thirty times a minute', async () => {
    shop.clock.nowMs += 60_000
    for (let time = 0; time < 30; time += 1)
      assert.equal((await manager.submit(PAGE, PAGE, { query: '0000' })).status, 200)
    const refused = await manager.submit(PAGE, PAGE, { query: '5678' })
    assert.deepEqual([refused.status, refused.refusal], [429, 'too-many-tries'])
    assert.equal(refused.text.includes('data-card'), false)
  })
})

async function cardOf(shop: Shop, cafeId: number, phone: string): Promise<string> {
  const card = await shop.store.cards.findByPhone(cafeId, parsePhone(phone, 'KR') as Phone)
  if (card === null) throw new Error('the number has a card')
  return card.id
}

/** As a reader would put them together. */
function digitsIn(text: string): string {
  return text.replaceAll(/[-\u2011\s()]/g, '')
}
