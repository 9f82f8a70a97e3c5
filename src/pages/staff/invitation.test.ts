import assert from 'node:assert/strict'
import { it } from 'node:test'
import { addEmployee, pairedDevice, putAt, type SetUpCafe, setUpShop } from '../../../test/counter-people.ts'
import { type Engine, onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { formIn } from '../../../test/visitor.ts'
import { systemRandom } from '../../clock.ts'
import { makeInvitation, newInvitation } from '../../commands/make-invitation.ts'
import { routes } from '../../routes.ts'

const HOME = '/cafe/staff/'
const DAY = 24 * 60 * 60_000
const HOUR = 60 * 60_000

interface Team extends SetUpCafe {
  readonly shop: Shop
}

async function withTeam(engine: Engine, work: (team: Team) => Promise<void>): Promise<void> {
  const shop = await openShop({}, engine)
  try {
    await work({ shop, ...(await setUpShop(shop)) })
  } finally {
    await shop.close()
  }
}

/** The path of a link that a manager made. */
async function invite({ shop, cafe }: Team, personId: string): Promise<string> {
  const input = { cafeId: cafe.id, purpose: 'staff', personId, atMs: shop.clock.nowMs, lastsMs: DAY } as const
  const invitation = newInvitation(systemRandom, input)
  const line = {
    atMs: shop.clock.nowMs,
    actor: 'manager',
    personId: null,
    deviceId: null,
    address: null,
    act: 'invitation-made',
    subject: personId,
    facts: {},
  } as const
  await shop.store.transaction(cafe.id, (tx) => makeInvitation(tx, invitation, line))
  return routes.staff.invitation.href({ cafe: 'cafe', token: invitation.token })
}

onEveryEngine('an invitation to work from one’s own phone', (engine) => {
  it('greets by name, is spent by the button and not by looking, and lets in for twelve hours', () =>
    withTeam(engine, async (team) => {
      const [minji] = team.staff
      const link = await invite(team, minji.id)
      const phone = team.shop.visitor()
      for (const time of [1, 2]) {
        const page = await phone.get(link)
        assert.equal(page.status, 200, `${time}`)
        assert.match(page.text, /Welcome to 온기 커피, 민지/)
      }
      assert.equal((await phone.get(HOME)).status, 401)
      const before = formIn((await phone.get(link)).text, link)
      const done = await phone.submit(link, link)
      assert.equal((await phone.postFields(link, before)).refusal, 'bad-token')
      assert.deepEqual([done.status, done.location], [303, HOME])
      assert.match((await phone.get(HOME)).text, /<b>민지<\/b>[\s\S]*own phone/)
      const [last] = await team.shop.store.audits.page(team.cafe.id, null, 1)
      assert.deepEqual([last?.act, last?.personId], ['invitation-used', minji.id])
      team.shop.clock.nowMs += 12 * HOUR
      assert.equal((await phone.get(HOME)).status, 401)
    }))

  it('works once, for a day, in its own café, and is told from no other that does not', () =>
    withTeam(engine, async (team) => {
      const [minji, junho] = team.staff
      const used = await invite(team, minji.id)
      const page = (await team.shop.visitor().get(used)).text
      await team.shop.visitor().submit(used, used)
      const again = await team.shop.visitor().get(used)
      assert.deepEqual([again.status, again.refusal], [410, 'link-over'])
      const late = await invite(team, junho.id)
      const elsewhere = (await invite(team, team.manager.id)).replace('/cafe/', '/rival/')
      team.shop.clock.nowMs += DAY
      const never = routes.staff.invitation.href({ cafe: 'cafe', token: `${team.cafe.id}.${'a'.repeat(22)}` })
      for (const path of [used, late, elsewhere, never, '/cafe/staff/invitation/none/']) {
        const phone = team.shop.visitor()
        const seen = await phone.get(path)
        assert.deepEqual([seen.status, seen.refusal], [410, 'link-over'], path)
        assert.doesNotMatch(seen.text, /민지|준호|서연/)
        const keys = formIn(seen.text, `/${path.split('/')[1]}/preferences/`)
        const token = { csrf_token: keys.csrf_token ?? '', idempotency_key: keys.idempotency_key ?? '' }
        const posted = await phone.postFields(path, token)
        assert.deepEqual([posted.status, posted.refusal], [410, 'link-over'], path)
        assert.equal((await phone.get(HOME)).status, 401)
      }
      assert.match(page, /민지/)
    }))

  it('staff take a PIN with it, and trivial ones are refused with the link unspent', () =>
    withTeam(engine, async (team) => {
      const haneul = await addEmployee(team.shop, { role: 'staff', name: '하늘', pin: null })
      const link = await invite(team, haneul.id)
      const phone = team.shop.visitor()
      for (const [pin, reason] of [
        ['000000', 'pin-trivial'],
        ['123456', 'pin-trivial'],
        ['199005', 'pin-trivial'],
        ['12345', 'pin-malformed'],
      ] as const) {
        const answer = await phone.submit(link, link, { pin })
        assert.deepEqual([answer.status, answer.refusal], [422, reason])
        assert.doesNotMatch(answer.text, new RegExp(`value="${pin}"`))
      }
      assert.equal((await phone.submit(link, link, { pin: '604713' })).status, 303)
      const counter = await pairedDevice(team.shop, 'counter')
      const entered = await counter.visitor.submit(`${HOME}?person=${haneul.id}`, '/cafe/staff/pin/', {
        pin: '604713',
      })
      assert.equal(entered.status, 303)
    }))

  it('a manager may set e-mail and password with it; staff have neither', () =>
    withTeam(engine, async (team) => {
      const boram = await addEmployee(team.shop, { role: 'manager', name: '보람', pin: null })
      const link = await invite(team, boram.id)
      const phone = team.shop.visitor()
      const weak = await phone.submit(link, link, { email: 'boram@ongi.example', password: 'short' })
      assert.deepEqual([weak.status, weak.refusal], [422, 'password-short'])
      assert.match(weak.text, /value="boram@ongi.example"/)
      const password = 'a walk along the han river'
      const none = await phone.submit(link, link, { email: 'nobody', password })
      assert.deepEqual([none.status, none.refusal], [422, 'email-invalid'])
      const taken = await phone.submit(link, link, { email: 'owner@ongi.example', password })
      assert.deepEqual([taken.status, taken.refusal], [422, 'email-taken'])
      assert.equal((await phone.submit(link, link, { email: 'boram@ongi.example', password })).status, 303)
      const now = await team.shop.store.people.find(team.cafe.id, boram.id)
      assert.deepEqual([now?.email, now?.hasPassword], ['boram@ongi.example', true])
      const [minji] = team.staff
      const theirs = await team.shop.visitor().get(await invite(team, minji.id))
      assert.doesNotMatch(theirs.text, /type="password"[^>]*autocomplete="new-password"/)
    }))

  it('never on a tablet of the café, and no longer once they have left', () =>
    withTeam(engine, async (team) => {
      const [minji, junho] = team.staff
      const counter = await pairedDevice(team.shop, 'counter')
      await putAt(team.shop, counter.id, junho.id)
      const link = await invite(team, minji.id)
      assert.equal((await counter.visitor.get(link)).status, 403)
      const phone = team.shop.visitor()
      await phone.submit(link, link)
      const other = await invite(team, minji.id)
      const { id } = team.cafe
      await team.shop.store.transaction(id, (tx) => tx.people.disable(id, minji.id, team.shop.clock.nowMs))
      assert.equal((await phone.get(HOME)).status, 401)
      assert.equal((await team.shop.visitor().get(other)).status, 410)
    }))
})
