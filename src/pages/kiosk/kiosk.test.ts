import assert from 'node:assert/strict'
import { it } from 'node:test'
import { pairedDevice, type SetUpCafe, setUpShop } from '../../../test/counter-people.ts'
import { type Engine, onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { formIn, type Shown, type Visitor } from '../../../test/visitor.ts'
import { routes } from '../../routes.ts'
import { kioskClaimToken } from '../../rules/claim.ts'
import { counterCode, STEP_MS, stepOf } from '../../rules/counter-code.ts'
import { MODES, type Mode } from '../../rules/mode.ts'
import { parsePhone } from '../../rules/phone.ts'
import type { Cafe } from '../../store/cafes.ts'
import { counterCodeKeyOf } from '../../store/keys.ts'

const KIOSK = routes.kiosk.home.href({ cafe: 'cafe' })
const STAMPS = routes.kiosk.stamps.href({ cafe: 'cafe' })
const SETTINGS = routes.kiosk.settings.href({ cafe: 'cafe' })
const LIVE = routes.kiosk.live.href({ cafe: 'cafe' })
const CARD = routes.card.href({ cafe: 'cafe' })
const NUMBER = '01012345678'
const MINUTE_MS = 60_000

onEveryEngine('the kiosk', (engine) => {
  it('stamps the number that was typed, says what is missing, and shows a link for the phone', async (t) => {
    const { shop, kiosk, id } = await openKiosk(t, engine)
    const stamped = await stampAt(kiosk)
    assert.equal(stamped.location, KIOSK)
    const result = await kiosk.get(KIOSK)
    assert.match(result.text, /id="result"/)
    assert.match(result.text, /아홉 번만 더 오시면/)
    assert.match(result.text, /도장 1개/)
    assert.match(result.text, /이 카드를 휴대폰으로/)
    const card = await cardOf(shop)
    const entry = card?.lastEntryId ? await shop.store.entries.find(1, card.lastEntryId) : null
    assert.equal(entry?.actor, 'kiosk')
    assert.equal(entry?.deviceId, id)
    assert.doesNotMatch((await kiosk.get(KIOSK)).text, /id="result"/, 'said once')
  })

  it('writes each stamp into the audit log, by the tablet’s name, with no number', async (t) => {
    const { shop, kiosk, id, cafe } = await openKiosk(t, engine)
    await stampAt(kiosk)
    const lines = await shop.store.audits.page(cafe.id, null, 5)
    const line = lines.find(({ act }) => act === 'stamp')
    assert.equal(line?.deviceId, id)
    assert.equal(line?.actor, 'kiosk')
    assert.equal(line?.subject, (await cardOf(shop))?.lastEntryId)
    assert.doesNotMatch(JSON.stringify(lines), /5678/)
  })

  it('stamps in every mode', async (t) => {
    for (const mode of MODES) {
      const { shop, kiosk } = await openKiosk(t, engine, { mode })
      assert.equal((await stampAt(kiosk)).status, 303, mode)
      assert.equal((await cardOf(shop))?.balance, 1, mode)
    }
  })

  it('stamps once and shows the same again when its form is sent twice', async (t) => {
    const { shop, kiosk } = await openKiosk(t, engine)
    const form = { ...formIn((await kiosk.get(KIOSK)).text, STAMPS), phone: NUMBER }
    const shown: Shown[] = []
    for (const _ of [1, 2]) {
      assert.equal((await kiosk.postFields(STAMPS, form)).status, 303)
      shown.push(await kiosk.get(KIOSK))
    }
    const [first, second] = shown.map(resultIn)
    assert.ok(first?.includes('class="qr"'))
    assert.equal(second, first)
    assert.equal((await cardOf(shop))?.balance, 1)
  })

  it('gives its answer to nobody else who has the key', async (t) => {
    const { shop, kiosk } = await openKiosk(t, engine)
    const form = { ...formIn((await kiosk.get(KIOSK)).text, STAMPS), phone: NUMBER }
    await kiosk.postFields(STAMPS, form)
    const other = (await pairedDevice(shop, 'kiosk')).visitor
    const { csrf_token = '' } = formIn((await other.get(KIOSK)).text, STAMPS)
    const answer = await other.postFields(STAMPS, { ...form, csrf_token })
    assert.equal(answer.status, 422)
    assert.equal(answer.refusal, 'key-reused')
  })

  it('says only +1 and thanks where the café keeps the count to itself', async (t) => {
    const { kiosk } = await openKiosk(t, engine, { change: { kioskShowsCount: false } })
    await stampAt(kiosk)
    const result = resultIn(await kiosk.get(KIOSK))
    assert.match(result, /\+1/)
    assert.match(result, /고맙습니다/)
    assert.doesNotMatch(result, /아홉|도장 1개|class="seals"/)
  })

  it('hands the phone that scans its link just this stamp, unproven until staff nod', async (t) => {
    const { shop, kiosk } = await openKiosk(t, engine)
    await stampAt(kiosk)
    shop.clock.nowMs += 5 * MINUTE_MS
    const form = formIn((await kiosk.get(KIOSK)).text, STAMPS)
    await kiosk.postFields(STAMPS, { ...form, phone: NUMBER })
    const claim = claimPathOf(form.idempotency_key ?? '')
    const phone = shop.visitor('ko')
    assert.equal((await phone.submit(claim, claim)).status, 303)
    assert.equal((await phone.card())?.stamps, 1, 'two are on the card')
    assert.equal((await cardOf(shop))?.balance, 2)
  })

  it('shows no link any more once it is claimed or five minutes old', async (t) => {
    const { shop, kiosk } = await openKiosk(t, engine)
    const form = { ...formIn((await kiosk.get(KIOSK)).text, STAMPS), phone: NUMBER }
    await kiosk.postFields(STAMPS, form)
    shop.clock.nowMs += 6 * MINUTE_MS
    await kiosk.postFields(STAMPS, form)
    const result = resultIn(await kiosk.get(KIOSK))
    assert.match(result, /\+1/)
    assert.doesNotMatch(result, /class="qr"/)
  })

  it('gives a number that nobody can have back as it was typed', async (t) => {
    const { shop, kiosk } = await openKiosk(t, engine)
    for (const [phone, reason] of [
      ['0101234567', 'phone-invalid'],
      ['99999999999', 'phone-invalid'],
      ['', 'phone-missing'],
    ] as const) {
      const answer = await stampAt(kiosk, phone)
      assert.equal(answer.status, 422)
      assert.equal(answer.refusal, reason)
      assert.equal(formIn(answer.text, STAMPS).phone, phone)
    }
    assert.equal(await shop.store.cards.findByPhone(1, phoneOf('01012345670')), null)
  })

  it('says in the customer’s language when a card can be stamped again', async (t) => {
    const { shop, kiosk } = await openKiosk(t, engine)
    await stampAt(kiosk)
    const again = await stampAt(kiosk)
    assert.equal(again.status, 429)
    assert.equal(again.refusal, 'too-soon')
    assert.equal(again.headers.get('retry-after'), '120')
    assert.match(again.text, /09:02부터 다시 할 수 있어요/)
    await choose(kiosk, { language: 'en' })
    assert.match((await stampAt(kiosk)).text, /stamped a moment ago/)
    shop.clock.nowMs += 2 * MINUTE_MS
    assert.equal((await stampAt(kiosk)).status, 303)
    assert.equal((await cardOf(shop))?.balance, 2)
  })

  it('asks an unpaired tablet for its code, and turns a counter and another café’s kiosk away', async (t) => {
    const { shop } = await openKiosk(t, engine)
    const stranger = await shop.visitor('ko').get(KIOSK)
    assert.equal(stranger.status, 401)
    assert.doesNotMatch(stranger.text, /id="stamp"/)
    assert.ok(formIn(stranger.text, routes.kiosk.pairing.href({ cafe: 'cafe' })).csrf_token)
    assert.equal(stranger.refusal, null)
    const onTrial = await shop.visitor('ko').get(routes.kiosk.home.href({ cafe: 'rival' }))
    assert.equal(onTrial.status, 401)
    assert.equal(onTrial.refusal, 'not-set-up')
    const counter = (await pairedDevice(shop, 'counter')).visitor
    assert.equal((await counter.get(KIOSK)).status, 403)
    await setUpShop(shop, { slug: 'rival' })
    const rival = (await pairedDevice(shop, 'kiosk', { slug: 'rival' })).visitor
    const here = (await pairedDevice(shop, 'kiosk')).visitor
    const form = { ...formIn((await here.get(KIOSK)).text, STAMPS), phone: NUMBER }
    assert.equal((await rival.postFields(STAMPS, form)).status, 401)
    assert.equal((await counter.postFields(STAMPS, form)).status, 403)
    assert.equal(await cardOf(shop), null)
  })

  it('changes nothing by GET, for another site, or without its token', async (t) => {
    const { shop, kiosk } = await openKiosk(t, engine)
    const form = { ...formIn((await kiosk.get(KIOSK)).text, STAMPS), phone: NUMBER }
    for (const path of [STAMPS, SETTINGS]) assert.equal((await kiosk.get(path)).status, 405)
    assert.equal((await kiosk.postFields(STAMPS, form, { 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.equal((await kiosk.postFields(STAMPS, { ...form, csrf_token: 'x' })).refusal, 'bad-token')
    assert.equal((await kiosk.postFields(STAMPS, { ...form, reward: '1' })).refusal, 'field-invalid')
    assert.equal(await cardOf(shop), null)
  })

  it('never takes or reads a card cookie, and opens nothing but the kiosk (S46)', async (t) => {
    const { shop, kiosk } = await openKiosk(t, engine, { mode: 'self' })
    const customer = shop.visitor('ko')
    await customer.stamp('01087654321')
    kiosk.cookies.set('card_cafe', customer.cookies.get('card_cafe') ?? '')
    const before = kiosk.cookies.get('card_cafe')
    const customers = [CARD, routes.free.href({ cafe: 'cafe' }), routes.live.href({ cafe: 'cafe' })]
    const link = routes.claim.href({ cafe: 'cafe', token: 'x'.repeat(22) })
    const behind = [routes.staff.home.href({ cafe: 'cafe' }), routes.owner.home.href({ cafe: 'cafe' })]
    for (const path of [...customers, link, ...behind]) {
      const answer = await kiosk.get(path)
      if (behind.includes(path)) assert.ok(answer.status >= 400, path)
      else assert.equal(answer.status, 403, path)
      assert.doesNotMatch(cookieLines(answer), /card_/)
      assert.doesNotMatch(answer.text, /4321|id="card"/)
    }
    assert.equal((await kiosk.get(CARD)).refusal, 'device-only')
    const stamped = await stampAt(kiosk)
    const result = await kiosk.get(KIOSK)
    for (const answer of [stamped, result]) assert.doesNotMatch(cookieLines(answer), /card_/)
    assert.doesNotMatch(result.text, /4321/)
    assert.equal(kiosk.cookies.get('card_cafe'), before)
  })

  it('says nothing of the customer in an address, a cookie or the log', async (t) => {
    const { shop, kiosk } = await openKiosk(t, engine)
    const stamped = await stampAt(kiosk)
    const result = await kiosk.get(KIOSK)
    assert.equal(stamped.location, KIOSK)
    const said = [cookieLines(stamped), cookieLines(result), result.text, shop.log.join()].join()
    assert.doesNotMatch(said, /1234.?5678|12345678/)
    assert.equal(result.headers.get('cache-control'), 'no-store')
  })

  it('shows in code mode the code of the half minute, another in the next, which a phone may bring', async (t) => {
    const { shop, kiosk, cafe, branch } = await openKiosk(t, engine, { mode: 'code' })
    const codes: string[] = []
    for (const _ of [1, 2, 3]) {
      const { text } = await kiosk.get(KIOSK)
      const code =
        text
          .match(/<b>(\d{3}) (\d{3})<\/b>/)
          ?.slice(1)
          .join('') ?? ''
      const place = { cafeId: cafe.id, branchId: branch.id, step: stepOf(shop.clock.nowMs) }
      assert.equal(code, counterCode(counterCodeKeyOf(shop.keys), place))
      const left = Number(text.match(/data-left-ms="(\d+)"/)?.[1])
      assert.equal(left, STEP_MS - (shop.clock.nowMs % STEP_MS))
      codes.push(code)
      shop.clock.nowMs += left
    }
    assert.equal(new Set(codes).size, 3)
    const phone = shop.visitor('ko')
    const brought = await phone.submit(CARD, CARD, { phone: NUMBER, code: codes[2] ?? '' })
    assert.equal(brought.status, 303)
    assert.equal(
      (await shop.visitor('ko').submit(CARD, CARD, { phone: NUMBER, code: codes[0] ?? '' })).status,
      410,
    )
  })

  it('shows no code in the other modes', async (t) => {
    for (const mode of MODES.filter((one) => one !== 'code')) {
      const { kiosk } = await openKiosk(t, engine, { mode })
      assert.doesNotMatch((await kiosk.get(KIOSK)).text, /data-left-ms|class="digits"/, mode)
    }
  })

  it('speaks the café’s language, another for a customer who chooses it, and keeps how it looks', async (t) => {
    const { kiosk } = await openKiosk(t, engine, { change: { language: 'ja' } })
    assert.match((await kiosk.get(KIOSK)).text, /<html lang="ja"[\s\S]*電話番号を/)
    const chosen = await choose(kiosk, { language: 'ko' })
    assert.match(cookieLines(chosen), /kiosk_language=ko; Max-Age=180;/, 'for a few minutes')
    assert.match((await kiosk.get(KIOSK)).text, /<html lang="ko"/)
    await choose(kiosk, { large: 'on' })
    await choose(kiosk, { contrast: 'on' })
    assert.match((await kiosk.get(KIOSK)).text, /id="home"[^>]* data-large data-contrast/)
    await choose(kiosk, { large: 'off' })
    assert.match((await kiosk.get(KIOSK)).text, /id="home"[^>]*halves" data-contrast/)
    const wrong = await choose(kiosk, { language: 'xx' })
    assert.equal(wrong.status, 422)
    assert.equal((await choose(kiosk, {})).status, 422)
  })

  it('ends at once when it is retired: the open page hears it, and nothing works any more', {
    timeout: 20_000,
  }, async (t) => {
    const { shop, kiosk, id, cafe } = await openKiosk(t, engine)
    const form = { ...formIn((await kiosk.get(KIOSK)).text, STAMPS), phone: NUMBER }
    const cookie = [...kiosk.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const stream = await shop.app.fetch(new Request(`${shop.origin}${LIVE}`, { headers: { cookie } }))
    assert.equal(stream.headers.get('content-type'), 'text/event-stream; charset=utf-8')
    await shop.store.transaction(cafe.id, async (tx) => {
      await tx.devices.revoke(cafe.id, id, shop.clock.nowMs)
      await tx.tell(cafe.id, 'devices')
    })
    assert.match(await stream.text(), /event: over/)
    assert.equal((await kiosk.get(KIOSK)).status, 401)
    assert.equal((await kiosk.postFields(STAMPS, form)).status, 401)
    assert.equal(await cardOf(shop), null)
  })
})

interface Kiosk extends SetUpCafe {
  readonly shop: Shop
  readonly kiosk: Visitor
  readonly id: string
}

async function openKiosk(
  t: { after(work: () => Promise<void>): void },
  engine: Engine,
  { mode = 'counter', change = {} }: { mode?: Mode; change?: Partial<Cafe> } = {},
): Promise<Kiosk> {
  const shop = await openShop({}, engine)
  t.after(() => shop.close())
  const people = await setUpShop(shop, { mode })
  const cafe = { ...people.cafe, ...change }
  await shop.store.transaction(cafe.id, (tx) => tx.cafes.update(cafe))
  const { id, visitor } = await pairedDevice(shop, 'kiosk')
  return { ...people, cafe, shop, kiosk: visitor, id }
}

function stampAt(kiosk: Visitor, phone = NUMBER): Promise<Shown> {
  return kiosk.submit(KIOSK, STAMPS, { phone })
}

function choose(kiosk: Visitor, setting: Record<string, string>): Promise<Shown> {
  return kiosk.submit(KIOSK, SETTINGS, setting)
}

function cardOf(shop: Shop) {
  return shop.store.cards.findByPhone(1, phoneOf(NUMBER))
}

function phoneOf(text: string) {
  const phone = parsePhone(text, 'KR')
  assert.ok(phone)
  return phone
}

function resultIn({ text }: Shown): string {
  return text.match(/<section id="result".*?<\/section>/s)?.[0] ?? ''
}

function cookieLines({ headers }: Shown): string {
  return headers.getSetCookie().join('\n')
}

/** Where the QR leads that follows a form. */
function claimPathOf(formKey: string): string {
  return routes.claim.href({ cafe: 'cafe', token: kioskClaimToken(formKey) })
}
