import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { type SetUpCafe, setUpShop, signedIn } from '../../../test/counter-people.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import type { Visitor } from '../../../test/visitor.ts'

const PAGE = '/cafe/owner/audit/'
const LINES = 120

describe('the audit log as the owner reads it', () => {
  let shop: Shop
  let set: SetUpCafe
  let owner: Visitor
  before(async () => {
    shop = await openShop()
    set = await setUpShop(shop)
    const rival = await setUpShop(shop, { slug: 'rival' })
    const line = {
      atMs: shop.clock.nowMs,
      actor: 'manager',
      deviceId: null,
      address: '203.0.113.7',
      act: 'person-changed',
    } as const
    await shop.store.transaction(rival.cafe.id, (tx) =>
      tx.audits.append(rival.cafe.id, { ...line, personId: rival.manager.id, subject: null, facts: {} }),
    )
    const facts = { role: 'manager', roleBefore: 'staff' }
    const own = { ...line, personId: set.manager.id, subject: set.staff[0].id, facts }
    for (let number = 0; number < LINES; number += 1)
      await shop.store.transaction(set.cafe.id, (tx) => tx.audits.append(set.cafe.id, own))
    owner = await signedIn(shop, set.owner)
  })
  after(() => shop.close())

  const numbersIn = (page: string) =>
    [...page.matchAll(/data-number="(\d+)"/g)].map(([, number]) => Number(number))

  it('says in words who did what to whom, from where and when, in three languages', async () => {
    const first = async (language: string) =>
      (await (await signedIn(shop, set.owner, { language })).get(PAGE)).text.match(
        /<li data-act.*?<\/li>/s,
      )?.[0] ?? ''
    assert.match(
      await first('en'),
      /changed somebody.*민지.*role staff → manager.*서연 \(manager\) · 203\.0\.113\.7 · \d\d:\d\d/s,
    )
    assert.match(await first('ko'), /직원 정보를 바꿈.*역할 직원 → 매니저.*서연 \(매니저\)/s)
    assert.match(
      await first('ja'),
      /スタッフの内容を変えました.*役割 スタッフ → マネージャー.*서연 \(マネージャー\)/s,
    )
  })

  it('is read from the newest line back to the first, none left out and none twice', async () => {
    const seen: number[] = []
    for (let href: string | null = PAGE; href !== null; ) {
      const { status, text } = await owner.get(href)
      assert.equal(status, 200)
      seen.push(...numbersIn(text))
      href = /rel="next" href="([^"]+)"/.exec(text)?.[1] ?? null
    }
    assert.deepEqual(
      seen,
      Array.from({ length: LINES }, (_, place) => LINES - place),
    )
  })

  it('shows the newest page for a place that cannot be one, and says how it is proven', async () => {
    for (const before of ['0', '-1', 'x', '1e3', '99999999999999999999', "1' OR '1'='1", '%00'])
      assert.equal(
        numbersIn((await owner.get(`${PAGE}?before=${encodeURIComponent(before)}`)).text)[0],
        LINES,
      )
    assert.match((await owner.get(PAGE)).text, /dojang verify/)
  })

  it('is for managers and the owner', async () => {
    assert.equal((await (await signedIn(shop, set.manager)).get(PAGE)).status, 200)
    assert.equal((await (await signedIn(shop, set.staff[0])).get(PAGE)).status, 403)
    assert.equal((await shop.visitor().get(PAGE)).status, 401)
  })
})
