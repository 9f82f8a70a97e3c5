import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import {
  addEmployee,
  type Employee,
  pairedDevice,
  putAt,
  type SetUpCafe,
  setUpShop,
  signedIn,
} from '../../../test/counter-people.ts'
import { openStream } from '../../../test/live-stream.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { formIn, type Visitor } from '../../../test/visitor.ts'
import { systemRandom } from '../../clock.ts'
import { routes } from '../../routes.ts'

const PAGE = '/cafe/owner/staff/'
const ENDS_SOON = { timeout: 5_000 } // a stream that nobody told would ask by itself only after 15 seconds

describe('the people of a café', () => {
  let shop: Shop
  let set: SetUpCafe
  let owner: Visitor
  let manager: Visitor
  before(async () => {
    shop = await openShop()
    set = await setUpShop(shop)
    await setUpShop(shop, { slug: 'rival' })
    owner = await signedIn(shop, set.owner)
    manager = await signedIn(shop, set.manager)
  })
  after(() => shop.close())

  const pageOf = ({ id }: Pick<Employee, 'id'>) => routes.owner.person.href({ cafe: 'cafe', person: id })
  const personOf = (id: string) => shop.store.people.find(set.cafe.id, id)
  const newestLine = async () => (await shop.store.audits.page(set.cafe.id, null, 1))[0]
  const staffAdded = (name: string) => addEmployee(shop, { role: 'staff', name, pin: null })

  it('are added with a name and a role, and then have a PIN', async () => {
    assert.equal((await manager.submit(PAGE, PAGE, { name: '하늘', role: 'staff' })).status, 303)
    const person = (await shop.store.people.list(set.cafe.id)).find(({ name }) => name === '하늘')
    assert.ok(person)
    assert.deepEqual([person.role, person.hasPin], ['staff', false])
    assert.equal((await newestLine())?.act, 'person-added')
    const action = routes.owner.personPin.href({ cafe: 'cafe', person: person.id })
    assert.equal((await manager.submit(pageOf(person), action, { pin: '592047' })).status, 303)
    assert.equal((await personOf(person.id))?.hasPin, true)
    assert.equal((await newestLine())?.act, 'pin-changed')
    assert.match((await owner.get(PAGE)).text, /하늘/)
    assert.ok(shop.log.every((line) => !line.includes('592047')))
  })

  it('are added with their PIN at once, and the next page says so once', async () => {
    const added = await owner.submit(PAGE, PAGE, { name: '가람', role: 'staff', pin: '592047' })
    assert.equal(added.status, 303)
    const person = (await shop.store.people.list(set.cafe.id)).find(({ name }) => name === '가람')
    assert.equal(person?.hasPin, true)
    assert.deepEqual((await newestLine())?.facts, { role: 'staff', withPin: 1 })
    assert.match((await owner.get(PAGE)).text, /role="status">Added. From now on/)
    assert.doesNotMatch((await owner.get(PAGE)).text, /role="status"/)
    assert.ok(shop.log.every((line) => !line.includes('592047')))
  })

  it('are not added with a PIN that is too easy, and it is not given back', async () => {
    const refused = await owner.submit(PAGE, PAGE, { name: '누리', role: 'staff', pin: '123456' })
    assert.deepEqual([refused.status, refused.refusal], [422, 'pin-trivial'])
    assert.equal(formIn(refused.text, PAGE).name, '누리')
    assert.doesNotMatch(refused.text, /123456/)
    assert.match(refused.text, /type the PIN again/)
    assert.equal(
      (await shop.store.people.list(set.cafe.id)).some(({ name }) => name === '누리'),
      false,
    )
  })

  it('hear once of each change that it is done', async () => {
    const person = await staffAdded('다온')
    const action = routes.owner.personPin.href({ cafe: 'cafe', person: person.id })
    await owner.submit(pageOf(person), action, { pin: '592047' })
    assert.match((await owner.get(pageOf(person))).text, /role="status">The PIN is set/)
    assert.doesNotMatch((await owner.get(pageOf(person))).text, /role="status"/)
  })

  it('take no trivial PIN (S36), and no PIN is ever given back to the page', async () => {
    const { id } = await staffAdded('보라')
    const action = routes.owner.personPin.href({ cafe: 'cafe', person: id })
    for (const [pin, reason] of [
      ['000000', 'pin-trivial'],
      ['123456', 'pin-trivial'],
      ['199003', 'pin-trivial'],
      ['12345', 'pin-malformed'],
      ['59204a', 'pin-malformed'],
      ['', 'pin-malformed'],
    ] as const) {
      const refused = await owner.submit(pageOf({ id }), action, { pin })
      assert.deepEqual([pin, refused.status, refused.refusal], [pin, 422, reason])
      assert.equal(pin !== '' && refused.text.includes(`"${pin}"`), false)
    }
    assert.equal((await personOf(id))?.hasPin, false)
  })

  it(
    'are out everywhere from the moment that their work is ended, and back when they come back (S23)',
    ENDS_SOON,
    async () => {
      const person = await staffAdded('도윤')
      const ownPhone = await signedIn(shop, person)
      const counter = await pairedDevice(shop, 'counter')
      await putAt(shop, counter.id, person.id)
      assert.equal((await ownPhone.get('/cafe/staff/')).status, 200)
      const stream = await openStream(shop, ownPhone, '/cafe/staff/live/')
      const end = routes.owner.personEnd.href({ cafe: 'cafe', person: person.id })
      assert.equal((await manager.submit(pageOf(person), end)).status, 303)
      assert.match(await stream.rest(), /event: over/)
      assert.equal((await ownPhone.get('/cafe/staff/')).status, 401)
      assert.equal((await shop.store.devices.find(set.cafe.id, counter.id))?.personId, null)
      assert.equal((await newestLine())?.act, 'person-disabled')
      assert.match((await owner.get(PAGE)).text, /People who left/)
      assert.equal((await manager.submit(pageOf(person), end)).status, 303)
      assert.equal((await personOf(person.id))?.disabledAtMs, null)
      assert.equal((await ownPhone.get('/cafe/staff/')).status, 401, 'what was ended stays ended')
    },
  )

  it('have the rights of their new role at once, and their sessions end (S23)', async () => {
    const person = await addEmployee(shop, {
      role: 'manager',
      name: '지안',
      pin: null,
      email: 'j@ongi.example',
    })
    const visitor = await signedIn(shop, person)
    assert.equal((await visitor.get(PAGE)).status, 200)
    const change = { name: '지안', role: 'staff', email: 'j@ongi.example' }
    assert.equal((await owner.submit(pageOf(person), pageOf(person), change)).status, 303)
    assert.equal((await visitor.get(PAGE)).status, 401)
    assert.deepEqual(await shop.store.sessions.ofSubject(set.cafe.id, person.id, shop.clock.nowMs), [])
    const line = await newestLine()
    assert.deepEqual([line?.act, line?.facts], ['person-changed', { role: 'staff', roleBefore: 'manager' }])
  })

  it('always have an owner: the last one is neither ended nor made less', async () => {
    const end = routes.owner.personEnd.href({ cafe: 'cafe', person: set.owner.id })
    const page = pageOf(set.owner)
    const ended = await owner.submit(page, end)
    assert.deepEqual([ended.status, ended.refusal], [409, 'last-owner'])
    const change = { name: '은경', role: 'manager', email: 'owner@ongi.example' }
    const demoted = await owner.submit(page, page, change)
    assert.deepEqual([demoted.status, demoted.refusal], [409, 'last-owner'])
    assert.deepEqual(
      [(await personOf(set.owner.id))?.role, (await personOf(set.owner.id))?.disabledAtMs],
      ['owner', null],
    )
  })

  it('are staff when a manager adds or changes them: a manager touches neither managers nor owners', async () => {
    for (const role of ['manager', 'owner']) {
      const refused = await manager.submit(PAGE, PAGE, { name: '누구', role })
      assert.deepEqual([refused.status, refused.refusal], [422, 'field-invalid'])
    }
    const promoted = await manager.submit(pageOf(set.staff[0]), pageOf(set.staff[0]), {
      name: '민지',
      role: 'manager',
    })
    assert.deepEqual([promoted.status, promoted.refusal], [422, 'field-invalid'])
    const { csrf_token = '', idempotency_key: key = '' } = formIn((await manager.get(PAGE)).text, PAGE)
    const params = { cafe: 'cafe', person: set.owner.id }
    const { person, personPin, personInvitation, personEnd } = routes.owner
    for (const [index, route] of [person, personPin, personInvitation, personEnd].entries()) {
      const fields = { csrf_token, idempotency_key: `${key}${index}` }
      const refused = await manager.postFields(route.href(params), fields)
      assert.equal(refused.status, 403)
      assert.equal(refused.text.includes('owner@ongi.example'), false)
    }
    assert.equal((await manager.get(person.href(params))).status, 403)
    const own = routes.owner.personPin.href({ cafe: 'cafe', person: set.manager.id })
    assert.equal((await manager.submit(pageOf(set.manager), own, { pin: '640283' })).status, 303)
  })

  it('get a link for their own phone, shown this once and kept as a hash', async () => {
    const action = routes.owner.personInvitation.href({ cafe: 'cafe', person: set.staff[1].id })
    const shown = await manager.submit(pageOf(set.staff[1]), action, { purpose: 'phone' })
    assert.equal(shown.status, 200)
    assert.equal(shown.headers.get('cache-control'), 'no-store')
    const path = /http:\/\/localhost:8000(\/cafe\/staff\/invitation\/[\w.%-]+\/)/.exec(shown.text)?.[1] ?? ''
    assert.equal((await shop.visitor().get(path)).status, 200)
    assert.equal((await newestLine())?.act, 'invitation-made')
    assert.equal((await manager.get(pageOf(set.staff[1]))).text.includes(path), false)
  })

  it('get a link to a password only from an owner, who says again who they are (S26)', async () => {
    const action = routes.owner.personInvitation.href({ cafe: 'cafe', person: set.manager.id })
    const page = pageOf(set.manager)
    const form = { ...formIn((await owner.get(page)).text, action), purpose: 'password' }
    const made = await owner.postFields(action, form)
    assert.equal(made.status, 200)
    assert.match(made.text, /\/setup\/\?token=/)
    assert.equal((await owner.postFields(action, form)).location, page, 'sent again it is not shown again')
    shop.clock.nowMs += 5 * 60_000 + 1
    const refused = await owner.submit(page, action, { purpose: 'password' })
    assert.deepEqual([refused.status, refused.refusal], [403, 'reauthenticate'])
    owner = await signedIn(shop, set.owner)
  })

  it('of another café are as if they were not there (S43), and no field is taken that is not asked for (S44)', async () => {
    const rival = (await shop.store.people.list((await rivalOf(shop)).id))[2]
    assert.ok(rival)
    const { csrf_token = '', idempotency_key: key = '' } = formIn((await owner.get(PAGE)).text, PAGE)
    for (const [index, id] of [rival.id, systemRandom.uuid(), 'x'].entries()) {
      assert.equal((await owner.get(pageOf({ id }))).status, 404)
      const { person, personPin, personEnd, personInvitation } = routes.owner
      for (const [place, route] of [person, personPin, personEnd, personInvitation].entries()) {
        const fields = {
          csrf_token,
          idempotency_key: `${key}${index}${place}`,
          ...(place === 1 && { pin: '640283' }),
        }
        const refused = await owner.postFields(route.href({ cafe: 'cafe', person: id }), fields)
        assert.equal(refused.status, 404, route.pattern)
      }
    }
    for (const extra of ['cafe_id', 'created_at', 'password_hash', '__proto__', 'constructor', 'pin_hash']) {
      const refused = await owner.submit(PAGE, PAGE, { name: '누구', role: 'staff', [extra]: '1' })
      assert.deepEqual([refused.status, refused.refusal], [422, 'field-invalid'])
    }
    assert.equal(
      (await shop.store.people.list(set.cafe.id)).some(({ name }) => name === '누구'),
      false,
    )
    assert.equal(({} as Record<string, unknown>).x, undefined)
  })

  it('have e-mail addresses of their own', async () => {
    const taken = await owner.submit(PAGE, PAGE, { name: '또', role: 'manager', email: 'Owner@ongi.example' })
    assert.deepEqual([taken.status, taken.refusal], [422, 'email-taken'])
    assert.match(taken.text, /value="Owner@ongi.example"/)
    const wrong = await owner.submit(PAGE, PAGE, { name: '또', role: 'manager', email: 'owner' })
    assert.deepEqual([wrong.status, wrong.refusal], [422, 'email-invalid'])
  })
})

async function rivalOf(shop: Shop) {
  const rival = await shop.store.cafes.findBySlug('rival')
  if (rival === null) throw new Error('there is a rival')
  return rival
}
