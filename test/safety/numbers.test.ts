// Whole numbers: behind the counter and at the kiosk nobody ever reads one, however it is written (safety.md S45).
import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { routes } from '../../src/routes.ts'
import { everyRoute } from '../every-route.ts'
import { openShop, type Shop } from '../shop.ts'
import type { Shown, Visitor } from '../visitor.ts'
import { type BusyShop, busyShop, type IdName } from './busy-shop.ts'
import { everyPost, freshForm } from './every-post.ts'

const PLANTED = [1, 2, 3].map((place) => `7000000${place}`) // the cards of a busy shop, after their 010
const ROLES = ['customer', 'kiosk', 'counter', 'pin', 'phone', 'manager', 'owner'] as const

describe('a whole number', () => {
  let shop: Shop
  let here: BusyShop
  before(async () => {
    shop = await openShop()
    here = await busyShop(shop)
  })
  after(() => shop.close())

  const find = (visitor: Visitor, query: string) => search(visitor, routes.staff.searches.href(cafe), query)

  for (const role of ROLES)
    it(`stands on no page that ${role} can open`, async () => {
      const visitor = here.visitors[role]
      for (const [name, { pattern, methods }] of everyRoute)
        if (methods.includes('GET') && !name.endsWith('live')) {
          const id = (_: string, part: string) => (part === 'cafe' ? 'cafe' : here.ids[part as IdName])
          saysNone(await visitor.get(pattern.replace(/:(\w+)/g, id)), `${role} ${name}`)
        }
      const more = `?card=${here.ids.card}`
      saysNone(await visitor.get(`${routes.owner.customers.href(cafe)}${more}`), `${role} one customer`)
    })

  it('is never the answer to a search, by its end, by all of it, or by the letters of its card', async () => {
    const letters = shop.store.cards.codeOf(here.cafe.id, here.ids.card)
    for (const visitor of [here.visitors.pin, here.visitors.phone])
      for (const query of ['0001', '0002', '010-7000-0002', '+82 10 7000 0002', letters]) {
        const shown = await find(visitor, query)
        assert.equal(shown.status, 200)
        assert.match(shown.text, /000[12]/)
        saysNone(shown, query)
      }
    for (const query of ['0002', '010-7000-0002'])
      saysNone(await search(here.visitors.owner, routes.owner.customers.href(cafe), query), query)
  })

  it('is not given back by a refusal either, once it has a card', async () => {
    const { kiosk, pin } = here.visitors
    const fields = { phone: '010-7000-0002', stamps: '9' }
    for (let time = 0; time < 4; time++) {
      const staff = await pin.postFields(routes.staff.stamps.href(cafe), {
        ...fields,
        ...(await freshForm(pin)),
      })
      const { phone } = fields
      const form = { phone, ...(await freshForm(kiosk)) }
      const atKiosk = await kiosk.postFields(routes.kiosk.stamps.href(cafe), form)
      saysNone(staff, 'staff')
      saysNone(atKiosk, `kiosk ${atKiosk.status}`)
      saysNone(await kiosk.get(routes.kiosk.home.href(cafe)), 'kiosk')
    }
  })

  it('is in no answer to what anybody sends, nor in the log', async () => {
    const busy = await openShop()
    try {
      for (const { name, path, visitor, fields } of await everyPost(busy)) {
        const shown = await visitor.postFields(path, { ...fields, ...(await freshForm(visitor)) })
        if (name === 'owner.number') assert.match(shown.text, /010.7000.0002/)
        else saysNone(shown, name)
        if (shown.location !== null) saysNone(await visitor.get(shown.location), `after ${name}`)
      }
      for (const line of [...busy.log, ...shop.log]) assert.equal(formFound(line), null, line)
    } finally {
      busy.app.close()
      await busy.close()
    }
  })
})

const cafe = { cafe: 'cafe' }

async function search(visitor: Visitor, path: string, query: string): Promise<Shown> {
  return visitor.postFields(path, { query, ...(await freshForm(visitor)) })
}

function saysNone({ headers, text }: Shown, where: string): void {
  assert.equal(formFound(`${text}\n${[...headers].join('\n')}`), null, where)
}

/** The form in which a planted number stands in a text, or null. */
function formFound(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
  const digits = plain.replace(/[\s().\-–‑·/]|%20|%2D|&nbsp;|&#x2d;/gi, '')
  for (const end of PLANTED)
    for (const [whole, where] of [
      [end, digits],
      [Buffer.from(`+8210${end}`).toString('base64').replace(/=+$/, ''), text],
      [Buffer.from(`010${end}`).toString('base64').replace(/=+$/, ''), text],
      [Buffer.from(`+8210${end}`).toString('hex'), text],
      [[...end].reverse().join(''), digits],
    ] as const)
      if (where.includes(whole)) return whole
  return null
}
