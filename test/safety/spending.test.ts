// Spending another's card: a number is no secret, so whoever has nothing but one gets nothing by any form there is (safety.md F4).
import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { routes } from '../../src/routes.ts'
import { openShop, type Shop } from '../shop.ts'
import type { Visitor } from '../visitor.ts'
import { inFile } from '../whole-database.ts'
import { type BusyShop, busyShop } from './busy-shop.ts'
import { everyPost, freshForm, type Post } from './every-post.ts'

const VICTIM = '010-7000-0002' // a card of a busy shop, with stamps for a coffee
const TAKES = new Set(['free', 'staff.redemptions', 'staff.voids', 'staff.moves']) // what takes stamps off a card
const MINUTE_MS = 60_000

describe('a card with a coffee on it', () => {
  let shop: Shop
  let here: BusyShop
  let posts: readonly Post[]
  before(async () => {
    shop = await openShop()
    posts = await everyPost(shop)
    here = await busyShop(await openShop())
    await here.stamped(VICTIM, 9)
  })
  after(() => Promise.all([shop.close(), here.shop.close()]))

  const taken = () =>
    inFile(here.shop, (file) => file.prepare('SELECT count(*) FROM entries WHERE stamps < 0').pluck().get())

  it('is spent only where the list says: a new way to take stamps has to be thought about here', async () => {
    const takers: string[] = []
    for (const { name, path, visitor, fields } of posts) {
      const count = () =>
        inFile(shop, (file) => file.prepare('SELECT count(*) FROM entries WHERE stamps < 0').pluck().get())
      const earlier = count()
      await visitor.postFields(path, { ...fields, ...(await freshForm(visitor)) })
      if (count() !== earlier) takers.push(name)
    }
    assert.deepEqual(new Set(takers), TAKES)
  })

  const thieves: [string, () => Promise<Visitor>][] = [
    ['a stranger', async () => here.visitors.stranger()],
    ['a browser that typed the number and has its stamp', bindByNumber],
    ['the kiosk', async () => here.visitors.kiosk],
    ['the counter’s tablet, with nobody at it', async () => here.visitors.counter],
  ]
  for (const [who, thiefOf] of thieves)
    it(`is not spent by ${who} with nothing but its number, by whatever form`, async () => {
      const thief = await thiefOf()
      for (const { name, path, fields } of posts) {
        const phone = 'phone' in fields ? { phone: VICTIM } : {}
        const shown = await thief.postFields(aimed(path, name), {
          ...fields,
          ...phone,
          ...(await freshForm(thief)),
        })
        if (TAKES.has(name))
          assert.ok([303, 401, 403, 404, 409].includes(shown.status), `${name} ${shown.status}`)
        if (shown.status === 303)
          assert.ok(name !== 'free' || shown.location === routes.card.href({ cafe: 'cafe' }), name)
        assert.equal(taken(), 0, name)
      }
    })

  it('is spent by the proven browser of its customer, and by staff with their name', async () => {
    const redemption = routes.staff.redemptions.href({ cafe: 'cafe', card: here.ids.card })
    const { pin } = here.visitors
    assert.equal((await pin.postFields(redemption, await freshForm(pin))).status, 303)
    assert.equal(taken(), 1)
  })

  /** The way of a curious neighbour: typed at the card's page, and stamped once. */
  async function bindByNumber(): Promise<Visitor> {
    here.shop.clock.nowMs += 3 * MINUTE_MS
    const curious = here.visitors.stranger()
    assert.equal((await curious.stamp(VICTIM)).status, 303)
    return curious
  }

  /** The same address with the victim's card, or a line of it. */
  function aimed(path: string, name: string): string {
    const { card, entry } = here.ids
    const [, , kind] = path.split('/').slice(1)
    if (kind === 'cards' || kind === 'customers') return path.replace(/[0-9a-f-]{36}/, card)
    return name === 'staff.voids' || name === 'staff.moves' ? path.replace(/[0-9a-f-]{36}/, entry) : path
  }
})
