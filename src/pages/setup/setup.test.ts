import assert from 'node:assert/strict'
import { afterEach, it } from 'node:test'
import { onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { ownerLink, SETUP_ANSWERS, setUpByPage, signInByPage } from '../../../test/sign-in.ts'
import { formIn } from '../../../test/visitor.ts'
import { FIRST_NAME } from '../../commands/open-first-cafe.ts'
import { setCafe } from '../../commands/set-cafe.ts'
import { routes } from '../../routes.ts'

const SETUP = routes.setup.href({})
const OWNER = routes.owner.home.href({ cafe: 'cafe' })
const MINUTE_MS = 60_000

onEveryEngine('setup', (engine) => {
  let shop: Shop
  afterEach(() => shop.close())

  it('begins with nobody: no account, no usual password, and a link that works once', async () => {
    shop = await openShop({}, engine)
    const cafe = await shop.store.cafes.findBySlug('cafe')
    assert.deepEqual(await shop.store.people.list(cafe?.id ?? 0), [])
    const link = await ownerLink(shop)
    const [owner, late] = [shop.visitor(), shop.visitor()]
    const swapped = await owner.get(link)
    assert.deepEqual([swapped.status, swapped.location], [303, SETUP])
    const cookie = swapped.headers.getSetCookie().find((line) => line.startsWith('setup='))
    assert.match(cookie ?? '', /; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/)
    assert.ok((cookie ?? '').length < 256 + 60)
    const again = await late.get(link)
    assert.deepEqual([again.status, again.refusal, late.cookies.get('setup')], [410, 'link-over', undefined])
    assert.match(again.text, /dojang owner reset/)
    assert.equal((await owner.get(SETUP)).status, 200)
  })

  it('is over after 30 minutes, whether or not the link was followed', async () => {
    shop = await openShop({}, engine)
    const [first, second] = [await ownerLink(shop, 'cafe'), await ownerLink(shop, 'rival')]
    const owner = shop.visitor()
    shop.clock.nowMs += 10 * MINUTE_MS
    await owner.get(first)
    shop.clock.nowMs += 20 * MINUTE_MS + 2_000
    assert.equal((await owner.get(SETUP)).status, 410)
    assert.equal((await owner.get(second)).status, 410)
  })

  it('uses nothing up when somebody only looks, and knows no link that it did not make', async () => {
    shop = await openShop({}, engine)
    const link = await ownerLink(shop)
    const visitor = shop.visitor()
    await visitor.send(link, { method: 'HEAD' })
    assert.equal((await visitor.get(link)).status, 303)
    for (const made of ['', 'x', `1.${'A'.repeat(22)}`, `999.${'A'.repeat(22)}`])
      assert.equal((await shop.visitor().get(`${SETUP}?token=${made}`)).status, 410, made)
    assert.equal((await shop.visitor().get(SETUP)).status, 410)
    assert.equal((await shop.visitor().postFields(SETUP, { name: 'x' })).status, 410)
  })

  it('lets nobody try links for ever', async () => {
    shop = await openShop({}, engine)
    const guesser = shop.visitor()
    const statuses: number[] = []
    for (let tried = 0; tried < 11; tried++)
      statuses.push((await guesser.get(`${SETUP}?token=1.${String(tried).padStart(22, 'A')}`)).status)
    assert.deepEqual(statuses, [...Array(10).fill(410), 429])
    const elsewhere = shop.visitor()
    elsewhere.address = '203.0.113.9'
    assert.equal((await elsewhere.get(await ownerLink(shop))).status, 303)
  })

  it('ends the trial: the owner is in, the counter stamps, and the line about the trial is gone', async () => {
    shop = await openShop({}, engine)
    const { owner, done } = await setUpByPage(shop)
    assert.deepEqual([done.status, done.location], [303, OWNER])
    assert.equal(owner.cookies.has('setup'), false)
    assert.equal((await owner.get(OWNER)).status, 200)
    const customer = shop.visitor()
    const page = (await customer.get('/cafe/')).text
    assert.doesNotMatch(page, /trying Dojang out/)
    assert.doesNotMatch(page, /id="stamp"/)
    const cafe = await shop.store.cafes.findBySlug('cafe')
    assert.deepEqual([cafe?.mode, cafe?.country, cafe?.timeZone], ['counter', 'JP', 'Asia/Tokyo'])
    assert.equal((await owner.get(SETUP)).status, 410)
  })

  it('begins with no name that nobody chose, and says which of three names is missing', async () => {
    shop = await openShop({}, engine)
    const owner = shop.visitor()
    await owner.get(await ownerLink(shop))
    assert.equal(formIn((await owner.get(SETUP)).text, SETUP).name, '온기 커피')
    const { id } = (await shop.store.cafes.findBySlug('cafe')) ?? { id: 0 }
    const first = { slug: 'cafe', change: { name: FIRST_NAME }, atMs: shop.clock.nowMs }
    await shop.store.transaction(id, (tx) => setCafe(tx, first))
    assert.equal(formIn((await owner.get(SETUP)).text, SETUP).name, '')
    const missing = { name: 'name of the café', branch: 'name of the shop', owner: 'your own name' }
    for (const [field, sentence] of Object.entries(missing)) {
      const refused = await owner.submit(SETUP, SETUP, { ...SETUP_ANSWERS, [field]: '' })
      assert.match(refused.text, new RegExp(`role="alert"[^>]*>Please give (the )?${sentence}`))
    }
  })

  it('gives back what was filled in after a refusal, and never the password', async () => {
    shop = await openShop({}, engine)
    const owner = shop.visitor()
    await owner.get(await ownerLink(shop))
    const refusals: [Partial<typeof SETUP_ANSWERS>, string][] = [
      [{ name: ' ' }, 'name-missing'],
      [{ branch: '' }, 'name-missing'],
      [{ owner: '' }, 'name-missing'],
      [{ cost: '0' }, 'field-invalid'],
      [{ cost: '101' }, 'field-invalid'],
      [{ country: 'XX' }, 'field-invalid'],
      [{ mode: 'free' }, 'field-invalid'],
      [{ language: 'fr' }, 'field-invalid'],
      [{ email: 'nobody' }, 'email-invalid'],
      [{ password: 'fourteen chars' }, 'password-short'],
      [{ password: 'x'.repeat(201) }, 'password-long'],
      [{ password: '123456789012345' }, 'password-common'],
      [{ password: 'dojang dojang dojang' }, 'password-common'],
      [{ password: `${SETUP_ANSWERS.name} `.repeat(4) }, 'password-common'],
    ]
    for (const [wrong, reason] of refusals) {
      const filled = { ...SETUP_ANSWERS, ...wrong }
      const refused = await owner.submit(SETUP, SETUP, filled)
      assert.deepEqual([refused.status, refused.refusal], [422, reason], JSON.stringify(wrong))
      const back = formIn(refused.text, SETUP)
      assert.deepEqual([back.email, back.password, back.branch], [filled.email, '', filled.branch])
      assert.match(refused.text, /type the password again/)
      assert.match(refused.text, new RegExp(`id="${Object.keys(wrong)[0]}"[^>]*aria-invalid|${reason}`))
    }
    assert.equal((await owner.submit(SETUP, SETUP, SETUP_ANSWERS)).status, 303)
  })

  it('takes any fifteen characters, with spaces and in any letters, and all of them count', async () => {
    shop = await openShop({}, engine)
    const passwords = { cafe: ` ${'수달과 노란 우산 '.repeat(10)}푸딩 `, rival: 'fifteen letters' }
    for (const [slug, password] of Object.entries(passwords)) {
      assert.equal((await setUpByPage(shop, { password }, slug)).done.status, 303)
      assert.equal((await signInByPage(shop.visitor(), { password }, slug)).status, 303)
      assert.equal((await signInByPage(shop.visitor(), { password: `${password}.` }, slug)).status, 401)
      assert.equal(
        (await signInByPage(shop.visitor(), { password: password.trim() }, slug)).status,
        slug === 'cafe' ? 401 : 303,
      )
    }
  })

  it('keeps the trial’s stamps, or clears them and says why, as the owner chooses', async () => {
    shop = await openShop({}, engine)
    const [kept, cleared] = [shop.visitor(), shop.visitor()]
    await kept.stamp('010-0000-1234', 'cafe')
    await cleared.stamp('010-0000-1234', 'rival')
    await setUpByPage(shop, { stamps: 'keep' })
    await setUpByPage(shop, { stamps: 'clear' }, 'rival')
    assert.equal((await kept.card('cafe'))?.stamps, 1)
    assert.equal((await cleared.card('rival'))?.stamps, 0)
    const rival = await shop.store.cafes.findBySlug('rival')
    const card = await shop.store.cards.findByPhone(rival?.id ?? 0, '+821000001234')
    const line = await shop.store.entries.find(rival?.id ?? 0, card?.lastEntryId ?? '')
    assert.deepEqual([line?.kind, line?.stamps], ['adjust', -1])
    assert.match(line?.reason ?? '', /trial is over/)
  })

  it('asks about the trial’s stamps only where there are any', async () => {
    shop = await openShop({}, engine)
    const owner = shop.visitor()
    await owner.get(await ownerLink(shop))
    assert.doesNotMatch((await owner.get(SETUP)).text, /name="stamps"/)
    await shop.visitor().stamp('010-0000-1234')
    assert.match((await owner.get(SETUP)).text, /name="stamps"/)
  })

  it('is done once by one press, however often it is sent, and by nobody else’s page', async () => {
    shop = await openShop({}, engine)
    const owner = shop.visitor()
    await owner.get(await ownerLink(shop))
    const form = { ...formIn((await owner.get(SETUP)).text, SETUP), ...SETUP_ANSWERS }
    const forged = await owner.postFields(SETUP, form, { 'sec-fetch-site': 'cross-site' })
    assert.equal(forged.status, 403)
    const cookies = new Map(owner.cookies)
    const first = await owner.postFields(SETUP, form)
    assert.equal(first.status, 303)
    owner.cookies.clear() // the answer was lost on the way
    for (const [name, value] of cookies) owner.cookies.set(name, value)
    assert.equal((await owner.postFields(SETUP, form)).status, 303)
    const cafe = await shop.store.cafes.findBySlug('cafe')
    assert.equal((await shop.store.people.list(cafe?.id ?? 0)).length, 1)
    const other = { ...form, idempotency_key: 'A'.repeat(22), email: 'second@ongi.example' }
    assert.equal((await owner.postFields(SETUP, other)).status, 410)
    assert.equal((await shop.store.people.list(cafe?.id ?? 0)).length, 1)
  })

  it('goes by the cookie’s own café and purpose, whatever else it says', async () => {
    shop = await openShop({}, engine)
    const owner = shop.visitor()
    await owner.get(await ownerLink(shop))
    const good = owner.cookies.get('setup') ?? ''
    for (const bad of [
      good.replace('setup.cafe', 'setup.rival'),
      good.replace('setup.', 'reset.'),
      `${good}x`,
    ]) {
      owner.cookies.set('setup', bad)
      assert.equal((await owner.get(SETUP)).status, 410)
    }
  })
})
