import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { cardIn, formIn } from '../../../test/visitor.ts'
import { routes } from '../../routes.ts'

const card = routes.card.href({ cafe: 'cafe' })

onEveryEngine('the card at /cafe/', (engine) => {
  let shop: Shop
  before(async () => {
    shop = await openShop({}, engine)
  })
  after(() => shop.close())

  it('asks an unknown browser for a number, and gives it no card cookie', async () => {
    const visitor = shop.visitor()
    const shown = await visitor.get(card)
    assert.equal(shown.status, 200)
    assert.match(shown.text, /<form method="post" action="\/cafe\/" id="stamp">/)
    assert.match(shown.text, /name="phone"/)
    assert.equal(visitor.cookies.has('card_cafe'), false)
  })

  it('stamps by number once, then remembers: 303, and a card with one stamp and no number to type', async () => {
    const visitor = shop.visitor()
    const stamped = await visitor.stamp('010-0000-1001')
    assert.equal(stamped.status, 303)
    assert.equal(stamped.location, card)
    const shown = await visitor.get(card)
    assert.deepEqual(cardIn(shown.text), { stamps: 1, goal: 10, rewards: 0 })
    assert.doesNotMatch(shown.text, /name="phone"/)
    assert.match(shown.text, /010-••••-1001/)
    assert.equal((await visitor.stamp()).status, 303)
    assert.equal((await visitor.card())?.stamps, 2)
  })

  it('counts ten stamps as one free coffee', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-1002')
    for (let stamps = 2; stamps <= 10; stamps++) await visitor.stamp()
    assert.deepEqual(await visitor.card(), { stamps: 10, goal: 10, rewards: 1 })
  })

  it('shows a neighbour’s number what a number nobody has shows: one stamp', async () => {
    const neighbour = shop.visitor()
    await neighbour.stamp('010-0000-1003')
    await neighbour.stamp()
    const curious = shop.visitor()
    const known = await curious.stamp('010-0000-1003')
    const knownPage = await curious.get(card)
    const stranger = shop.visitor()
    const unknown = await stranger.stamp('010-0000-1099')
    const unknownPage = await stranger.get(card)
    assert.deepEqual(cardIn(knownPage.text), cardIn(unknownPage.text))
    assert.equal(known.status, unknown.status)
    assert.deepEqual([...known.headers.keys()], [...unknown.headers.keys()])
    assert.equal(knownPage.text.length, unknownPage.text.length)
  })

  it('forgets the first number when a known browser types another, and keeps its own', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-1004')
    const first = visitor.cookies.get('card_cafe')
    const form = formIn((await visitor.get(card)).text, card)
    await visitor.postFields(card, { ...form, phone: '01000001004' })
    assert.equal((await visitor.card())?.stamps, 2)
    const again = formIn((await visitor.get(card)).text, card)
    await visitor.postFields(card, { ...again, phone: '010-0000-1005' })
    assert.equal((await visitor.card())?.stamps, 1)
    const old = shop.visitor()
    old.cookies.set('card_cafe', first ?? '')
    assert.equal(await old.card(), null)
  })

  it('takes a number as people write it, and gives one that cannot be back as it was typed', async () => {
    for (const phone of ['０１０００００１００６', '٠١٠٠٠٠٠١٠٠٦', '+82 (0)10-0000-1006', ' 010 0000 1006 ']) {
      const stamped = await shop.visitor().stamp(phone)
      assert.equal(stamped.status, 303, phone)
    }
    for (const phone of ['', '010', '"><script>alert(1)</script>', '9'.repeat(100), '010-0000-100']) {
      const refused = await shop.visitor().stamp(phone)
      assert.equal(refused.status, 422)
      assert.equal(refused.refusal, phone === '' ? 'phone-missing' : 'phone-invalid')
      assert.equal(refused.text.includes('<script>alert'), false)
      assert.ok(formIn(refused.text, card).csrf_token)
    }
    const kept = await shop.visitor().stamp('010-12')
    assert.match(kept.text, /name="phone"[^>]*value="010-12"/)
  })

  it('stamps once for one form, however often and however fast it comes', async () => {
    const visitor = shop.visitor()
    const form = { ...formIn((await visitor.get(card)).text, card), phone: '010-0000-1007' }
    const answers = await Promise.all(Array.from({ length: 40 }, () => visitor.postFields(card, form)))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]))
    const cookies = answers.map(({ headers }) =>
      headers.getSetCookie().find((line) => line.startsWith('card_cafe=')),
    )
    assert.equal(new Set(cookies).size, 1)
    assert.equal((await visitor.card())?.stamps, 1)
    assert.equal((await visitor.postFields(card, form)).status, 303)
    assert.equal((await visitor.card())?.stamps, 1)
  })

  it('refuses a key for another request, or in another’s hand', async () => {
    const visitor = shop.visitor()
    const form: Record<string, string> = {
      ...formIn((await visitor.get(card)).text, card),
      phone: '010-0000-1008',
    }
    await visitor.postFields(card, form)
    const other = await visitor.postFields(card, { ...form, phone: '010-0000-1009' })
    assert.equal(other.status, 422)
    assert.equal(other.refusal, 'key-reused')
    const thief = shop.visitor()
    const stolen = formIn((await thief.get(card)).text, card)
    const theft = await thief.postFields(card, {
      ...stolen,
      phone: form.phone ?? '',
      idempotency_key: form.idempotency_key ?? '',
    })
    assert.equal(theft.status, 422)
    assert.equal(thief.cookies.has('card_cafe'), false)
  })

  it('wants a key that cannot be guessed', async () => {
    const visitor = shop.visitor()
    for (const [key, refusal] of [
      ['', 'key-missing'],
      ['short', 'key-malformed'],
      [`${'k'.repeat(30)} `, 'key-malformed'],
    ]) {
      const refused = await visitor.submit(card, card, { phone: '010-0000-1010', idempotency_key: key ?? '' })
      assert.equal(refused.status, 400)
      assert.equal(refused.refusal, refusal)
    }
  })

  it('refuses other sites, missing tokens and tokens of others, and writes nothing', async () => {
    const visitor = shop.visitor()
    const form = { ...formIn((await visitor.get(card)).text, card), phone: '010-0000-1011' }
    const foreign = formIn((await shop.visitor().get(card)).text, card)
    const attempts = [
      await visitor.postFields(card, form, { 'sec-fetch-site': 'cross-site' }),
      await visitor.postFields(card, form, { 'sec-fetch-site': 'same-site' }),
      await visitor.postFields(card, form, { origin: 'https://evil.example' }),
      await visitor.postFields(card, { ...form, csrf_token: '' }),
      await visitor.postFields(card, { ...form, csrf_token: foreign.csrf_token ?? '' }),
    ]
    for (const refused of attempts) {
      assert.equal(refused.status, 403)
      assert.match(refused.text, /value="010-0000-1011"/)
    }
    assert.equal(visitor.cookies.has('card_cafe'), false)
  })

  it('takes no field that it did not ask for', async () => {
    const visitor = shop.visitor()
    for (const extra of [{ stamps: '9999' }, { __proto__x: '1' }, { balance: '10' }]) {
      const refused = await visitor.submit(card, card, { phone: '010-0000-1012', ...extra })
      assert.equal(refused.status, 422)
      assert.equal(refused.refusal, 'field-invalid')
    }
  })

  it('makes nobody of each of 2,000 altered card cookies, and never a 500', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-1013')
    const cookie = visitor.cookies.get('card_cafe') ?? ''
    const altered = alterationsOf(cookie)
    assert.ok(altered.length >= 2_000, `${altered.length} alterations`)
    const stranger = shop.visitor()
    for (const text of altered) {
      stranger.cookies.set('card_cafe', text)
      const shown = await stranger.get(card)
      assert.equal(shown.status, 200)
      assert.equal(cardIn(shown.text), null, text)
    }
  })

  it('knows a card cookie for 400 days, and gives a fresh one as it is used', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-1014')
    const first = visitor.cookies.get('card_cafe') ?? ''
    const day = 24 * 60 * 60 * 1000
    shop.clock.nowMs += 2 * day
    await visitor.get(card)
    assert.notEqual(visitor.cookies.get('card_cafe'), first)
    shop.clock.nowMs += 399 * day
    assert.equal((await visitor.card())?.stamps, 1)
    const kept = shop.visitor()
    kept.cookies.set('card_cafe', first)
    assert.equal(await kept.card(), null)
  })

  it('is nobody’s at the café next door', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-1015')
    visitor.cookies.set('card_rival', visitor.cookies.get('card_cafe') ?? '')
    assert.equal(await visitor.card('rival'), null)
  })

  it('leafs back through a long history', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-1016')
    for (let stamps = 2; stamps <= 25; stamps++) await visitor.stamp()
    const older = (await visitor.get(card)).text.match(/href="(\/cafe\/\?from=[^"]+)"/)?.[1] ?? ''
    const shown = await visitor.get(older)
    assert.equal(shown.text.match(/<li>/g)?.length, 5)
    assert.equal(cardIn(shown.text)?.stamps, 25)
    const other = shop.visitor()
    await other.stamp('010-0000-1017')
    assert.equal((await other.get(older)).text.match(/<li>/g)?.length, 1)
    for (const from of ['', 'x', '%00', '019a0000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '%F0%9F%98%80'])
      assert.equal((await other.get(`${card}?from=${from}`)).status, 200, from)
  })
})

/** Every bit flipped, every byte dropped, cut short anywhere, doubled, case changed, and rubbish. */
function alterationsOf(cookie: string): string[] {
  const altered = new Set<string>([
    cookie + cookie,
    `${cookie}A`,
    `A${cookie}`,
    `"${cookie}"`,
    '',
    '%',
    'null',
  ])
  for (let place = 0; place < cookie.length; place++) {
    const [before, after] = [cookie.slice(0, place), cookie.slice(place + 1)]
    altered.add(before + after).add(before)
    for (const other of 'Aa0_-:.~x9Z!qM5kP%7bT') altered.add(before + other + after)
    for (let bit = 0; bit < 7; bit++) {
      const flipped = String.fromCharCode(cookie.charCodeAt(place) ^ (1 << bit))
      if (/[\x21-\x7e]/.test(flipped) && !/[;,\\"]/.test(flipped)) altered.add(before + flipped + after)
    }
  }
  altered.delete(cookie)
  return [...altered]
}
