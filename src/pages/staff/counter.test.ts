import assert from 'node:assert/strict'
import { it } from 'node:test'
import {
  type PairedDevice,
  pairedDevice,
  putAt,
  type SetUpCafe,
  setUpShop,
  signedIn,
} from '../../../test/counter-people.ts'
import { type Engine, onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { cardIn, formIn, type Shown, type Visitor } from '../../../test/visitor.ts'
import { retireDevice } from '../../commands/pair-device.ts'
import { routes } from '../../routes.ts'
import type { Mode } from '../../rules/mode.ts'
import { type Phone, parsePhone } from '../../rules/phone.ts'

const HOME = '/cafe/staff/'
const SEARCHES = '/cafe/staff/searches/'
const STAMPS = '/cafe/staff/stamps/'
const NOBODYS = '01890000-0000-7000-8000-000000000000'
const MINUTE = 60_000

interface Shift extends SetUpCafe {
  readonly shop: Shop
  readonly counter: PairedDevice
  /** 민지 at the counter's tablet. */
  readonly minji: Visitor
}

async function withShift(
  engine: Engine,
  work: (shift: Shift) => Promise<void>,
  mode: Mode = 'counter',
): Promise<void> {
  const shop = await openShop({}, engine)
  try {
    const cafe = await setUpShop(shop, { mode })
    const counter = await pairedDevice(shop, 'counter')
    await putAt(shop, counter.id, cafe.staff[0].id)
    await work({ ...cafe, shop, counter, minji: counter.visitor })
  } finally {
    shop.app.close()
    await shop.close()
  }
}

const search = (visitor: Visitor, query: string) => visitor.submit(HOME, SEARCHES, { query })
const open = (visitor: Visitor, phone: string, stamps = 1) =>
  submitShown(visitor, search(visitor, phone), STAMPS, { stamps: String(stamps) })

async function submitShown(
  visitor: Visitor,
  page: Promise<Shown>,
  action: string,
  fields: Record<string, string> = {},
): Promise<Shown> {
  return visitor.postFields(action, { ...formIn((await page).text, action), ...fields })
}

const phoneOf = (text: string) => parsePhone(text, 'KR') as Phone
const cardOf = async ({ shop, cafe }: Shift, phone: string) => {
  const card = await shop.store.cards.findByPhone(cafe.id, phoneOf(phone))
  assert.ok(card, `${phone} has a card`)
  return card
}
const pathOf = async (shift: Shift, phone: string) =>
  routes.staff.card.href({ cafe: 'cafe', card: (await cardOf(shift, phone)).id })
const linesOf = async (shift: Shift, phone: string) => {
  const { lastEntryId } = await cardOf(shift, phone)
  return shift.shop.store.entries.historyOfCard(shift.cafe.id, lastEntryId ?? '', 50)
}
const acts = async ({ shop, cafe }: Shift) =>
  (await shop.store.audits.page(cafe.id, null, 50)).map(({ act, personId, deviceId, facts }) => ({
    act,
    personId,
    deviceId,
    facts,
  }))

onEveryEngine('the counter', (engine) => {
  it('a new customer says the whole number, and the first stamp opens the card', () =>
    withShift(engine, async (shift) => {
      const found = await search(shift.minji, '010-2000-5678')
      assert.equal(found.status, 200)
      assert.match(found.text, /New card, ending 5678/)
      const done = await submitShown(shift.minji, Promise.resolve(found), STAMPS, { stamps: '1' })
      assert.equal(done.status, 303)
      assert.equal(done.location, HOME)
      assert.equal((await cardOf(shift, '010-2000-5678')).balance, 1)
      assert.match((await shift.minji.get(HOME)).text, /Stamped|stamp/)
    }))

  it('a regular is found by four digits, and stamped by one tap', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678', 3)
      shift.shop.clock.nowMs += 10 * MINUTE
      const { id } = await cardOf(shift, '010-2000-5678')
      const stamps = routes.staff.cardStamps.href({ cafe: 'cafe', card: id })
      const found = await search(shift.minji, '5678')
      assert.match(found.text, /010-••••-5678/)
      const done = await submitShown(shift.minji, Promise.resolve(found), stamps)
      assert.equal(done.location, HOME)
      assert.equal((await cardOf(shift, '010-2000-5678')).balance, 4)
    }))

  it('every line names the person, the tablet and the branch, and so does the audit log', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678')
      const [line] = await linesOf(shift, '010-2000-5678')
      const who = { personId: shift.staff[0].id, deviceId: shift.counter.id }
      assert.deepEqual(
        { personId: line?.personId, deviceId: line?.deviceId, branchId: line?.branchId },
        { ...who, branchId: shift.branch.id },
      )
      assert.deepEqual(await acts(shift), [
        { act: 'stamp', ...who, facts: { stamps: 1 } },
        { act: 'search', ...who, facts: { by: 'phone', found: 0 } },
      ])
      const page = await shift.minji.get(await pathOf(shift, '010-2000-5678'))
      assert.match(page.text, /민지 · counter/)
    }))

  it('no page of staff ever holds the number of a card', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2468-5678', 9)
      shift.shop.clock.nowMs += 10 * MINUTE
      const card = await pathOf(shift, '010-2468-5678')
      const pages = [
        await search(shift.minji, '010-2468-5678'),
        await search(shift.minji, '5678'),
        await shift.minji.get(HOME),
        await shift.minji.get(card),
        await shift.minji.submit(HOME, SEARCHES, { query: '12' }),
        await shift.minji.postFields(STAMPS, {
          ...formIn((await search(shift.minji, '010-2468-9999')).text, STAMPS),
          phone: '010-2468-5678',
          stamps: '9',
        }),
        await shift.minji.postFields(STAMPS, {
          ...formIn((await search(shift.minji, '010-2468-9999')).text, STAMPS),
          phone: '010-2468-5678',
          stamps: '9',
        }),
      ]
      assert.equal(pages.at(-1)?.status, 429)
      for (const { text } of pages) assert.doesNotMatch(text, /2468.?5678|24685678/)
      assert.ok(shift.shop.log.every((line) => !/2468.?5678/.test(line)))
    }))

  it('ten rows at most, each with the end of the number only, and never another café’s', () =>
    withShift(engine, async (shift) => {
      for (let middle = 1000; middle < 1012; middle += 1) await open(shift.minji, `010-${middle}-7777`)
      const stranger = shift.shop.visitor()
      await stranger.stamp('010-9999-7777', 'rival')
      const found = await search(shift.minji, '7777')
      assert.equal(found.text.match(/\/cards\/[^/]+\/stamps\/"/g)?.length, 10)
      assert.match(found.text, /There are more/)
    }))

  it('nothing found says how to go on, and what cannot be searched for keeps the field', () =>
    withShift(engine, async (shift) => {
      const none = await search(shift.minji, '0001')
      assert.equal(none.status, 200)
      assert.match(none.text, /No such card/)
      const wrong = await search(shift.minji, '12a')
      assert.deepEqual([wrong.status, wrong.refusal], [422, 'digits-missing'])
      assert.match(wrong.text, /id="find"[^>]* value="12a"/)
    }))

  it('the six letters of the card find it, as typed or as the QR says them', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678')
      const { id } = await cardOf(shift, '010-2000-5678')
      const code = shift.shop.store.cards.codeOf(shift.cafe.id, id)
      for (const query of [code, code.toLowerCase(), `DOJANG:${code}`])
        assert.match((await search(shift.minji, query)).text, /010-••••-5678/)
      assert.match((await shift.minji.get(`${HOME}?letters`)).text, /inputmode="text"/)
    }))

  it('thirty searches a minute, for the tablet whoever works at it', () =>
    withShift(engine, async (shift) => {
      for (let times = 0; times < 30; times += 1)
        assert.equal((await search(shift.minji, '0001')).status, 200)
      const over = await search(shift.minji, '0001')
      assert.deepEqual([over.status, over.refusal], [429, 'too-many-tries'])
      assert.ok(Number(over.headers.get('retry-after')) <= 60)
      await putAt(shift.shop, shift.counter.id, shift.staff[1].id)
      assert.equal((await search(shift.minji, '0001')).status, 429)
      shift.shop.clock.nowMs += MINUTE
      assert.equal((await search(shift.minji, '0001')).status, 200)
    }))

  it('two stamps too soon after each other need a second tap, which is kept with the name', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678')
      const card = await pathOf(shift, '010-2000-5678')
      const soon = await shift.minji.submit(card, `${card}stamps/`, { stamps: '2' })
      assert.deepEqual([soon.status, soon.refusal], [429, 'too-soon'])
      assert.ok(Number(soon.headers.get('retry-after')) > 0)
      assert.match(soon.text, /Stamp anyway \+2/)
      const anyway = soon.text.slice(soon.text.indexOf('id="anyway"') - 80)
      const lifted = await shift.minji.postFields(`${card}stamps/`, {
        ...formIn(anyway.slice(anyway.indexOf('<form')), `${card}stamps/`),
        stamps: '2',
        over_limit: 'yes',
      })
      assert.equal(lifted.status, 303)
      const [line] = await linesOf(shift, '010-2000-5678')
      assert.deepEqual([line?.stamps, line?.overLimit], [2, 'too-soon'])
      assert.equal((await acts(shift))[0]?.act, 'stamp-over-limit')
      assert.match((await shift.minji.get(card)).text, /over the limit/)
    }))

  it('one tap undoes the last line within a minute; after it only a manager, with a reason', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678')
      const [line] = await linesOf(shift, '010-2000-5678')
      const voids = routes.staff.voids.href({ cafe: 'cafe', entry: line?.id ?? '' })
      const undone = await shift.minji.submit(HOME, voids)
      assert.equal(undone.location, HOME)
      assert.equal((await cardOf(shift, '010-2000-5678')).balance, 0)
      assert.equal((await acts(shift))[0]?.act, 'undo')

      await open(shift.minji, '010-2000-8888')
      shift.shop.clock.nowMs += MINUTE + 1
      const card = await pathOf(shift, '010-2000-8888')
      const [later] = await linesOf(shift, '010-2000-8888')
      const path = routes.staff.voids.href({ cafe: 'cafe', entry: later?.id ?? '' })
      assert.doesNotMatch((await shift.minji.get(card)).text, /\/voids\//)
      const own = formIn((await shift.minji.get(HOME)).text, SEARCHES)
      const late = await shift.minji.postFields(path, {
        csrf_token: own.csrf_token ?? '',
        idempotency_key: own.idempotency_key ?? '',
      })
      assert.deepEqual([late.status, late.refusal], [403, 'undo-too-late'])

      await putAt(shift.shop, shift.counter.id, shift.manager.id)
      const withNumber = await shift.minji.submit(card, path, { reason: '010-2000-8888 was wrong' })
      assert.deepEqual([withNumber.status, withNumber.refusal], [422, 'number-in-text'])
      const why = await shift.minji.submit(card, path, { reason: 'stamped twice' })
      assert.equal(why.location, card)
      assert.equal((await cardOf(shift, '010-2000-8888')).balance, 0)
      assert.match((await shift.minji.get(card)).text, /stamped twice/)
    }))

  it('a stamp on the wrong number goes to the right one by one tap, and both cards say so', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678')
      await open(shift.minji, '010-2000-1111')
      const [wrong] = await linesOf(shift, '010-2000-1111')
      const moves = routes.staff.moves.href({ cafe: 'cafe', entry: wrong?.id ?? '' })
      const found = await search(shift.minji, '5678')
      assert.match(found.text, /Move \+1 from 010\u2011••••\u20111111 at \d\d:\d\d here/)
      const moved = await submitShown(shift.minji, Promise.resolve(found), moves)
      assert.equal(moved.location, await pathOf(shift, '010-2000-5678'))
      assert.equal((await cardOf(shift, '010-2000-1111')).balance, 0)
      assert.equal((await cardOf(shift, '010-2000-5678')).balance, 2)
      const [off] = await linesOf(shift, '010-2000-1111')
      const [on] = await linesOf(shift, '010-2000-5678')
      assert.deepEqual([off?.kind, off?.stamps, on?.kind, on?.stamps], ['move', -1, 'move', 1])
      assert.equal((await acts(shift))[0]?.act, 'move')
      const right = await shift.minji.get(moved.location ?? '')
      assert.match(right.text, /\+1 moved to this card from 010-••••-1111/)
      const back = routes.staff.moves.href({ cafe: 'cafe', entry: on?.id ?? '' })
      const again = await submitShown(shift.minji, Promise.resolve(right), back)
      assert.equal(again.location, await pathOf(shift, '010-2000-1111'))
      assert.equal((await cardOf(shift, '010-2000-1111')).balance, 1)
      assert.equal((await cardOf(shift, '010-2000-5678')).balance, 1)
    }))

  it('a move is offered for one’s own last stamp: beside what was found for two minutes, on a card for ten', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678')
      await open(shift.minji, '010-2000-1111')
      const isOffered = (page: Shown) => page.text.includes('Move +1 from')
      assert.equal(isOffered(await search(shift.minji, '5678')), true)
      await putAt(shift.shop, shift.counter.id, shift.staff[1].id)
      assert.equal(isOffered(await search(shift.minji, '5678')), false)
      await putAt(shift.shop, shift.counter.id, shift.staff[0].id)
      shift.shop.clock.nowMs += 2 * MINUTE
      assert.equal(isOffered(await search(shift.minji, '5678')), false)
      const card = await pathOf(shift, '010-2000-5678')
      assert.equal(isOffered(await shift.minji.get(card)), true)
      shift.shop.clock.nowMs += 8 * MINUTE
      assert.equal(isOffered(await shift.minji.get(card)), false)
    }))

  it('customers whose numbers end alike are told apart, and staff are told what to ask for', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678')
      assert.doesNotMatch((await search(shift.minji, '5678')).text, /customers end in/)
      await open(shift.minji, '010-3000-5678', 3)
      const found = await search(shift.minji, '5678')
      assert.match(found.text, /2 customers end in 5678: ask for the six letters/)
      assert.equal(found.text.match(/on no phone/g)?.length, 2)
      assert.equal(found.text.match(/at \d\d:\d\d to 010\u2011••••\u20115678 \(has 1\)/g)?.length, 1)
    }))

  it('much later a manager moves a stamp with a reason, and gets back what was typed where it cannot be', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-1111')
      const [wrong] = await linesOf(shift, '010-2000-1111')
      const moves = routes.staff.moves.href({ cafe: 'cafe', entry: wrong?.id ?? '' })
      shift.shop.clock.nowMs += 60 * MINUTE
      const card = await pathOf(shift, '010-2000-1111')
      assert.equal((await shift.minji.get(card)).text.includes(moves), false)
      await putAt(shift.shop, shift.counter.id, shift.manager.id)
      const typed = { phone: '010-2000-7777', reason: '010-2000-1111 is theirs' }
      const refused = await shift.minji.submit(card, moves, typed)
      assert.deepEqual([refused.status, refused.refusal], [422, 'number-in-text'])
      assert.equal(formIn(refused.text, moves).phone, typed.phone)
      const moved = await shift.minji.submit(card, moves, { ...typed, reason: 'wrong number said' })
      assert.equal(moved.location, await pathOf(shift, '010-2000-7777'))
      assert.equal((await cardOf(shift, '010-2000-7777')).balance, 1)
      assert.match((await shift.minji.get(moved.location ?? '')).text, /wrong number said/)
    }))

  it('a line keeps the name of the tablet that it was made at, also after that is out of use', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678')
      const { shop, cafe, counter, manager } = shift
      const device = { cafeId: cafe.id, id: counter.id }
      await shop.store.transaction(cafe.id, (tx) => retireDevice(tx, device, shop.clock.nowMs))
      const other = await pairedDevice(shop, 'counter', { name: '새 태블릿' })
      await putAt(shop, other.id, manager.id)
      const card = await other.visitor.get(await pathOf(shift, '010-2000-5678'))
      assert.match(card.text, new RegExp(`${shift.staff[0].name} · counter`))
    }))

  it('a stamp is moved to a number without a card, too', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-1111')
      const [wrong] = await linesOf(shift, '010-2000-1111')
      const moves = routes.staff.moves.href({ cafe: 'cafe', entry: wrong?.id ?? '' })
      const moved = await submitShown(shift.minji, search(shift.minji, '010-2000-2222'), moves)
      assert.equal(moved.location, await pathOf(shift, '010-2000-2222'))
      assert.equal((await cardOf(shift, '010-2000-2222')).balance, 1)
    }))

  it('a reward is handed over to a customer without a phone, and undone if it was a slip', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678', 9)
      shift.shop.clock.nowMs += 5 * MINUTE
      const card = await pathOf(shift, '010-2000-5678')
      const early = await shift.minji.submit(card, `${card}stamps/`, { stamps: '1' })
      assert.equal(early.location, HOME)
      const page = await shift.minji.get(card)
      assert.deepEqual(cardIn(page.text), { stamps: 10, goal: 10, rewards: 1 })
      const done = await shift.minji.submit(card, `${card}redemptions/`, { reward: 'coffee' })
      assert.equal(done.location, card)
      assert.equal((await cardOf(shift, '010-2000-5678')).balance, 0)
      const [line] = await linesOf(shift, '010-2000-5678')
      assert.deepEqual([line?.kind, line?.personId], ['redeem', shift.staff[0].id])
      const again = await shift.minji.postFields(`${card}redemptions/`, {
        ...formIn(page.text, `${card}redemptions/`),
        reward: 'coffee',
      })
      assert.deepEqual([again.status, again.refusal], [409, 'not-enough'])
      const voids = routes.staff.voids.href({ cafe: 'cafe', entry: line?.id ?? '' })
      await shift.minji.submit(card, voids)
      assert.equal((await cardOf(shift, '010-2000-5678')).balance, 10)
    }))

  it('a QR puts the card onto the customer’s phone, and the page says when it is there', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678', 4)
      const card = await pathOf(shift, '010-2000-5678')
      const shown = await shift.minji.submit(
        card,
        routes.staff.claims.href({ cafe: 'cafe', card: card.split('/').at(-2) ?? '' }),
      )
      const page = await shift.minji.get(shown.location ?? '')
      const link = new URL(page.text.match(/id="link-text">(http[^<]+\/claim\/[^<]+)</)?.[1] ?? '').pathname
      assert.doesNotMatch(
        page.text,
        /href="[^"]*\/claim\//,
        'a tap there would claim it for staff’s own phone',
      )
      assert.doesNotMatch(shown.location ?? '', new RegExp(link.split('/').at(-2) ?? 'none'))
      await open(shift.minji, '010-2000-1111')
      const nonce = new URL(shown.location ?? '', 'http://localhost').search
      const elsewhere = await shift.minji.get(`${await pathOf(shift, '010-2000-1111')}${nonce}`)
      assert.doesNotMatch(elsewhere.text, /\/claim\//)
      const customer = shift.shop.visitor()
      await customer.submit(link, link)
      assert.deepEqual(await customer.card(), { stamps: 4, goal: 10, rewards: 0 })
      assert.match((await shift.minji.get(shown.location ?? '')).text, /The card is on their phone/)
      assert.equal(
        (await acts(shift)).some(({ act }) => act === 'claim-made'),
        true,
      )
    }))

  it('whoever presses twice has done it once', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678')
      shift.shop.clock.nowMs += 10 * MINUTE
      const card = await pathOf(shift, '010-2000-5678')
      const fields = { ...formIn((await shift.minji.get(card)).text, `${card}stamps/`), stamps: '1' }
      const both = await Promise.all([1, 2].map(() => shift.minji.postFields(`${card}stamps/`, fields)))
      assert.deepEqual(
        both.map(({ status }) => status),
        [303, 303],
      )
      assert.equal((await cardOf(shift, '010-2000-5678')).balance, 2)
      const other = await shift.minji.postFields(`${card}stamps/`, { ...fields, stamps: '2' })
      assert.deepEqual([other.status, other.refusal], [422, 'key-reused'])
    }))

  it('staff on their own phone do the same, with their name and without a tablet', () =>
    withShift(engine, async (shift) => {
      const phone = await signedIn(shift.shop, shift.staff[1])
      await open(phone, '010-2000-5678')
      const [line] = await linesOf(shift, '010-2000-5678')
      assert.deepEqual([line?.personId, line?.deviceId], [shift.staff[1].id, null])
      assert.match((await phone.get(HOME)).text, /준호[\s\S]*own phone/)
      await phone.submit(HOME, routes.staff.signOut.href({ cafe: 'cafe' }))
      assert.equal((await phone.get(HOME)).status, 401)
    }))
})

onEveryEngine('customers who wait at the counter', (engine) => {
  it('are allowed or refused by one tap, and over a limit by a second one', () =>
    withShift(
      engine,
      async (shift) => {
        const customer = shift.shop.visitor()
        await customer.stamp('010-2000-5678')
        const ask = await shift.minji.get(HOME)
        assert.match(ask.text, /010-••••-5678 asks for a stamp/)
        assert.match(ask.text, /data-left="120"/)
        const decisions = ask.text.match(/action="([^"]+\/decisions\/)"/)?.[1] ?? ''
        const allowed = await shift.minji.submit(HOME, decisions, { decision: 'allow' })
        assert.equal(allowed.location, HOME)
        assert.equal((await cardOf(shift, '010-2000-5678')).balance, 1)
        const [line] = await linesOf(shift, '010-2000-5678')
        assert.deepEqual([line?.personId, line?.deviceId], [shift.staff[0].id, shift.counter.id])
        assert.equal((await acts(shift))[0]?.act, 'request-allowed')

        await customer.stamp()
        const again = (await shift.minji.get(HOME)).text.match(/action="([^"]+\/decisions\/)"/)?.[1] ?? ''
        const soon = await shift.minji.submit(HOME, again, { decision: 'allow' })
        assert.deepEqual([soon.status, soon.refusal], [429, 'too-soon'])
        assert.match(soon.text, /Stamp anyway/)
        const lifted = await submitShown(shift.minji, Promise.resolve(soon), again, { decision: 'allow' })
        assert.equal(lifted.status, 303)
        assert.equal((await cardOf(shift, '010-2000-5678')).balance, 2)
        const gone = await shift.minji.postFields(again, { ...formIn(soon.text, again), decision: 'refuse' })
        assert.equal(gone.status, 422) // the key has done something else by now
      },
      'approve',
    ))

  it('are told when they were refused, and the stamp is not there', () =>
    withShift(
      engine,
      async (shift) => {
        const customer = shift.shop.visitor()
        await customer.stamp('010-2000-5678')
        const decisions = (await shift.minji.get(HOME)).text.match(/action="([^"]+\/decisions\/)"/)?.[1] ?? ''
        assert.equal((await shift.minji.submit(HOME, decisions, { decision: 'refuse' })).location, HOME)
        assert.equal((await cardOf(shift, '010-2000-5678')).balance, 0)
        assert.equal((await acts(shift))[0]?.act, 'request-refused')
        assert.match((await shift.minji.get(HOME)).text, /Nobody is waiting/)
      },
      'approve',
    ))
})

onEveryEngine('the doors of the counter', (engine) => {
  const paths = {
    searches: SEARCHES,
    stamps: STAMPS,
    cardStamps: `/cafe/staff/cards/${NOBODYS}/stamps/`,
    redemptions: `/cafe/staff/cards/${NOBODYS}/redemptions/`,
    claims: `/cafe/staff/cards/${NOBODYS}/claims/`,
    voids: `/cafe/staff/entries/${NOBODYS}/voids/`,
    moves: `/cafe/staff/entries/${NOBODYS}/moves/`,
    nods: `/cafe/staff/claims/${'a'.repeat(43)}/nods/`,
    decisions: `/cafe/staff/requests/${NOBODYS}/decisions/`,
  }
  const fields: Record<string, Record<string, string>> = {
    searches: { query: '5678' },
    stamps: { phone: '010-2000-4321', stamps: '1' },
    cardStamps: { stamps: '1' },
    voids: {},
    moves: { card: NOBODYS },
    decisions: { decision: 'allow' },
  }

  it('a kiosk, a customer, a stranger and the rival café’s staff change nothing', () =>
    withShift(engine, async (shift) => {
      const { shop } = shift
      await setUpShop(shop, { slug: 'rival' })
      const rival = await pairedDevice(shop, 'counter', { slug: 'rival' })
      const kiosk = await pairedDevice(shop, 'kiosk')
      const statuses = async (visitor: Visitor, page: string) => {
        const token = formIn(
          (await visitor.get(page)).text,
          page === HOME ? '/cafe/preferences/' : '/rival/preferences/',
        )
        const answers = await Promise.all(
          Object.entries(paths).map(([name, path]) =>
            visitor.postFields(path, { ...token, ...fields[name] }),
          ),
        )
        return [...new Set(answers.map(({ status }) => status))]
      }
      assert.deepEqual(await statuses(shop.visitor(), HOME), [401])
      assert.deepEqual(await statuses(rival.visitor, '/rival/staff/'), [401])
      assert.deepEqual(await statuses(kiosk.visitor, '/rival/'), [403])
      assert.equal(await shop.store.entries.hasAny(shift.cafe.id), false)
    }))

  it('nobody but staff spends a card by its number: not a kiosk, nor who types it on their phone', () =>
    withShift(
      engine,
      async (shift) => {
        const { shop } = shift
        await open(shift.minji, '010-2000-5678', 9)
        shop.clock.nowMs += 10 * MINUTE
        await open(shift.minji, '010-2000-9999', 1)
        const card = await pathOf(shift, '010-2000-5678')
        await shift.minji.submit(card, `${card}stamps/`, { stamps: '1' })
        shop.clock.nowMs += 10 * MINUTE
        const typed = shop.visitor()
        await typed.stamp('010-2000-5678')
        assert.deepEqual(await typed.card(), { stamps: 1, goal: 10, rewards: 0 })
        const spend = async (visitor: Visitor, action: string, fields: Record<string, string>) => {
          const token = formIn((await visitor.get('/rival/')).text, '/rival/preferences/')
          const { language: _l, theme: _t, next: _n, ...keys } = token
          return (await visitor.postFields(action, { ...keys, ...fields })).status
        }
        const kiosk = (await pairedDevice(shop, 'kiosk')).visitor
        const paths = [`${card}redemptions/`, '/cafe/free/']
        const statuses: number[] = []
        for (const visitor of [typed, kiosk, shop.visitor()])
          for (const path of paths) statuses.push(await spend(visitor, path, { reward: 'coffee' }))
        assert.deepEqual(statuses, [401, 409, 403, 403, 401, 303])
        assert.equal((await cardOf(shift, '010-2000-5678')).balance, 11)
      },
      'self',
    ))

  it('what is not there, is another café’s or is no id answers alike', () =>
    withShift(engine, async (shift) => {
      const { shop } = shift
      const { cafe: rivalCafe } = await setUpShop(shop, { slug: 'rival', mode: 'self' })
      const stranger = shop.visitor()
      await stranger.stamp('010-2000-5678', 'rival')
      const theirs = await shop.store.cards.findByPhone(rivalCafe.id, phoneOf('010-2000-5678'))
      const bare = (text: string, id: string) =>
        text.replaceAll(id, 'ID').replace(/name="(csrf_token|idempotency_key)" value="[^"]*"/g, '')
      const pages = await Promise.all(
        [NOBODYS, theirs?.id ?? '', 'no-id', `${NOBODYS}0`].map(async (id) => {
          const { status, refusal, text } = await shift.minji.get(`/cafe/staff/cards/${id}/`)
          return { status, refusal, text: bare(text, id) }
        }),
      )
      for (const page of pages) assert.deepEqual(page, { ...pages[0], status: 404, refusal: 'no-such-card' })

      const expected = {
        cardStamps: 'no-such-card',
        redemptions: 'no-such-card',
        claims: 'no-such-card',
        voids: 'no-such-entry',
        moves: 'no-such-entry',
        nods: 'claim-unknown',
        decisions: 'request-unknown',
      } as const
      for (const [name, reason] of Object.entries(expected)) {
        for (const id of [NOBODYS, theirs?.id ?? '', theirs?.lastEntryId ?? '', 'no-id']) {
          const path = paths[name as keyof typeof paths].replace(NOBODYS, id)
          const token = formIn((await shift.minji.get(HOME)).text, SEARCHES)
          const { query: _, ...keys } = token
          const answer = await shift.minji.postFields(path, { ...keys, ...fields[name] })
          assert.deepEqual([answer.status, answer.refusal], [404, reason], `${name} ${id}`)
        }
      }
    }))

  it('what cannot be meant is refused, and nothing is written', () =>
    withShift(engine, async (shift) => {
      await open(shift.minji, '010-2000-5678')
      const card = await pathOf(shift, '010-2000-5678')
      const bad: [string, string, Record<string, string>, number, string][] = [
        [card, `${card}stamps/`, { stamps: '0' }, 422, 'field-invalid'],
        [card, `${card}stamps/`, { stamps: '10' }, 422, 'field-invalid'],
        [card, `${card}stamps/`, { stamps: '-1' }, 422, 'field-invalid'],
        [card, `${card}stamps/`, { stamps: '1', over_limit: 'maybe' }, 422, 'field-invalid'],
        [card, `${card}stamps/`, { stamps: '1', balance: '99' }, 422, 'field-invalid'],
        [card, `${card}claims/`, { role: 'owner' }, 422, 'field-invalid'],
        [HOME, SEARCHES, { query: '5678', cafe_id: '2' }, 422, 'field-invalid'],
        [HOME, SEARCHES, { query: "' OR 1=1 --" }, 422, 'digits-missing'],
      ]
      const before = await cardOf(shift, '010-2000-5678')
      for (const [page, action, filled, status, reason] of bad) {
        const answer = await shift.minji.submit(page, action, filled)
        assert.deepEqual([answer.status, answer.refusal], [status, reason], JSON.stringify(filled))
      }
      const keys = formIn((await shift.minji.get(HOME)).text, SEARCHES)
      const token = { csrf_token: keys.csrf_token ?? '', idempotency_key: keys.idempotency_key ?? '' }
      for (const [phone, reason] of [
        ['', 'phone-missing'],
        ['010-12', 'phone-invalid'],
      ] as const) {
        const answer = await shift.minji.postFields(STAMPS, { ...token, phone, stamps: '1' })
        assert.deepEqual([answer.status, answer.refusal], [422, reason])
      }
      assert.deepEqual(await cardOf(shift, '010-2000-5678'), before)
      const forged = await shift.minji.postFields(`${card}stamps/`, {
        ...token,
        csrf_token: 'x',
        stamps: '1',
      })
      assert.deepEqual([forged.status, forged.refusal], [403, 'bad-token'])
    }))
})
