import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createLesson } from './app.ts'
import { attacksOn } from './attacks.ts'
import { chain } from './chain.ts'
import { endProcess } from './restartable.ts'
import { readSettings } from './settings.ts'
import { Visitor } from './visitor.ts'

after(endProcess)

const ask = (url: string, init?: RequestInit) => createLesson().fetch(new Request(url, init), '127.0.0.1')

test('only the lesson’s own hosts are answered', async () => {
  for (const host of [
    'evil.example',
    'c1.cafe.localhost',
    'a9.cafe.localhost',
    'cafe.localhost.evil.example',
  ]) {
    assert.equal((await ask(`http://${host}:8001/`)).status, 421, host)
  }
})

test('under localhost and 127.0.0.1 stands the overview, and everything else leads to cafe.localhost', async () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]']) {
    const overview = await ask(`http://${host}:8001/`)
    assert.equal(overview.status, 200)
    assert.match(await overview.text(), /href="http:\/\/cafe\.localhost:8001\/8\/"/)
    const other = await ask(`http://${host}:8001/3/`)
    assert.deepEqual([other.status, other.headers.get('location')], [307, 'http://cafe.localhost:8001/3/'])
  }
})

test('every page has a title, a language and a strict policy; what is not there is a 404 in words', async () => {
  for (const path of ['/', ...chain.map(({ number }) => `/${number}/`), '/rules/', '/belongs/']) {
    for (const language of ['ko', 'en']) {
      const page = await ask(`http://cafe.localhost:8001${path}`, {
        headers: { 'accept-language': language },
      })
      const html = await page.text()
      assert.match(html, new RegExp(`<html lang="${language}"`), path)
      assert.match(html, /<title>[^<]{5,}<\/title>/, path)
      const policy = page.headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-/)
      assert.ok(!policy.includes('unsafe') && policy.includes("frame-ancestors 'none'"))
    }
  }
  for (const path of ['/9/', '/1', '/nothing/']) {
    assert.equal((await ask(`http://cafe.localhost:8001${path}`)).status, 404)
  }
})

test('frames may stand in the lesson’s pages and nowhere else', async () => {
  for (const url of [
    'http://a1.cafe.localhost:8001/ko-auto/cafe/',
    'http://evil.localhost:8001/en-dark/?way=4',
  ]) {
    const policy = (await ask(url)).headers.get('content-security-policy') ?? ''
    assert.ok(policy.includes('frame-ancestors http://cafe.localhost:8001'), policy)
  }
})

test('an attack begins only from a page of the lesson, and each of its steps is taken once', async () => {
  const visitor = new Visitor()
  await visitor.post('cafe.localhost', '/1/attacks/edit/', {})
  assert.equal(visitor.status, 403)
  await visitor.open('cafe.localhost', '/1/')
  const form = { csrf_token: visitor.token }
  await visitor.post('cafe.localhost', '/1/attacks/edit/', form, { 'sec-fetch-site': 'same-site' })
  assert.equal(visitor.status, 403)
  await visitor.open('a1.cafe.localhost', '/hand/?hand=made-up.1')
  assert.equal(visitor.status, 410)
  await visitor.open('cafe.localhost', '/1/')
  await visitor.post('cafe.localhost', '/1/attacks/none/', { csrf_token: visitor.token })
  assert.equal(visitor.status, 404)
})

test('every attack does what its page says, walked through without a script', async () => {
  const visitor = new Visitor()
  for (const { number } of chain) {
    for (const { name, works } of attacksOn(number)) {
      await visitor.open('cafe.localhost', `/${number}/`)
      await visitor.post('cafe.localhost', `/${number}/attacks/${name}/`, { csrf_token: visitor.token })
      assert.equal(visitor.status, 200, `${number} ${name}`)
      const section = visitor.html.split(`id="${name}"`)[1] ?? ''
      assert.match(
        section.split('</section>')[0] ?? '',
        new RegExp(`data-worked="${works}"`),
        `${number} ${name}`,
      )
    }
    await visitor.post('cafe.localhost', `/${number}/start-over/`, { csrf_token: visitor.token })
    assert.ok(!visitor.html.includes('class="outcome"'), `start over ${number}`)
    assert.equal(visitor.jarOf(`a${number}.cafe.localhost`).size, 0)
  }
})

test('the lesson serves this machine only', () => {
  assert.deepEqual(readSettings({}), { port: 8001, host: '127.0.0.1', isUnderNpm: false })
  assert.equal(readSettings({ PORT: '0', HOST: '::1' }).host, '::1')
  assert.throws(() => readSettings({ HOST: '0.0.0.0' }), /this machine only/)
  assert.throws(() => readSettings({ HOST: '192.168.0.7' }), RangeError)
  assert.throws(() => readSettings({ PORT: '70000' }), /PORT=8001/)
})
