import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { judgesTimes } from '../test/effort.ts'
import { onEveryEngine } from '../test/engines.ts'
import { changeTables, holdWriting } from '../test/other-process.ts'
import { openShop, type Shop } from '../test/shop.ts'
import { formIn } from '../test/visitor.ts'
import { allowOf, routes } from './routes.ts'

const cafe = { cafe: 'cafe' }
const cafePaths = [routes.card, routes.free, routes.forget, routes.preferences].map((route) => ({
  path: route.href(cafe),
  allow: allowOf(route.methods),
}))

onEveryEngine('every address', (engine) => {
  let shop: Shop
  before(async () => {
    shop = await openShop({}, engine)
  })
  after(() => shop.close())

  it('has one spelling: without the last slash it leads on by 308, query kept, for every method', async () => {
    for (const { path } of cafePaths) {
      for (const method of ['GET', 'HEAD', 'POST']) {
        const shown = await shop.visitor().send(`${path.slice(0, -1)}?a=%20b`, { method })
        assert.equal(shown.status, 308)
        assert.equal(shown.location, `${path}?a=%20b`)
      }
    }
    assert.equal((await shop.visitor().get('/nobody')).status, 404)
  })

  it('refuses methods that it does not take, and names those that it does', async () => {
    const others = { home: routes.home, health: routes.health, ready: routes.ready }
    const all = [
      ...cafePaths,
      ...Object.values(others).map((route) => ({ path: route.href({}), allow: allowOf(route.methods) })),
    ]
    for (const { path, allow } of all) {
      for (const method of ['PUT', 'DELETE', 'PATCH', ...(allow.includes('POST') ? [] : ['POST'])]) {
        const refused = await shop.visitor().send(path, { method })
        assert.equal(refused.status, 405, `${method} ${path}`)
        assert.equal(refused.headers.get('allow'), allow)
      }
      assert.equal((await shop.visitor().send(path, { method: 'OPTIONS' })).headers.get('allow'), allow)
    }
    assert.equal((await shop.visitor().get(routes.forget.href(cafe))).status, 405)
  })

  it('that is nobody’s gets a page that leads home', async () => {
    for (const path of [
      '/nobody/',
      '/cafe/nothing/',
      '/.git/config',
      '/.env',
      '/package.json',
      '/cafe/card/x.css',
      '//evil.example/',
      '/%zz/',
      '/caf%00e/',
      '/%ED%A0%80/',
      '/caf%C3/',
    ]) {
      const shown = await shop.visitor().get(path)
      assert.equal(shown.status, 404, path)
      assert.match(shown.text, /<a class="main" href="\/">/)
      assert.equal(shown.headers.get('location'), null)
    }
  })

  it('answers only under a host of ours', async () => {
    for (const host of ['evil.example', 'localhost.evil.example', 'cafe']) {
      const refused = await shop.app.fetch(new Request(`http://${host}/cafe/`))
      assert.equal(refused.status, 421)
    }
    for (const host of ['localhost', 'LOCALHOST:8000', '127.0.0.1:8000', '[::1]:8000', '192.168.0.7']) {
      assert.equal((await shop.app.fetch(new Request(`http://${host}/cafe/`))).status, 200, host)
    }
  })

  it('carries the headers that keep a page to itself, whatever the status', async () => {
    for (const path of ['/', '/cafe/', '/cafe/free/', '/nobody/', '/cafe', '/healthz', '/readyz']) {
      const { headers } = await shop.visitor().get(path)
      assert.match(
        headers.get('content-security-policy') ?? '',
        /^default-src 'none'; style-src 'sha256-[^;]*; script-src 'sha256-/,
      )
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('referrer-policy'), 'same-origin')
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
      assert.equal(headers.get('access-control-allow-origin'), null)
      assert.equal(headers.get('x-powered-by'), null)
    }
    assert.equal((await shop.visitor().get('/cafe/')).headers.get('cache-control'), 'no-store')
  })

  it('tells HEAD the length that GET sends', async () => {
    const head = await shop.visitor().send('/cafe/', { method: 'HEAD' })
    assert.equal(head.text, '')
    assert.ok(Number(head.headers.get('content-length')) > 1_000)
  })

  it('changes nothing by GET, from whoever', async () => {
    const visitor = shop.visitor()
    await visitor.stamp('010-0000-2001')
    const before = await visitor.card()
    for (const { path } of cafePaths) await visitor.get(`${path}?phone=01000002002&reward=coffee&language=en`)
    assert.deepEqual(await visitor.card(), before)
  })

  it('refuses bodies that are no forms, and larger ones than any form, and gives the form back', async () => {
    const visitor = shop.visitor()
    const form = formIn((await visitor.get('/cafe/')).text, '/cafe/')
    const json = await visitor.postFields('/cafe/', form, { 'content-type': 'application/json' })
    assert.equal(json.status, 415)
    assert.equal((await visitor.postFields('/cafe/', form, { 'content-encoding': 'gzip' })).status, 415)
    const large = await visitor.postFields('/cafe/', { ...form, phone: '0'.repeat(70_000) })
    assert.equal(large.status, 413)
    for (const refused of [json, large]) assert.ok(formIn(refused.text, '/cafe/').idempotency_key)
    assert.equal((await visitor.postFields('/cafe/', { ...form, phone: 'a\0b' })).status, 422)
  })

  it('takes no field twice', async () => {
    const visitor = shop.visitor()
    const form = formIn((await visitor.get('/cafe/')).text, '/cafe/')
    const body = `${new URLSearchParams({ ...form, phone: '010-0000-2003' })}&phone=010-0000-2004`
    const refused = await visitor.send('/cafe/', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    assert.equal(refused.status, 422)
  })

  it('goes straight to the only café, and lists several', async () => {
    const shown = await shop.visitor().get('/')
    assert.equal(shown.status, 200)
    assert.match(shown.text, /href="\/cafe\/"/)
    assert.match(shown.text, /href="\/rival\/"/)
  })

  it('says that it lives, and whether it can serve', async () => {
    assert.equal((await shop.visitor().get('/healthz')).text, 'ok\n')
    assert.equal((await shop.visitor().get('/readyz')).text, 'ready\n')
  })
})

onEveryEngine('a store that fails', (engine) => {
  it('costs nobody a stamp: 503, when to try again, and the form as it was filled in', async () => {
    const shop = await openShop({}, engine)
    const visitor = shop.visitor()
    const form: Record<string, string> = {
      ...formIn((await visitor.get('/cafe/')).text, '/cafe/'),
      phone: '010-0000-2005',
    }
    const release = await holdWriting(shop)
    const startedAt = performance.now()
    const refused = await visitor.postFields('/cafe/', form)
    assert.equal(refused.status, 503)
    if (judgesTimes)
      assert.ok(performance.now() - startedAt < 2_500, `it took ${performance.now() - startedAt} ms`)
    assert.ok(Number(refused.headers.get('retry-after')) > 0)
    assert.match(refused.text, /value="010-0000-2005"/)
    const again = formIn(refused.text, '/cafe/')
    // Fresh where the database can say that nothing was done under the old one; the lock in PostgreSQL holds up readers too.
    assert.equal(again.idempotency_key === form.idempotency_key, engine.name === 'PostgreSQL')
    await release()
    assert.equal((await visitor.postFields('/cafe/', { ...again, phone: '010-0000-2005' })).status, 303)
    assert.equal((await visitor.card())?.stamps, 1)
    await shop.close()
  })

  it('is a page with a number to find it by, and a line in the log without the person’s number', async () => {
    const shop = await openShop({}, engine)
    const visitor = shop.visitor()
    const form = { ...formIn((await visitor.get('/cafe/')).text, '/cafe/'), phone: '010-0000-2006' }
    await changeTables(shop, 'DROP TABLE answers')
    const refused = await visitor.postFields('/cafe/', form)
    assert.equal(refused.status, 500)
    assert.ok(refused.headers.get('x-request-id'))
    assert.doesNotMatch(refused.text, /SqliteError|no such table|does not exist|at .*\.ts/)
    assert.equal(shop.log.length, 1)
    assert.doesNotMatch(shop.log.join(), /2006/)
    await shop.close()
  })
})

onEveryEngine('a café with a public address', (engine) => {
  it('answers under that alone, sends https-only cookies, and takes posts only from itself', async () => {
    const shop = await openShop({ DOJANG_URL: 'https://stamps.example.com' }, engine)
    const visitor = shop.visitor()
    assert.equal((await visitor.stamp('010-0000-2007')).status, 303)
    assert.deepEqual([...visitor.cookies.keys()].sort(), ['__Host-card_cafe', '__Host-csrf', '__Host-flash'])
    const shown = await visitor.get('/cafe/')
    assert.match(shown.headers.get('strict-transport-security') ?? '', /max-age=\d{8}/)
    const lines = (await visitor.stamp()).headers.getSetCookie()
    for (const line of lines) {
      assert.match(line, /; Secure/)
      assert.match(line, /; HttpOnly/)
      assert.match(line, /; SameSite=Lax/)
      assert.ok((line.split(';')[0] ?? '').length <= 256)
    }
    assert.equal((await shop.app.fetch(new Request('http://localhost:8000/cafe/'))).status, 421)
    assert.equal((await shop.app.fetch(new Request('http://localhost:8000/healthz'))).status, 200)
    const form = formIn((await visitor.get('/cafe/')).text, '/cafe/')
    assert.equal(
      (await visitor.postFields('/cafe/', form, { origin: 'http://stamps.example.com' })).status,
      403,
    )
    await shop.close()
  })

  it('leaves a post that does not say where it comes from to its token, and none to a stranger’s', async () => {
    const shop = await openShop({ DOJANG_URL: 'https://stamps.example.com' }, engine)
    const visitor = shop.visitor()
    const post = async (more: Record<string, string>, headers: Record<string, string> = {}) => {
      const form = formIn((await visitor.get('/cafe/')).text, '/cafe/')
      return visitor.send('/cafe/', {
        method: 'POST',
        body: new URLSearchParams({ ...form, phone: '010-0000-2008', ...more }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
    }
    assert.equal((await post({ csrf_token: 'x'.repeat(64) })).refusal, 'bad-token')
    assert.equal((await post({}, { referer: 'https://evil.example/' })).refusal, 'bad-origin')
    assert.equal(await visitor.card(), null)
    assert.equal((await post({})).status, 303)
    assert.equal((await visitor.card())?.stamps, 1)
    await shop.close()
  })
})
