// Another café's ids: wherever an address or a form takes one, the café next door's answers as one that nobody has (safety.md S43).
import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { systemRandom } from '../../src/clock.ts'
import { routes } from '../../src/routes.ts'
import { signedIn } from '../counter-people.ts'
import { everyRoute } from '../every-route.ts'
import { openShop, type Shop } from '../shop.ts'
import type { Shown, Visitor } from '../visitor.ts'
import { digestOf } from '../whole-database.ts'
import { bare } from './bare.ts'
import { type BusyShop, busyShop, type IdName } from './busy-shop.ts'
import { freshForm } from './every-post.ts'

const HERE = { cafe: 'cafe' }
const COUNTED = ['limits', 'pin_tries', 'answers', 'audits', 'audit_heads', 'sessions', 'devices'] // that somebody asked may be noted
const FIELDS: Readonly<Record<string, Record<string, string>>> = {
  'staff.invitation': { pin: '582903' },
  'staff.cardStamps': { stamps: '1' },
  'staff.voids': { reason: 'a slip' },
  'staff.moves': { phone: '010-7000-0400', reason: 'a slip' },
  'staff.decisions': { decision: 'allow' },
  'owner.person': { name: '지우', role: 'staff', email: '' },
  'owner.personPin': { pin: '582903' },
  'owner.personInvitation': { purpose: 'phone' },
  'owner.personEnd': { state: 'gone' },
}

describe('an id of the café next door', () => {
  let shop: Shop
  let here: BusyShop
  let rival: BusyShop
  before(async () => {
    shop = await openShop()
    here = await busyShop(shop)
    rival = await busyShop(shop, 'rival')
    here.visitors.owner = await signedIn(shop, here.owner) // lately enough for all that they may do
  })
  after(() => shop.close())

  /** Asks with the rival's and with nobody's, and says where the two answers differ. */
  async function difference(theirs: string, ask: (id: string) => Promise<Shown>): Promise<string | null> {
    const nobodys = likeIt(theirs)
    const [met, expected] = [await ask(theirs), await ask(nobodys)]
    const same = bare(met, [theirs]) === bare(expected, [nobodys])
    return same ? null : `${met.status} ${met.refusal}, not ${expected.status} ${expected.refusal}`
  }

  for (const role of ['customer', 'kiosk', 'counter', 'pin', 'phone', 'manager', 'owner'] as const)
    it(`in an address is to ${role} as one that nobody has, byte for byte, by GET and by POST`, async () => {
      const visitor = here.visitors[role]
      const before = digestOf(shop, COUNTED)
      const met: string[] = []
      await freshForm(visitor)
      for (const [name, { pattern, methods }] of withId()) {
        const theirs = rival.ids[idNameOf(name, pattern)]
        for (const method of methods) {
          const found = await difference(theirs, async (id) => {
            const path = pattern.replace(':cafe', 'cafe').replace(/:\w+/, encodeURIComponent(id))
            if (method === 'GET') return visitor.get(path)
            return visitor.postFields(path, { ...FIELDS[name], ...(await freshForm(visitor)) })
          })
          if (found !== null) met.push(`${method} ${name}: ${found}`)
        }
      }
      assert.deepEqual(met, [])
      assert.equal(digestOf(shop, COUNTED), before)
    })

  it('in the part of an address that leafs through lines is nothing either', async () => {
    const { owner, pin, customer } = here.visitors
    const customers = routes.owner.customers.href(HERE)
    const card = routes.staff.card.href({ ...HERE, card: here.ids.card })
    const asked: [Visitor, IdName, string][] = [
      [owner, 'card', `${customers}?card=`],
      [owner, 'entry', `${customers}?card=${here.ids.card}&from=`],
      [pin, 'entry', `${card}?from=`],
      [customer, 'entry', `${routes.card.href(HERE)}?from=`],
    ]
    for (const [visitor, name, path] of asked)
      assert.equal(await difference(rival.ids[name], (id) => visitor.get(`${path}${id}`)), null, path)
  })

  it('in a field of a form is nothing either, and writes nothing', async () => {
    const { counter, manager, owner, pin } = here.visitors
    const { devices, branches } = routes.owner
    const before = digestOf(shop, COUNTED)
    const post = (visitor: Visitor, path: string, fields: Record<string, string>) => async () =>
      visitor.postFields(path, { ...fields, ...(await freshForm(visitor)) })
    const move = routes.staff.moves.href({ ...HERE, entry: here.ids.entry })
    const pinPath = routes.staff.pin.href(HERE)
    const asked: [string, string, (id: string) => Promise<Shown>][] = [
      ['the card to move a stamp to', rival.ids.card, (card) => post(pin, move, { card })()],
      ['who works here', rival.staff[0].id, (person) => post(counter, pinPath, { person, pin: '481605' })()],
      [
        'where a tablet stands',
        rival.branch.id,
        (branch) => post(manager, devices.href(HERE), { branch, kind: 'kiosk', name: 'x' })(),
      ],
      [
        'the branch to rename',
        rival.branch.id,
        (branch) => post(owner, branches.href(HERE), { branch, name: 'x' })(),
      ],
    ]
    for (const [what, theirs, ask] of asked) assert.equal(await difference(theirs, ask), null, what)
    assert.equal(digestOf(shop, COUNTED), before)
  })
})

function withId() {
  return everyRoute.filter(([, { pattern }]) => /^\/:cafe\/.*:/.test(pattern))
}

function idNameOf(name: string, pattern: string): IdName {
  if (name === 'staff.invitation') return 'invitation'
  return (pattern.match(/:(\w+)/g)?.[1]?.slice(1) ?? '') as IdName
}

/** An id of the same form that nobody has. */
function likeIt(id: string): string {
  if (id.length === 36) return systemRandom.uuid()
  const [cafe, secret] = id.includes('.') ? id.split('.') : [null, id]
  const other = Buffer.from(systemRandom.bytes(64)).toString('base64url').slice(0, secret?.length)
  return cafe === null ? other : `${cafe}.${other}`
}
