import assert from 'node:assert/strict'
import { it } from 'node:test'
import { onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { StaffHand } from '../../../test/staff-hand.ts'
import { formIn, type Visitor } from '../../../test/visitor.ts'
import { routes } from '../../routes.ts'
import type { Mode } from '../../rules/mode.ts'

const card = routes.card.href({ cafe: 'cafe' })
const MINUTE_MS = 60_000

onEveryEngine('/cafe/ once the café is set up', (engine) => {
  async function inMode(mode: Mode, work: (shop: Shop, hand: StaffHand) => Promise<void>): Promise<void> {
    const shop = await openShop({}, engine)
    try {
      await work(shop, await StaffHand.begin(shop, mode))
    } finally {
      await shop.close()
    }
  }

  it('in mode self says when a card that was just stamped can be stamped again, and costs nothing', () =>
    inMode('self', async (shop) => {
      const visitor = shop.visitor()
      assert.equal((await visitor.stamp('010-0000-1001')).status, 303)
      shop.clock.nowMs += MINUTE_MS
      const refused = await visitor.stamp()
      assert.equal(refused.status, 429)
      assert.equal(refused.refusal, 'too-soon')
      assert.equal(refused.headers.get('retry-after'), '60')
      assert.match(refused.text, /09:02/)
      assert.equal((await visitor.card())?.stamps, 1)
      shop.clock.nowMs += MINUTE_MS
      assert.equal((await visitor.stamp()).status, 303)
    }))

  it('in mode self tells a stranger with the number no time, and keeps what was typed', () =>
    inMode('self', async (shop) => {
      await shop.visitor().stamp('010-0000-1002')
      const stranger = await shop.visitor().stamp('010-0000-1002')
      assert.equal(stranger.status, 429)
      assert.doesNotMatch(stranger.text, /09:02/)
      assert.match(stranger.text, /data-reason="too-soon">[^<]*at the counter/)
      assert.match(stranger.text, /value="010-0000-1002"/)
    }))

  it('in mode counter shows a known browser its code for staff, and stamps nobody', () =>
    inMode('counter', async (shop, hand) => {
      await hand.stamp('010-0000-1003', 3)
      const visitor = shop.visitor()
      const unknown = await visitor.get(card)
      assert.doesNotMatch(unknown.text, /id="stamp"|name="phone"/)
      assert.match(unknown.text, /Say your number at the counter/)
      const link = await hand.link('010-0000-1003')
      await visitor.submit(link, link)
      const known = await visitor.get(card)
      const { id } = await hand.card('010-0000-1003')
      const letters = shop.store.cards.codeOf(hand.cafe.id, id)
      assert.match(letters, /^[A-Z]{6}$/)
      assert.match(known.text, new RegExp(`<svg class="qr"[^>]*aria-label="[^"]*${letters}"`))
      assert.match(known.text, new RegExp(`<b>${letters}</b>`))
      assert.doesNotMatch(known.text, /id="stamp"/)
      const forced = await postAs(visitor, {})
      assert.deepEqual([forced.status, forced.refusal], [403, 'counter-only'])
      assert.equal((await hand.card('010-0000-1003')).balance, 3)
    }))

  it('in mode code stamps with the code on the counter’s screen, which its QR fills in', () =>
    inMode('code', async (shop, hand) => {
      const visitor = shop.visitor()
      const code = hand.code()
      const shown = await visitor.get(`${card}?code=${code}`)
      assert.match(shown.text, new RegExp(`id="code"[^>]*value="${code}"`))
      const form = formIn(shown.text, card)
      assert.equal((await visitor.postFields(card, { ...form, phone: '010-0000-1004' })).status, 303)
      assert.equal((await visitor.card())?.stamps, 1)
      const again = await postAs(visitor, { code })
      assert.deepEqual([again.status, again.refusal], [409, 'code-used'])
      assert.match(again.text, new RegExp(`id="code"[^>]*value="${code}"`))
      shop.clock.nowMs += 3 * MINUTE_MS
      const typed = hand.code()
      const asPeopleType = `${typed.slice(0, 3)} ${typed.slice(3)}`
      assert.equal((await postAs(visitor, { code: asPeopleType })).status, 303)
      assert.equal((await visitor.card())?.stamps, 2)
    }))

  it('in mode code refuses no code, a wrong one and one that is over, and opens no card for them', () =>
    inMode('code', async (shop, hand) => {
      const visitor = shop.visitor()
      const phone = '010-0000-1005'
      for (const [code, status, refusal] of [
        ['', 422, 'code-missing'],
        [hand.wrongCode(), 422, 'code-wrong'],
        ['abcdef', 422, 'code-wrong'],
        [hand.code(2), 410, 'code-expired'],
      ] as const) {
        const refused = await postAs(visitor, { phone, code })
        assert.deepEqual([refused.status, refused.refusal], [status, refusal])
        assert.match(refused.text, /value="010-0000-1005"/)
      }
      assert.equal(await shop.store.cards.findByPhone(1, '+821000001005'), null)
      assert.equal((await postAs(visitor, { phone, code: hand.code(1) })).status, 303)
    }))

  it('in mode code stamps a card once for one code, however often it is sent, and right codes cost no try', () =>
    inMode('code', async (shop, hand) => {
      const visitor = shop.visitor()
      const code = hand.code()
      await postAs(visitor, { phone: '010-0000-1014', code })
      for (let sent = 0; sent < 30; sent++) {
        const again = await postAs(visitor, { code })
        assert.deepEqual([again.status, again.refusal], [409, 'code-used'])
      }
      assert.equal((await visitor.card())?.stamps, 1)
      assert.equal((await postAs(visitor, { code: hand.wrongCode() })).refusal, 'code-wrong')
    }))

  it('in mode code looks at five wrong codes of a browser in ten minutes, also of many at once', () =>
    inMode('code', async (shop, hand) => {
      const visitor = shop.visitor()
      const phone = '010-0000-1006'
      assert.equal((await postAs(visitor, { phone, code: hand.code() })).status, 303)
      const wrong = Array.from({ length: 12 }, () => postAs(visitor, { code: hand.wrongCode() }))
      const answers = (await Promise.all(wrong)).map(({ refusal }) => refusal)
      assert.equal(answers.filter((one) => one === 'code-wrong').length, 5)
      assert.equal(answers.filter((one) => one === 'too-many-codes').length, 7)
      shop.clock.nowMs += 5 * MINUTE_MS
      const refused = await postAs(visitor, { code: hand.code() })
      assert.deepEqual([refused.status, refused.refusal], [429, 'too-many-codes'])
      assert.equal(refused.headers.get('retry-after'), '300')
      shop.clock.nowMs += 5 * MINUTE_MS
      assert.equal((await postAs(visitor, { code: hand.code() })).status, 303)
    }))

  it('in mode code looks at twenty wrong codes of a café in a minute, from however many browsers', () =>
    inMode('code', async (shop, hand) => {
      const refusals: (string | null)[] = []
      for (let tried = 0; tried < 24; tried++) {
        const refused = await postAs(shop.visitor(), { phone: '010-0000-1007', code: hand.wrongCode() })
        refusals.push(refused.refusal)
      }
      assert.equal(refusals.filter((one) => one === 'code-wrong').length, 20)
      assert.deepEqual(refusals.slice(20), Array(4).fill('too-many-codes'))
      shop.clock.nowMs += MINUTE_MS
      const honest = await postAs(shop.visitor(), { phone: '010-0000-1008', code: hand.code() })
      assert.equal(honest.status, 303)
    }))

  it('in mode code gives the first answer again after the code is over, and one stamp for one form', () =>
    inMode('code', async (shop, hand) => {
      const visitor = shop.visitor()
      const form = formIn((await visitor.get(card)).text, card)
      const filled = { ...form, phone: '010-0000-1009', code: hand.code() }
      const answers = await Promise.all([1, 2, 3].map(() => visitor.postFields(card, filled)))
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]))
      shop.clock.nowMs += 5 * MINUTE_MS
      assert.equal((await visitor.postFields(card, filled)).status, 303)
      assert.equal((await visitor.card())?.stamps, 1)
    }))

  it('in mode approve asks, and shows what staff decided', () =>
    inMode('approve', async (shop, hand) => {
      const visitor = shop.visitor()
      const asked = await postAs(visitor, { phone: '010-0000-1010' })
      assert.deepEqual([asked.status, asked.location], [303, card])
      const waiting = await visitor.get(card)
      assert.match(waiting.text, /id="request"[^>]*data-state="waiting"[^>]*>[^<]*09:02/)
      assert.doesNotMatch(waiting.text, /id="stamp"/)
      assert.match(waiting.text, /<noscript><meta http-equiv="refresh"/)
      assert.equal((await hand.decide('allow')).ok, true)
      const stamped = await visitor.get(card)
      assert.doesNotMatch(stamped.text, /id="request"/)
      assert.equal((await visitor.card())?.stamps, 1)

      shop.clock.nowMs += 3 * MINUTE_MS
      await postAs(visitor, {})
      await hand.decide('refuse')
      const refused = await visitor.get(card)
      assert.match(refused.text, /id="request"[^>]*data-state="refused"/)
      assert.match(refused.text, /id="stamp"/)
      assert.equal((await visitor.card())?.stamps, 1)
    }))

  it('in mode approve ends a request after two minutes, and holds one open request a browser', () =>
    inMode('approve', async (shop, hand) => {
      const visitor = shop.visitor()
      const form = { ...formIn((await visitor.get(card)).text, card), phone: '010-0000-1011' }
      await visitor.postFields(card, form)
      for (let asked = 0; asked < 5; asked++) {
        const again = { ...form, idempotency_key: crypto.randomUUID() }
        assert.equal((await visitor.postFields(card, again)).status, 303)
      }
      assert.equal((await hand.openRequests()).length, 1)
      shop.clock.nowMs += 2 * MINUTE_MS
      assert.match((await visitor.get(card)).text, /id="request"[^>]*data-state="expired"/)
      assert.equal((await hand.openRequests()).length, 0)
      await assert.rejects(hand.decide('allow'))
    }))

  it('in mode approve lets a browser ask three times in ten minutes, and the queue hold twenty', () =>
    inMode('approve', async (shop, hand) => {
      const visitor = shop.visitor()
      await postAs(visitor, { phone: '010-0000-1012' })
      for (const again of [1, 2]) {
        await hand.decide('refuse')
        assert.equal((await postAs(visitor, {})).status, 303, `asked ${again + 1} times`)
      }
      await hand.decide('refuse')
      const refused = await postAs(visitor, {})
      assert.deepEqual([refused.status, refused.refusal], [429, 'too-many-requests'])
      const refusals: (string | null)[] = []
      for (let troll = 0; troll < 24; troll++) {
        const asked = await postAs(shop.visitor(), { phone: `010-0001-${1000 + troll}` })
        refusals.push(asked.refusal)
      }
      assert.equal((await hand.openRequests()).length, 20)
      assert.deepEqual(refusals.slice(20), Array(4).fill('queue-full'))
    }))

  for (const mode of ['self', 'code', 'approve'] as const)
    it(`in mode ${mode} answers a stranger alike, whether or not the number is a customer’s`, () =>
      inMode(mode, async (shop, hand) => {
        for (let number = 0; number < 6; number++) await hand.stamp(`010-0002-${1000 + number}`, 7)
        shop.clock.nowMs += 24 * 60 * MINUTE_MS
        const answers: string[][] = [[], []]
        for (let number = 0; number < 12; number++) {
          const stranger = shop.visitor()
          const phone = `010-0002-${1000 + number}`
          const posted = await postAs(stranger, { phone, ...(mode === 'code' && { code: hand.code() }) })
          const page = await stranger.get(card)
          answers[number < 6 ? 0 : 1]?.push(
            JSON.stringify([posted.status, [...posted.headers.keys()], withoutNonces(posted.text)]),
            withoutNonces(page.text),
          )
        }
        assert.equal(new Set(answers.flat()).size, 2)
        assert.deepEqual(answers[0], answers[1])
      }))

  it('leaves the trial as it was: no limits, no code, and nobody to listen to', async () => {
    const shop = await openShop({}, engine)
    const visitor = shop.visitor()
    for (const phone of ['010-0000-1013', undefined, undefined, undefined, undefined])
      assert.equal((await visitor.stamp(phone)).status, 303)
    const shown = await visitor.get(card)
    assert.doesNotMatch(shown.text, /data-live|id="card-code"|name="code"/)
    await shop.close()
  })
})

/** Sends the stamp form as it stands, or one made up where the page has none. */
async function postAs(visitor: Visitor, filledIn: Record<string, string>) {
  const { text } = await visitor.get(card)
  const csrf_token = text.match(/name="csrf_token" value="([^"]+)"/)?.[1] ?? ''
  return visitor.postFields(card, { csrf_token, idempotency_key: crypto.randomUUID(), ...filledIn })
}

/** A page without what is made anew for each: tokens, keys, and the person's own digits. */
function withoutNonces(text: string): string {
  return text
    .replace(/name="(csrf_token|idempotency_key)" value="[^"]*"/g, '')
    .replace(/010-••••-\d{4}|010‑••••‑\d{4}/g, '')
}
