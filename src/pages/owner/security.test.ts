import assert from 'node:assert/strict'
import { afterEach, it } from 'node:test'
import { generateSync } from 'otplib'
import { Authenticator } from '../../../test/authenticator.ts'
import { addEmployee, signedIn } from '../../../test/counter-people.ts'
import { onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { EMAIL, PASSWORD, setUpByPage, signInByPage } from '../../../test/sign-in.ts'
import { formIn, type Shown, type Visitor } from '../../../test/visitor.ts'
import { systemRandom } from '../../clock.ts'
import { routes } from '../../routes.ts'
import { createPeopleSessions } from '../people-sessions.ts'
import type { Visit } from '../visit.ts'
import { deviceOf } from './device-of.ts'
import { needsSecondFactor } from './proven.ts'

const cafe = { cafe: 'cafe' }
const HOME = routes.owner.home.href(cafe)
const SECURITY = routes.owner.security.href(cafe)
const PASSWORD_FORM = routes.owner.password.href(cafe)
const TOTP = routes.owner.totp.href(cafe)
const TOTP_REMOVAL = routes.owner.totpRemoval.href(cafe)
const PASSKEYS = routes.owner.passkeys.href(cafe)
const PASSKEY_SIGN_IN = routes.owner.passkeySignIn.href(cafe)
const SECOND_FACTOR = routes.owner.secondFactor.href(cafe)
const REAUTHENTICATION = routes.owner.reauthentication.href(cafe)
const SESSIONS_END = routes.owner.sessionsEnd.href(cafe)
const ORIGIN = 'http://localhost:8000'
const FRESH = 'seven quiet lanterns'
const MINUTE_MS = 60_000
const STEP_MS = 30_000

onEveryEngine('the account of an owner', (engine) => {
  let shop: Shop
  afterEach(() => shop.close())

  const open = async () => {
    shop = await openShop({}, engine)
    return (await setUpByPage(shop)).owner
  }
  const another = async () => {
    const visitor = shop.visitor()
    await signInByPage(visitor)
    return visitor
  }
  const statusOf = async (visitor: Visitor) => (await visitor.get(HOME)).status

  it('lists where one is signed in, with device and address, and ends one or all others at once', async () => {
    const owner = await open()
    const [phone, tablet] = [shop.visitor(), shop.visitor()]
    phone.address = '203.0.113.8'
    for (const visitor of [phone, tablet]) await signInByPage(visitor)
    const listed = (await owner.get(SECURITY)).text
    const ids = [...listed.matchAll(/data-session="([^"]+)"/g)].map(([, id]) => id ?? '')
    assert.equal(ids.length, 3)
    assert.match(listed, /from 203\.0\.113\.8/)
    assert.equal([...listed.matchAll(/this one/g)].length, 1)
    const phoneId = (phone.cookies.get('owner_cafe') ?? '').split('.')[0] ?? ''
    const end = routes.owner.sessionEnd.href({ ...cafe, session: phoneId })
    assert.equal((await owner.submit(SECURITY, end)).location, SECURITY)
    assert.deepEqual([await statusOf(phone), await statusOf(tablet)], [401, 200])
    await signInByPage(phone)
    assert.equal((await owner.submit(SECURITY, SESSIONS_END)).location, SECURITY)
    assert.deepEqual([await statusOf(phone), await statusOf(tablet), await statusOf(owner)], [401, 401, 200])
  })

  it('ends nobody else’s session', async () => {
    const owner = await open()
    const { owner: rival } = await setUpByPage(shop, { email: 'rival@ongi.example' }, 'rival')
    const form = formIn((await owner.get(SECURITY)).text, PASSWORD_FORM)
    const fields = { csrf_token: form.csrf_token ?? '', idempotency_key: form.idempotency_key ?? '' }
    const theirs = (rival.cookies.get('owner_rival') ?? '').split('.')[0] ?? ''
    const manager = { role: 'manager', name: '서연', pin: null, email: 'manager@ongi.example' } as const
    const colleague = await signedIn(shop, await addEmployee(shop, manager))
    const hers = (colleague.cookies.get('owner_cafe') ?? '').split('.')[0] ?? ''
    for (const session of [theirs, hers, 'A'.repeat(22), 'x'])
      assert.equal(
        (await owner.postFields(routes.owner.sessionEnd.href({ ...cafe, session }), fields)).status,
        404,
      )
    assert.equal((await rival.get(routes.owner.home.href({ cafe: 'rival' }))).status, 200)
    assert.equal(await statusOf(colleague), 200)
  })

  it('changes the password, by the present one or a fresh sign-in, and all other sessions end', async () => {
    const owner = await open()
    const other = await another()
    const before = owner.cookies.get('owner_cafe')
    const weak = await owner.submit(SECURITY, PASSWORD_FORM, { password: 'short' })
    assert.deepEqual([weak.status, weak.refusal], [422, 'password-short'])
    assert.equal((await owner.submit(SECURITY, PASSWORD_FORM, { password: FRESH })).location, SECURITY)
    assert.deepEqual([await statusOf(owner), await statusOf(other)], [200, 401])
    assert.notEqual(owner.cookies.get('owner_cafe'), before)
    assert.equal((await signInByPage(shop.visitor())).status, 401)

    shop.clock.nowMs += 6 * MINUTE_MS
    const form = formIn((await owner.get(SECURITY)).text, PASSWORD_FORM)
    assert.equal(form.current, '')
    const { current: _, ...without } = form
    assert.equal(
      (await owner.postFields(PASSWORD_FORM, { ...without, password: PASSWORD })).refusal,
      'reauthenticate',
    )
    const wrong = { current: PASSWORD, password: PASSWORD }
    assert.equal((await owner.submit(SECURITY, PASSWORD_FORM, wrong)).refusal, 'wrong-password')
    const right = { current: FRESH, password: PASSWORD }
    assert.equal((await owner.submit(SECURITY, PASSWORD_FORM, right)).status, 303)
    assert.equal((await signInByPage(shop.visitor())).status, 303)
  })

  it('asks again after five minutes before a second factor is changed, and then goes back', async () => {
    const owner = await open()
    shop.clock.nowMs += 5 * MINUTE_MS + 1
    const form = formIn((await owner.get(SECURITY)).text, PASSKEYS)
    const refused = await owner.postFields(PASSKEYS, { ...form, name: 'phone' })
    assert.deepEqual([refused.status, refused.refusal], [403, 'reauthenticate'])
    const ask = await owner.get(TOTP)
    assert.equal(ask.location, `${REAUTHENTICATION}?next=${encodeURIComponent(TOTP)}`)
    const page = ask.location ?? ''
    const before = owner.cookies.get('owner_cafe')
    const wrong = await owner.submit(page, REAUTHENTICATION, { password: 'wrong otter pudding' })
    assert.deepEqual([wrong.status, wrong.refusal], [401, 'wrong-password'])
    const back = await owner.submit(page, REAUTHENTICATION, { password: PASSWORD })
    assert.deepEqual([back.status, back.location], [303, TOTP])
    assert.notEqual(owner.cookies.get('owner_cafe'), before)
    assert.equal((await owner.get(TOTP)).status, 200)
    for (const next of ['//evil.example', '/rival/owner/']) {
      const away = `${REAUTHENTICATION}?next=${encodeURIComponent(next)}`
      assert.equal((await owner.submit(away, REAUTHENTICATION, { password: PASSWORD })).location, HOME)
    }
  })

  it('adds an authenticator app once it has shown a code; then the password alone opens nothing', async () => {
    const owner = await open()
    const other = await another()
    const secret = await addApp(owner)
    assert.deepEqual([await statusOf(owner), await statusOf(other)], [200, 401])

    shop.clock.nowMs += STEP_MS
    const visitor = shop.visitor()
    const half = await signInByPage(visitor, { next: SECURITY })
    assert.equal(half.location, SECOND_FACTOR)
    assert.equal(await statusOf(visitor), 401)
    const wrong = await visitor.submit(SECOND_FACTOR, SECOND_FACTOR, { code: '000000' })
    assert.deepEqual([wrong.status, wrong.refusal], [401, 'wrong-second-factor'])
    const code = codeAt(secret, shop.clock.nowMs)
    const half2 = visitor.cookies.get('owner_cafe')
    const done = await visitor.submit(SECOND_FACTOR, SECOND_FACTOR, { code })
    assert.deepEqual([done.status, done.location], [303, SECURITY])
    assert.notEqual(visitor.cookies.get('owner_cafe'), half2)

    const again = shop.visitor()
    await signInByPage(again)
    const used = await again.submit(SECOND_FACTOR, SECOND_FACTOR, { code })
    assert.equal(used.refusal, 'wrong-second-factor', 'the same code twice in its window')
    shop.clock.nowMs += 11 * MINUTE_MS
    assert.equal((await again.get(SECOND_FACTOR)).status, 401, 'the half of a sign-in does not wait for ever')
  })

  it('forgets the app where it is removed', async () => {
    const owner = await open()
    await addApp(owner)
    assert.equal((await owner.submit(SECURITY, TOTP_REMOVAL)).location, SECURITY)
    assert.equal((await signInByPage(shop.visitor())).location, HOME)
  })

  it('sets up no app with a code of another, or a secret that this page did not make', async () => {
    const owner = await open()
    const form = formIn((await owner.get(TOTP)).text, TOTP)
    const wrong = await owner.postFields(TOTP, { ...form, code: '000000' })
    assert.deepEqual([wrong.status, wrong.refusal], [401, 'wrong-second-factor'])
    assert.equal(
      formIn(wrong.text, TOTP).secret?.split(':')[0],
      form.secret?.split(':')[0],
      'the same one to scan',
    )
    const made = Buffer.from('12345678901234567890')
    const forged = (form.secret ?? '').replace(/^[^:]+/, made.toString('base64url'))
    const key = formIn(wrong.text, TOTP)
    const taken = await owner.postFields(TOTP, {
      ...key,
      secret: forged,
      code: codeAt(made, shop.clock.nowMs),
    })
    assert.equal(taken.refusal, 'wrong-second-factor')
  })

  it('takes a passkey instead of the password, once for each question', async () => {
    const owner = await open()
    const other = await another()
    const phone = new Authenticator(ORIGIN)
    await addPasskey(owner, phone)
    assert.deepEqual([await statusOf(owner), await statusOf(other)], [200, 401])
    assert.match((await owner.get(SECURITY)).text, /my phone/)

    const visitor = shop.visitor()
    const page = (await visitor.get(SECURITY)).text
    const fields: Record<string, string> = {
      ...formIn(page, PASSKEY_SIGN_IN),
      passkey: phone.get(optionsIn(page, PASSKEY_SIGN_IN)),
    }
    const done = await visitor.postFields(PASSKEY_SIGN_IN, fields)
    assert.deepEqual([done.status, done.location], [303, SECURITY])
    assert.equal(await statusOf(visitor), 200)

    const thief = shop.visitor()
    const own = (await thief.get(HOME)).text
    const stolen = {
      ...formIn(own, PASSKEY_SIGN_IN),
      challenge: fields.challenge ?? '',
      passkey: fields.passkey ?? '',
    }
    assert.equal((await thief.postFields(PASSKEY_SIGN_IN, stolen)).refusal, 'passkey-failed')
    const mixed = { ...formIn(own, PASSKEY_SIGN_IN), passkey: fields.passkey ?? '' }
    assert.equal((await thief.postFields(PASSKEY_SIGN_IN, mixed)).refusal, 'passkey-failed')
    assert.equal(
      (await thief.postFields(PASSKEY_SIGN_IN, { ...formIn(own, PASSKEY_SIGN_IN), passkey: '{}' })).status,
      401,
    )
  })

  it('answers a passkey that is sent twice in the same browser only once', async () => {
    const owner = await open()
    const phone = new Authenticator(ORIGIN)
    await addPasskey(owner, phone)
    const visitor = shop.visitor()
    const page = (await visitor.get(HOME)).text
    const fields: Record<string, string> = {
      ...formIn(page, PASSKEY_SIGN_IN),
      passkey: phone.get(optionsIn(page, PASSKEY_SIGN_IN)),
    }
    const cookies = new Map(visitor.cookies)
    assert.equal((await visitor.postFields(PASSKEY_SIGN_IN, fields)).status, 303)
    visitor.cookies.clear()
    for (const [name, value] of cookies) visitor.cookies.set(name, value)
    assert.equal((await visitor.postFields(PASSKEY_SIGN_IN, fields)).refusal, 'passkey-failed')
  })

  it('asks for the passkey after the password, and knows none that was removed', async () => {
    const owner = await open()
    const phone = new Authenticator(ORIGIN)
    await addPasskey(owner, phone)
    const visitor = shop.visitor()
    assert.equal((await signInByPage(visitor)).location, SECOND_FACTOR)
    const page = (await visitor.get(SECOND_FACTOR)).text
    const fields: Record<string, string> = {
      ...formIn(page, PASSKEY_SIGN_IN),
      passkey: phone.get(optionsIn(page, PASSKEY_SIGN_IN)),
    }
    assert.equal((await visitor.postFields(PASSKEY_SIGN_IN, fields)).status, 303)

    const removal = routes.owner.passkeyRemoval.href({ ...cafe, passkey: phone.id })
    assert.equal((await visitor.submit(SECURITY, removal)).location, SECURITY)
    const late = shop.visitor()
    const form = (await late.get(HOME)).text
    const gone = { ...formIn(form, PASSKEY_SIGN_IN), passkey: phone.get(optionsIn(form, PASSKEY_SIGN_IN)) }
    assert.equal((await late.postFields(PASSKEY_SIGN_IN, gone)).refusal, 'passkey-failed')
    assert.equal((await signInByPage(late)).location, HOME)
  })

  it('knows who has nothing but a password, or came in by nothing more', async () => {
    const owner = await open()
    const needs = async (visitor: Visitor) => {
      const found = await shop.store.cafes.findBySlug('cafe')
      if (found === null) throw new Error('the café is there')
      const parts = { store: shop.store, clock: () => shop.clock.nowMs, random: systemRandom, isHttps: false }
      const sessions = createPeopleSessions(parts)(found)
      const pairs = [['owner_cafe', visitor.cookies.get('owner_cafe') ?? '']] as const
      const session = sessions.owner.open(pairs)
      const person = { id: (await session.subject()) ?? '' }
      const visit = {
        context: { store: shop.store },
        cafe: found,
        who: { person, sessions: { owner: session } },
      }
      return needsSecondFactor(visit as unknown as Visit)
    }
    assert.equal(await needs(owner), true)
    const secret = await addApp(owner)
    assert.equal(await needs(owner), false)
    shop.clock.nowMs += STEP_MS
    const later = shop.visitor()
    await signInByPage(later)
    await later.submit(SECOND_FACTOR, SECOND_FACTOR, { code: codeAt(secret, shop.clock.nowMs) })
    assert.equal(await needs(later), false)
  })

  it('is there in three languages', async () => {
    await open()
    for (const language of ['ko', 'en', 'ja']) {
      const visitor = shop.visitor(language)
      const asked = await visitor.get(HOME)
      const form = formIn(asked.text, routes.owner.signIn.href(cafe))
      await visitor.postFields(routes.owner.signIn.href(cafe), { ...form, email: EMAIL, password: PASSWORD })
      for (const path of [SECURITY, TOTP, REAUTHENTICATION]) {
        const shown = await visitor.get(path)
        assert.equal(shown.status, 200, path)
        assert.match(shown.text, new RegExp(`<html lang="${language}"`))
        assert.doesNotMatch(shown.text.replaceAll(/<(script|style).*?<\/\1>/gs, ''), /undefined|\[object/)
      }
    }
  })

  async function addApp(owner: Visitor): Promise<Uint8Array> {
    const form = formIn((await owner.get(TOTP)).text, TOTP)
    const secret = Buffer.from((form.secret ?? '').split(':')[0] ?? '', 'base64url')
    const added = await owner.postFields(TOTP, { ...form, code: codeAt(secret, shop.clock.nowMs) })
    assert.deepEqual([added.status, added.location], [303, SECURITY], added.refusal ?? '')
    return secret
  }

  async function addPasskey(owner: Visitor, phone: Authenticator): Promise<Shown> {
    const page = (await owner.get(SECURITY)).text
    const passkey = phone.create(optionsIn<Parameters<Authenticator['create']>[0]>(page, PASSKEYS))
    const added = await owner.postFields(PASSKEYS, { ...formIn(page, PASSKEYS), name: 'my phone', passkey })
    assert.deepEqual([added.status, added.location], [303, SECURITY], added.refusal ?? '')
    return added
  }
})

it('calls a browser by the name that its owner knows it by', () => {
  const cases = [
    [
      'Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
      'Chrome',
      'Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36',
      'Samsung Internet',
      'Android',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge',
      'Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0',
      'Firefox',
      'Mac',
    ],
  ] as const
  for (const [agent, browser, system] of cases) assert.deepEqual(deviceOf(agent), { browser, system })
  for (const agent of ['', 'curl/8', '<script>']) assert.equal(deviceOf(agent), null)
})

function codeAt(secret: Uint8Array, nowMs: number): string {
  return generateSync({ secret, epoch: Math.floor(nowMs / 1000) })
}

/** What the page gives the browser to ask a passkey with. */
function optionsIn<T = { challenge: string; rpId: string }>(page: string, action: string): T {
  const [, text = ''] = page.match(new RegExp(`action="${action}"[^>]* data-options="([^"]*)"`)) ?? []
  return JSON.parse(text.replaceAll('&quot;', '"').replaceAll('&amp;', '&'))
}
