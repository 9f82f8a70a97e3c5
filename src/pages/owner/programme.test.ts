import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { type SetUpCafe, setUpShop, signedIn } from '../../../test/counter-people.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { formIn, type Visitor } from '../../../test/visitor.ts'
import { currentVersion } from '../../rules/programme.ts'

const PAGE = '/cafe/owner/programme/'
const LIMITS = '/cafe/owner/limits/'
const MINUTE_MS = 60_000

describe('the programme and the limits', () => {
  let shop: Shop
  let set: SetUpCafe
  let owner: Visitor
  let manager: Visitor
  before(async () => {
    shop = await openShop()
    await shop.visitor().stamp('010-2345-6789')
    set = await setUpShop(shop)
    owner = await signedIn(shop, set.owner)
    manager = await signedIn(shop, set.manager)
  })
  after(() => shop.close())

  const cafe = () => shop.store.cafes.findBySlug('cafe')
  const lines = async (most: number) => shop.store.audits.page(set.cafe.id, null, most)
  const asItIs = {
    name: '온기 커피',
    language: 'ko',
    reward: '',
    cost: '10',
    mode: 'counter',
    kiosk: 'yes',
  }

  it('changes the reward, the way of stamping, the name, the language and what the kiosk shows', async () => {
    const change = {
      name: '온기 로스터스',
      language: 'ja',
      reward: '라테 한 잔',
      cost: '12',
      mode: 'code',
      kiosk: 'no',
    }
    assert.equal((await manager.submit(PAGE, PAGE, change)).status, 303)
    const now = await cafe()
    assert.deepEqual(
      [now?.name, now?.language, now?.mode, now?.kioskShowsCount],
      ['온기 로스터스', 'ja', 'code', false],
    )
    const programme = await shop.store.cafes.programmeOf(set.cafe.id)
    assert.deepEqual(
      currentVersion(programme).rewards.map(({ name, cost }) => ({ name, cost })),
      [{ name: '라테 한 잔', cost: 12 }],
    )
    assert.deepEqual(
      (await lines(2)).map(({ act, facts }) => ({ act, facts })),
      [
        { act: 'cafe-changed', facts: { mode: 'code', modeBefore: 'counter' } },
        { act: 'programme-changed', facts: { cost: 12, costBefore: 10 } },
      ],
    )
    assert.equal((await owner.submit(PAGE, PAGE, asItIs)).status, 303)
  })

  it('writes nothing where nothing is new', async () => {
    const [before] = await lines(1)
    const { versions } = await shop.store.cafes.programmeOf(set.cafe.id)
    assert.equal((await owner.submit(PAGE, PAGE, asItIs)).status, 303)
    assert.equal((await shop.store.cafes.programmeOf(set.cafe.id)).versions.length, versions.length)
    assert.deepEqual((await lines(1))[0], before)
  })

  it('keeps the promise of a card that is half full, and says so', async () => {
    assert.match((await owner.get(PAGE)).text, /keep the number they started under/)
    const card = await shop.store.cards.findByPhone(set.cafe.id, '+821023456789' as never)
    await owner.submit(PAGE, PAGE, { ...asItIs, cost: '30' })
    const customers = '/cafe/owner/customers/'
    const found = await owner.submit(customers, customers, { query: '6789' })
    assert.match(found.text, /1 stamp · a reward for 10/)
    assert.ok(card)
    await owner.submit(PAGE, PAGE, asItIs)
  })

  it('gives the form back as it was filled in', async () => {
    for (const wrong of [
      { cost: '0' },
      { cost: '101' },
      { cost: '1.5' },
      { cost: '1e1' },
      { cost: '' },
      { mode: 'free' },
      { language: 'fr' },
      { kiosk: 'perhaps' },
      { reward: 'x'.repeat(61) },
      { setUpAtMs: '0' },
      { stampsAVisit: '99' },
    ]) {
      const refused = await owner.submit(PAGE, PAGE, {
        ...asItIs,
        name: 'Ongi',
        ...(wrong as Record<string, string>),
      })
      assert.deepEqual([refused.status, refused.refusal], [422, 'field-invalid'], JSON.stringify(wrong))
      assert.match(refused.text, /value="Ongi"/)
    }
    const unnamed = await owner.submit(PAGE, PAGE, { ...asItIs, name: ' ' })
    assert.deepEqual([unnamed.status, unnamed.refusal], [422, 'name-missing'])
    assert.equal((await cafe())?.name, '온기 커피')
  })

  it('lets the owner tighten limits at any time, and loosen them only soon after saying who they are (S26)', async () => {
    const usual = { gap: '120', visits: '3', atOnce: '9' }
    assert.equal((await owner.submit(PAGE, LIMITS, { ...usual, visits: '4' })).status, 303)
    assert.equal((await cafe())?.visitsADay, 4)
    shop.clock.nowMs += 5 * MINUTE_MS + 1
    for (const looser of [{ gap: '119' }, { visits: '5' }, { atOnce: '10' }]) {
      const refused = await owner.submit(PAGE, LIMITS, {
        ...usual,
        visits: '4',
        ...(looser as Record<string, string>),
      })
      assert.deepEqual([refused.status, refused.refusal], [403, 'reauthenticate'], JSON.stringify(looser))
      assert.ok(refused.text.includes('/cafe/owner/reauthentication/?next='))
    }
    assert.equal((await cafe())?.visitsADay, 4)
    assert.equal((await owner.submit(PAGE, LIMITS, { gap: '180', visits: '2', atOnce: '5' })).status, 303)
    const now = await cafe()
    assert.deepEqual([now?.stampGapSeconds, now?.visitsADay, now?.stampsAVisit], [180, 2, 5])
    const [line] = await lines(1)
    assert.deepEqual([line?.act, line?.facts.gap, line?.facts.gapBefore], ['limits-changed', 180, 120])
    owner = await signedIn(shop, set.owner)
  })

  it('takes no limit that no café could mean', async () => {
    for (const wrong of [
      { gap: '-1' },
      { gap: '86401' },
      { visits: '0' },
      { atOnce: '9999' },
      { atOnce: 'many' },
    ]) {
      const filled = { gap: '180', visits: '2', atOnce: '5', ...(wrong as Record<string, string>) }
      const refused = await owner.submit(PAGE, LIMITS, filled)
      assert.deepEqual([refused.status, refused.refusal], [422, 'field-invalid'])
    }
  })

  it('shows a manager the limits, and lets them change none', async () => {
    const { text } = await manager.get(PAGE)
    assert.equal(text.includes(`action="${LIMITS}"`), false)
    const { csrf_token = '', idempotency_key = '' } = formIn(text, PAGE)
    const refused = await manager.postFields(LIMITS, {
      csrf_token,
      idempotency_key,
      gap: '0',
      visits: '50',
      atOnce: '99',
    })
    assert.deepEqual([refused.status, refused.refusal], [403, 'not-allowed'])
    assert.equal((await cafe())?.visitsADay, 2)
  })
})
