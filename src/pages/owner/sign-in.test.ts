import assert from 'node:assert/strict'
import { afterEach, it } from 'node:test'
import { onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { EMAIL, ownerLink, PASSWORD, setUpByPage, signInByPage } from '../../../test/sign-in.ts'
import { formIn, type Shown, type Visitor } from '../../../test/visitor.ts'
import { routes } from '../../routes.ts'

const cafe = { cafe: 'cafe' }
const HOME = routes.owner.home.href(cafe)
const SIGN_IN = routes.owner.signIn.href(cafe)
const SIGN_OUT = routes.owner.signOut.href(cafe)
const SETUP = routes.setup.href({})
const MINUTE_MS = 60_000
const COOKIE = 'owner_cafe'

onEveryEngine('signing in', (engine) => {
  let shop: Shop
  afterEach(() => shop.close())

  const open = async () => {
    shop = await openShop({}, engine)
    return (await setUpByPage(shop)).owner
  }
  const ownerId = async () => {
    const found = await shop.store.cafes.findBySlug('cafe')
    return (await shop.store.people.list(found?.id ?? 0))[0]?.id ?? ''
  }

  it('asks whoever comes, leads on to where they were going, and nowhere else', async () => {
    await open()
    const visitor = shop.visitor()
    const security = routes.owner.security.href(cafe)
    const asked = await visitor.get(security)
    assert.deepEqual([asked.status, asked.refusal], [401, 'not-signed-in'])
    const form = formIn(asked.text, SIGN_IN)
    assert.equal(form.next, security)
    const done = await visitor.postFields(SIGN_IN, {
      ...form,
      email: ` ${EMAIL.toUpperCase()}`,
      password: PASSWORD,
    })
    assert.deepEqual([done.status, done.location], [303, security])
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example/',
      'javascript:1',
      '/rival/owner/',
    ])
      assert.equal((await signInByPage(shop.visitor(), { next })).location, HOME, next)
  })

  it('says on trial that there is nobody to sign in yet, and how to go on', async () => {
    shop = await openShop({}, engine)
    const asked = await shop.visitor().get(HOME)
    assert.deepEqual([asked.status, asked.refusal], [401, 'not-set-up'])
  })

  it('gives a new session each time: one that was planted, or was there before, lets nobody in', async () => {
    await open()
    const visitor = shop.visitor()
    const planted = `${'A'.repeat(22)}.${'B'.repeat(43)}`
    visitor.cookies.set(COOKIE, planted)
    await signInByPage(visitor)
    const first = visitor.cookies.get(COOKIE) ?? ''
    assert.notEqual(first, planted)
    const page = shop.visitor()
    page.cookies.set(COOKIE, first)
    await signInWithin(shop, page)
    assert.notEqual(page.cookies.get(COOKIE), first)
    for (const old of [planted, first]) assert.equal((await withCookie(shop, old).get(HOME)).status, 401)
    assert.equal((await page.get(HOME)).status, 200)
  })

  it('gives another token with it: forms of before are worth nothing', async () => {
    await open()
    const visitor = shop.visitor()
    const before = formIn((await visitor.get(HOME)).text, SIGN_IN).csrf_token ?? ''
    await signInByPage(visitor)
    const old = { csrf_token: before, idempotency_key: 'A'.repeat(22) }
    assert.equal((await visitor.postFields(SIGN_OUT, old)).refusal, 'bad-token')
    assert.equal((await visitor.get(HOME)).status, 200)
  })

  it('ends on the server at sign-out, and the browser drops what it kept', async () => {
    const owner = await open()
    const session = owner.cookies.get(COOKIE) ?? ''
    const out = await owner.submit(HOME, SIGN_OUT)
    assert.deepEqual([out.status, out.location], [303, HOME])
    assert.equal(out.headers.get('clear-site-data'), '"cache", "cookies", "storage"')
    assert.equal(owner.cookies.has(COOKIE), false)
    assert.equal((await withCookie(shop, session).get(HOME)).status, 401)
  })

  it('is over after an hour of nothing, and after a day whatever is done', async () => {
    const idle = await open()
    const busy = shop.visitor()
    await signInByPage(busy)
    shop.clock.nowMs += 59 * MINUTE_MS
    assert.equal((await busy.get(HOME)).status, 200)
    shop.clock.nowMs += 2 * MINUTE_MS
    assert.equal((await idle.get(HOME)).status, 401)
    for (let minutes = 61; minutes < 24 * 60; minutes += 30) {
      assert.equal((await busy.get(HOME)).status, 200, `${minutes}`)
      shop.clock.nowMs += 30 * MINUTE_MS
    }
    assert.equal((await busy.get(HOME)).status, 401)
  })

  it('says the same to a wrong password and to an e-mail that nobody has, byte for byte, and keeps the e-mail', async () => {
    await open()
    const plain = (shown: Shown, email: string) => withoutNonces(shown.text).replaceAll(email, 'EMAIL')
    const wrong = await signInByPage(shop.visitor(), { password: 'wrong otter pudding' })
    const nobody = await signInByPage(shop.visitor(), {
      email: 'who@ongi.example',
      password: 'wrong otter pudding',
    })
    assert.deepEqual([wrong.status, wrong.refusal], [401, 'wrong-password'])
    assert.equal(formIn(wrong.text, SIGN_IN).email, EMAIL)
    assert.equal(formIn(wrong.text, SIGN_IN).password, '')
    assert.equal(plain(nobody, 'who@ongi.example'), plain(wrong, EMAIL))
    const names = (shown: Shown) => [...shown.headers.keys()].sort()
    assert.deepEqual([nobody.status, names(nobody)], [wrong.status, names(wrong)])
  })

  it('limits each account and each address by itself, and strangers cannot lock out a browser that is known', async () => {
    const owner = await open()
    await owner.submit(HOME, SIGN_OUT)
    const wrong = { password: 'wrong otter pudding' }
    const statuses: number[] = []
    for (let place = 0; place < 50; place++) {
      const stranger = shop.visitor()
      stranger.address = `203.0.113.${place}`
      statuses.push((await signInByPage(stranger, wrong)).status)
    }
    assert.deepEqual(statuses.slice(0, 10), Array(10).fill(401))
    assert.deepEqual(new Set(statuses.slice(10)), new Set([429]))
    const elsewhere = shop.visitor()
    elsewhere.address = '198.51.100.1'
    const limited = await signInByPage(elsewhere)
    assert.equal(limited.refusal, 'too-many-tries')
    assert.match(limited.headers.get('retry-after') ?? '', /^\d+$/)
    owner.address = '203.0.113.7'
    assert.equal((await signInByPage(owner)).status, 303)

    const sprayer = shop.visitor()
    sprayer.address = '198.51.100.200'
    const sprayed: number[] = []
    for (let place = 0; place < 200; place++)
      sprayed.push((await signInByPage(sprayer, { ...wrong, email: `p${place}@ongi.example` })).status)
    assert.deepEqual(sprayed.slice(0, 10), Array(10).fill(401))
    assert.deepEqual(new Set(sprayed.slice(10)), new Set([429]))
  })

  it('switches a password off after a hundred wrong ones, until the link of the operator', async () => {
    await open()
    const id = await ownerId()
    const found = await shop.store.cafes.findBySlug('cafe')
    const cafeId = found?.id ?? 0
    await shop.store.transaction(cafeId, async (tx) => {
      for (let tries = 0; tries < 100; tries++) await tx.people.countPasswordFailure(cafeId, id)
    })
    const refused = await signInByPage(shop.visitor())
    assert.equal(refused.refusal, 'wrong-password')
    assert.match(refused.text, /dojang owner reset/)
    const fresh = 'seven quiet lanterns'
    const back = shop.visitor()
    await back.get(await ownerLink(shop, 'cafe', id))
    assert.equal((await back.submit(SETUP, SETUP, { password: fresh })).location, HOME)
    assert.equal((await signInByPage(shop.visitor(), { password: fresh })).status, 303)
  })

  it('signs everybody out who was in, where a link sets a new password, and works once', async () => {
    const thief = await open()
    const back = shop.visitor()
    const id = await ownerId()
    const link = await ownerLink(shop, 'cafe', id)
    for (let preview = 0; preview < 3; preview++) assert.equal((await shop.visitor().get(link)).status, 303)
    await back.get(link)
    const short = await back.submit(SETUP, SETUP, { password: 'short' })
    assert.deepEqual([short.status, short.refusal], [422, 'password-short'])
    const cookie = back.cookies.get('setup') ?? ''
    assert.equal((await back.submit(SETUP, SETUP, { password: 'seven quiet lanterns' })).status, 303)
    assert.equal((await back.get(HOME)).status, 200)
    assert.equal((await thief.get(HOME)).status, 401)
    assert.equal((await signInByPage(shop.visitor())).status, 401)
    back.cookies.set('setup', cookie)
    assert.equal((await back.get(SETUP)).status, 410)
    assert.equal((await shop.visitor().get(link)).status, 410)
  })

  it('keeps ten sessions of a person: the eleventh ends the oldest, and the log tells', async () => {
    const oldest = await open()
    const others: Visitor[] = []
    for (let place = 0; place < 9; place++) {
      shop.clock.nowMs += 1_000
      others.push(shop.visitor())
      await signInByPage(others[place] as Visitor)
    }
    assert.equal((await oldest.get(HOME)).status, 200)
    shop.clock.nowMs += 1_000
    await signInByPage(shop.visitor())
    assert.equal((await oldest.get(HOME)).status, 401)
    for (const other of others) assert.equal((await other.get(HOME)).status, 200)
    const found = await shop.store.cafes.findBySlug('cafe')
    const lines = await shop.store.audits.page(found?.id ?? 0, null, 3)
    assert.ok(lines.some(({ act, facts }) => act === 'session-ended' && facts.tooMany === 1))
  })

  it('takes no session that an invitation began for one of the owner’s', async () => {
    await open()
    const found = await shop.store.cafes.findBySlug('cafe')
    const { createPeopleSessions } = await import('../people-sessions.ts')
    const { systemRandom } = await import('../../clock.ts')
    const parts = { store: shop.store, clock: () => shop.clock.nowMs, random: systemRandom, isHttps: false }
    const staff = createPeopleSessions(parts)({ id: found?.id ?? 0, slug: 'cafe' }).staff.open([])
    await staff.signIn(await ownerId())
    const line = (await staff.commit()).setCookie ?? ''
    const value = line.slice(line.indexOf('=') + 1, line.indexOf(';'))
    assert.equal((await withCookie(shop, value).get(HOME)).status, 401)
  })

  it('writes each into the log of the café and of the machine, and no e-mail or password anywhere', async () => {
    const owner = await open()
    await signInByPage(shop.visitor(), { password: 'wrong otter pudding' })
    await owner.submit(HOME, SIGN_OUT)
    const found = await shop.store.cafes.findBySlug('cafe')
    const acts = (await shop.store.audits.page(found?.id ?? 0, null, 10)).map(({ act }) => act)
    for (const act of ['setup', 'sign-in', 'sign-in-failed', 'sign-out'] as const)
      assert.ok(acts.includes(act), act)
    const log = shop.log.join('')
    for (const event of ['setup-link-used', 'setup', 'sign-in', 'sign-in-failed', 'sign-out'])
      assert.ok(log.includes(`"event":"${event}"`), event)
    for (const secret of [EMAIL, 'otter', owner.cookies.get(COOKIE) ?? 'none'])
      assert.ok(!log.includes(secret), secret)
  })
})

function withCookie(shop: Shop, value: string): Visitor {
  const visitor = shop.visitor()
  visitor.cookies.set(COOKIE, value)
  return visitor
}

/** Signs in again in a browser that is in already: by a page of before. */
async function signInWithin(shop: Shop, visitor: Visitor): Promise<void> {
  const outside = shop.visitor()
  const form = formIn((await outside.get(HOME)).text, SIGN_IN)
  visitor.cookies.set('csrf', outside.cookies.get('csrf') ?? '')
  const done = await visitor.postFields(SIGN_IN, { ...form, email: EMAIL, password: PASSWORD })
  assert.equal(done.status, 303)
}

/** What is new on each page: tokens, keys and challenges. */
function withoutNonces(page: string): string {
  return page
    .replaceAll(/name="(csrf_token|idempotency_key|challenge)" value="[^"]*"/g, 'name="$1"')
    .replaceAll(/challenge&quot;:&quot;[\w-]+/g, 'challenge')
}
