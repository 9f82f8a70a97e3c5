import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  addEmployee,
  type PairedDevice,
  pairedDevice,
  type SetUpCafe,
  setUpShop,
  signedIn,
} from '../../../test/counter-people.ts'
import { type Engine, onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { formIn, type Shown } from '../../../test/visitor.ts'
import { routes } from '../../routes.ts'
import { pinWaitUntil } from '../../rules/pin-wait.ts'

const HOME = '/cafe/staff/'
const PIN = '/cafe/staff/pin/'
const SECOND = 1000
const HOUR = 60 * 60 * SECOND

interface Counter extends SetUpCafe, PairedDevice {
  readonly shop: Shop
}

async function withCounter(engine: Engine, work: (counter: Counter) => Promise<void>): Promise<void> {
  const shop = await openShop({}, engine)
  try {
    const cafe = await setUpShop(shop)
    await work({ shop, ...cafe, ...(await pairedDevice(shop, 'counter', { name: '바' })) })
  } finally {
    await shop.close()
  }
}

const enter = (device: Pick<PairedDevice, 'visitor'>, person: string, pin: string): Promise<Shown> =>
  device.visitor.submit(`${HOME}?person=${person}`, PIN, { pin })

const leave = ({ visitor }: PairedDevice) => visitor.submit(HOME, routes.staff.signOut.href({ cafe: 'cafe' }))

async function wrongTimes(device: PairedDevice, person: string, times: number): Promise<Shown[]> {
  const answers = []
  for (let time = 0; time < times; time += 1) answers.push(await enter(device, person, '582047'))
  return answers
}

const actsOf = async ({ shop, cafe }: Counter) =>
  (await shop.store.audits.page(cafe.id, null, 50)).map(({ act, actor, personId, deviceId, subject }) => ({
    act,
    actor,
    personId,
    deviceId,
    subject,
  }))

onEveryEngine('who works at the counter', (engine) => {
  it('everybody with a PIN is there by name, and six digits let them in', () =>
    withCounter(engine, async (counter) => {
      const [minji] = counter.staff
      const who = await counter.visitor.get(HOME)
      assert.equal(who.status, 200)
      for (const name of ['서연', '민지', '준호']) assert.match(who.text, new RegExp(`>${name}<`))
      assert.doesNotMatch(who.text, /은경/)
      assert.match(
        (await counter.visitor.get(`${HOME}?person=${minji.id}`)).text,
        /inputmode="numeric"[^>]*autofocus/,
      )
      const done = await enter(counter, minji.id, '481605')
      assert.deepEqual([done.status, done.location], [303, HOME])
      assert.match((await counter.visitor.get(HOME)).text, /<b>민지<\/b> · 성수점 · 바[\s\S]*id="find"/)
      assert.deepEqual((await actsOf(counter))[0], {
        act: 'person-switched',
        actor: 'counter',
        personId: minji.id,
        deviceId: counter.id,
        subject: minji.id,
      })
    }))

  it('handing over locks the screen until the next PIN, and says so in the log', () =>
    withCounter(engine, async (counter) => {
      const [minji, junho] = counter.staff
      await enter(counter, minji.id, '481605')
      const left = await counter.visitor.submit(HOME, routes.staff.signOut.href({ cafe: 'cafe' }))
      assert.equal(left.location, HOME)
      assert.match((await counter.visitor.get(HOME)).text, /Who is working/)
      const search = await counter.visitor.postFields(routes.staff.searches.href({ cafe: 'cafe' }), {
        query: '5678',
      })
      assert.equal(search.status, 401)
      await enter(counter, junho.id, '927340')
      assert.match((await counter.visitor.get(HOME)).text, /<b>준호<\/b>/)
      assert.deepEqual(
        (await actsOf(counter)).map(({ act }) => act),
        ['person-switched', 'sign-out', 'person-switched'],
      )
    }))

  it('pressed twice it is one switch', () =>
    withCounter(engine, async (counter) => {
      const [minji] = counter.staff
      const page = await counter.visitor.get(`${HOME}?person=${minji.id}`)
      const fields = { ...formIn(page.text, PIN), pin: '481605' }
      const first = await counter.visitor.postFields(PIN, fields)
      const second = await counter.visitor.postFields(PIN, fields)
      assert.deepEqual([first.status, second.status], [303, 303])
      assert.equal((await actsOf(counter)).filter(({ act }) => act === 'person-switched').length, 1)
    }))

  it('after five wrong ones the tablet waits 30 s, then longer and longer, and the right one must wait, too', () =>
    withCounter(engine, async (counter) => {
      const [minji] = counter.staff
      const wrong = await wrongTimes(counter, minji.id, 5)
      assert.deepEqual(
        wrong.map(({ status, refusal }) => `${status} ${refusal}`),
        Array(5).fill('401 wrong-pin'),
      )
      for (const wait of [30, 60, 120]) {
        const right = await enter(counter, minji.id, '481605')
        assert.deepEqual([right.status, right.refusal], [429, 'pin-waits'])
        assert.equal(right.headers.get('retry-after'), String(wait))
        counter.shop.clock.nowMs += wait * SECOND - 1
        assert.equal((await enter(counter, minji.id, '481605')).status, 429)
        counter.shop.clock.nowMs += 1
        assert.equal((await enter(counter, minji.id, '582047')).refusal, 'wrong-pin')
      }
      counter.shop.clock.nowMs += 240 * SECOND
      assert.equal((await enter(counter, minji.id, '481605')).status, 303)
      await leave(counter)
      assert.equal((await enter(counter, minji.id, '582047')).refusal, 'wrong-pin')
      assert.equal((await enter(counter, minji.id, '481605')).status, 303)
    }))

  it('wrong ones count for the tablet whoever they were for, and for the person whatever the tablet', () =>
    withCounter(engine, async (counter) => {
      const [minji, junho] = counter.staff
      const other = await pairedDevice(counter.shop, 'counter')
      await wrongTimes(counter, minji.id, 3)
      await wrongTimes(counter, junho.id, 2)
      assert.equal((await enter(counter, counter.manager.id, '703918')).refusal, 'pin-waits')
      assert.equal((await enter(other, junho.id, '927340')).status, 303)
      await leave({ ...other })
      await wrongTimes(other, minji.id, 2)
      assert.equal((await enter(other, minji.id, '481605')).refusal, 'pin-waits')
    }))

  it('a hundred at once are no more than five', () =>
    withCounter(engine, async (counter) => {
      const [minji] = counter.staff
      const pages: Shown[] = []
      while (pages.length < 20) pages.push(await counter.visitor.get(`${HOME}?person=${minji.id}`))
      const answers = await Promise.all(
        pages.map(({ text }) => counter.visitor.postFields(PIN, { ...formIn(text, PIN), pin: '582047' })),
      )
      const looked = answers.filter(({ status, refusal }) => status === 401 && refusal === 'wrong-pin')
      const waits = answers.filter(({ status, refusal }) => status === 429 && refusal === 'pin-waits')
      assert.equal(looked.length + waits.length, answers.length)
      assert.ok(looked.length <= 5, `${looked.length} were looked at`) // none, where all came within one transaction
      assert.equal(
        (await enter(counter, minji.id, '481605')).refusal,
        'pin-waits',
        'the right one waits, too',
      )
    }))

  it('a manager ends the wait', () =>
    withCounter(engine, async (counter) => {
      const [minji] = counter.staff
      await wrongTimes(counter, minji.id, 5)
      await counter.shop.store.transaction(counter.cafe.id, (tx) =>
        tx.pinTries.clearDevice(counter.cafe.id, counter.id),
      )
      assert.equal((await enter(counter, minji.id, '481605')).status, 303)
    }))

  it('nobody, somebody without a PIN, who has left and another café’s answer like a wrong one', () =>
    withCounter(engine, async (counter) => {
      const { shop, cafe } = counter
      const gone = await addEmployee(shop, { role: 'staff', name: '하늘', pin: '604713' })
      await shop.store.transaction(cafe.id, (tx) => tx.people.disable(cafe.id, gone.id, shop.clock.nowMs))
      const rival = await setUpShop(shop, { slug: 'rival' })
      const page = await counter.visitor.get(`${HOME}?person=${counter.staff[0].id}`)
      for (const [person, pin] of [
        [gone.id, '604713'],
        [rival.staff[0].id, '481605'],
        [counter.owner.id, '481605'],
        ['01890000-0000-7000-8000-000000000000', '481605'],
      ] as const) {
        const keys = { ...formIn(page.text, PIN), person, pin }
        const answer = await counter.visitor.postFields(PIN, keys)
        assert.deepEqual([answer.status, answer.refusal], [401, 'wrong-pin'])
      }
      for (const [filled, reason] of [
        [{ person: 'no-id', pin: '481605' }, 'field-invalid'],
        [{ person: gone.id, pin: '48160' }, 'pin-malformed'],
        [{ person: gone.id, pin: "1' OR 1" }, 'pin-malformed'],
      ] as const) {
        const answer = await counter.visitor.postFields(PIN, { ...formIn(page.text, PIN), ...filled })
        assert.deepEqual([answer.status, answer.refusal], [422, reason])
        assert.doesNotMatch(answer.text, /481605|48160/)
      }
    }))

  it('a PIN opens nothing on a phone, nor on the owner’s pages', () =>
    withCounter(engine, async (counter) => {
      const { shop, staff, manager } = counter
      const phone = await signedIn(shop, staff[0])
      const keys = formIn((await phone.get(HOME)).text, routes.staff.signOut.href({ cafe: 'cafe' }))
      const answer = await phone.postFields(PIN, { ...keys, person: manager.id, pin: '703918' })
      assert.deepEqual([answer.status, answer.refusal], [403, 'not-allowed'])
      const stranger = await shop.visitor().postFields(PIN, { ...keys, person: manager.id, pin: '703918' })
      assert.equal(stranger.status, 401)
      await enter(counter, manager.id, '703918')
      assert.equal((await counter.visitor.get('/cafe/owner/')).status, 403)
    }))

  it('who is taken off the team is out with the next tap', () =>
    withCounter(engine, async (counter) => {
      const { shop, cafe, staff } = counter
      await enter(counter, staff[0].id, '481605')
      await shop.store.transaction(cafe.id, (tx) => tx.people.disable(cafe.id, staff[0].id, shop.clock.nowMs))
      assert.match((await counter.visitor.get(HOME)).text, /Who is working/)
      await enter(counter, staff[1].id, '927340')
      shop.clock.nowMs += 12 * HOUR + 1
      assert.match((await counter.visitor.get(HOME)).text, /Who is working/)
    }))
})

describe('the wait after wrong PINs', () => {
  const pair = { deviceId: 'bar', personId: 'minji' }
  const after = (wrong: number) => pinWaitUntil([{ ...pair, wrong, lastAtMs: 0 }], pair, 0)

  it('doubles from half a minute to an hour', () => {
    const waits = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 100].map((wrong) => (after(wrong) ?? 0) / SECOND)
    assert.deepEqual(waits, [0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
  })

  it('forgets yesterday’s slips', () => {
    const tries = [{ ...pair, wrong: 9, lastAtMs: 0 }]
    assert.equal(
      pinWaitUntil(
        [...tries, { ...pair, personId: 'junho', wrong: 1, lastAtMs: 24 * HOUR }],
        pair,
        24 * HOUR,
      ),
      null,
    )
  })
})
