// Every role at every route: what the app does equals the written table, and a route without a row fails (safety.md S41, S42, S46).
import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { allowOf, type Method, type Route } from '../src/routes.ts'
import { uuidOf } from '../src/store/sql.ts'
import { cafeOf, pairedDevice, putAt, setUpShop, signedIn } from './counter-people.ts'
import { everyRoute, routeCalled } from './every-route.ts'
import { type Admission, MATRIX, type MatrixRole, ROLES } from './matrix.ts'
import { openShop, type Shop } from './shop.ts'
import type { Visitor } from './visitor.ts'
import { digestOf, inFile } from './whole-database.ts'

const NOBODYS = '01890000-0000-7000-8000-000000000000' // an id that no row has: entering is judged before what is asked for

let shop: Shop
let visitors: Record<MatrixRole, Visitor>

before(async () => {
  shop = await openShop()
  visitors = await everybody()
})
after(() => shop.close())

describe('the matrix', () => {
  it('has a row for every method of every route, and none besides', () => {
    const expected = everyRoute.flatMap(([name, { methods }]) => methods.map((method) => `${name} ${method}`))
    assert.deepEqual([...MATRIX.keys()].sort(), expected.sort())
    for (const [name, row] of MATRIX)
      for (const role of ROLES) assert.match(row[role], /^[.sx]$/, `${name} ${role}`)
  })

  it('every route has its door', async () => {
    for (const [name, route] of everyRoute) {
      const answer = await ask(visitors.stranger, 'OPTIONS', pathOf(route))
      assert.equal(answer.status, 204, name)
      assert.equal(answer.headers.get('allow'), allowOf(route.methods), name)
    }
  })

  for (const role of ROLES) {
    it(`is what ${role} meets at every route`, async () => {
      const met: string[] = []
      for (const [key, row] of MATRIX) {
        const [name = '', method = ''] = key.split(' ')
        const route = routeCalled(name)
        const admission = admissionOf(await ask(visitors[role], method as Method, pathOf(route)))
        if (admission !== row[role]) met.push(`${key}: ${admission}, not ${row[role]}`)
      }
      assert.deepEqual(met, [])
    })
  }

  it('looking changes nothing: GET and HEAD of every route, by everybody, twice', async () => {
    const look = async () => {
      for (const [, route] of everyRoute.filter(([, { methods }]) => methods.includes('GET')))
        for (const role of ROLES)
          for (const method of ['GET', 'HEAD']) await ask(visitors[role], method, pathOf(route))
    }
    await look()
    const digest = digestOf(shop)
    await look()
    assert.equal(digestOf(shop), digest)
  })

  it('no paired device is ever given a card cookie', async () => {
    for (const role of ['kiosk', 'counter', 'pin', 'pinManager'] as const)
      for (const [key] of MATRIX) {
        const [name = '', method = ''] = key.split(' ')
        const answer = await ask(visitors[role], method, pathOf(routeCalled(name)))
        assert.deepEqual(
          answer.headers.getSetCookie().filter((line) => /card_/.test(line)),
          [],
          `${role} ${key}`,
        )
      }
  })
})

async function everybody(): Promise<Record<MatrixRole, Visitor>> {
  const { owner, manager, staff } = await setUpShop(shop, { mode: 'self' })
  const rival = await setUpShop(shop, { slug: 'rival' })
  const [customer, proven] = [shop.visitor(), shop.visitor()]
  await customer.stamp('010-0000-0001')
  await proven.stamp('010-0000-0002')
  await proveNewest()
  const [kiosk, counter, pin, pinManager, atCounter, atKiosk, elsewhere] = await Promise.all([
    pairedDevice(shop, 'kiosk'),
    pairedDevice(shop, 'counter'),
    pairedDevice(shop, 'counter'),
    pairedDevice(shop, 'counter'),
    pairedDevice(shop, 'counter'),
    pairedDevice(shop, 'kiosk'),
    pairedDevice(shop, 'kiosk', { slug: 'rival' }),
  ])
  await putAt(shop, pin.id, staff[0].id)
  await putAt(shop, pinManager.id, manager.id)
  return {
    stranger: shop.visitor(),
    customer,
    proven,
    kiosk: kiosk.visitor,
    counter: counter.visitor,
    pin: pin.visitor,
    pinManager: pinManager.visitor,
    phone: await signedIn(shop, staff[1]),
    manager: await signedIn(shop, manager),
    owner: await signedIn(shop, owner),
    ownerAtCounter: both(await signedIn(shop, owner), atCounter.visitor),
    ownerAtKiosk: both(await signedIn(shop, owner), atKiosk.visitor),
    rivalOwner: await signedIn(shop, rival.owner, { slug: 'rival' }),
    rivalKiosk: elsewhere.visitor,
  }
}

/** Both customers' browsers are there; the newest is claimed. */
async function proveNewest(): Promise<void> {
  const { id } = await cafeOf(shop)
  const hex = inFile(shop, (file) =>
    file.prepare('SELECT lower(hex(id)) FROM browsers ORDER BY id DESC LIMIT 1').pluck().get(),
  )
  const browserId = uuidOf(String(hex))
  await shop.store.transaction(id, (tx) => tx.browsers.prove(id, browserId, 'operator', shop.clock.nowMs))
}

function both(one: Visitor, other: Visitor): Visitor {
  for (const [name, value] of other.cookies) one.cookies.set(name, value)
  return one
}

/** Without waiting for the end of a stream that has none. */
async function ask(
  visitor: Visitor,
  method: string,
  path: string,
): Promise<Response & { reason: string | null }> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { 'accept-language': 'en', ...(cookie && { cookie }) }
  const answer = await shop.app.fetch(new Request(`${shop.origin}${path}`, { method, headers }))
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream')
  if (isStream) await answer.body?.cancel()
  const text = isStream ? '' : await answer.text()
  return Object.assign(answer, { reason: text.match(/role="alert" data-reason="([^"]+)"/)?.[1] ?? null })
}

function admissionOf({ status, reason }: { status: number; reason: string | null }): Admission {
  if (status === 401) return 's'
  return status === 403 && (reason === 'not-allowed' || reason === 'device-only') ? 'x' : '.'
}

function pathOf({ pattern }: Route<never>): string {
  return pattern.replace(':cafe', 'cafe').replace(/:\w+/g, NOBODYS)
}
