import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, beforeEach, test } from 'node:test'
import { chain } from './chain.ts'
import { endProcess, restartProcess } from './restartable.ts'
import { Visitor } from './visitor.ts'

const CARD = '/ko-auto/cafe/'
const FREE = '/ko-auto/cafe/free/'
const A = '010-1111-2222'
const folder = new URL('./ways/', import.meta.url)

let visitor = new Visitor()
const host = (who: 'a' | 'b', way: number) => `${who}${way}.cafe.localhost`

async function stamp(
  who: 'a' | 'b',
  way: number,
  form: Record<string, string> = {},
  times = 1,
): Promise<void> {
  for (let i = 0; i < times; i++) {
    if (way === 8) await visitor.open(host(who, way), CARD)
    const token = way === 8 ? { csrf_token: visitor.token } : {}
    await visitor.post(host(who, way), CARD, { ...form, ...token })
  }
}

async function coffee(who: 'a' | 'b', way: number, form: Record<string, string> = {}): Promise<void> {
  await visitor.open(host(who, way), FREE)
  await visitor.post(host(who, way), FREE, { ...form, csrf_token: visitor.token })
}

beforeEach(async () => {
  visitor = new Visitor()
  for (const way of chain) await way.startOver()
})
after(endProcess)

test('each way is one file of at most 40 lines, and is shown on its page as it is', async () => {
  assert.deepEqual(readdirSync(folder).sort(), chain.map(({ file }) => file).sort())
  for (const { number, file } of chain) {
    const text = readFileSync(new URL(file, folder), 'utf8').trimEnd()
    assert.ok(text.split('\n').length <= 40, file)
    await visitor.open('cafe.localhost', `/${number}/`)
    const shown = /<pre class="code".*?<code>(.*?)<\/code>/s.exec(visitor.html)?.[1] ?? ''
    const plain = shown
      .replace(/<[^>]+>/g, '')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
    assert.equal(plain.replaceAll('&quot;', '"').replaceAll('&amp;', '&').trimEnd(), text, file)
  }
})

test('line 19 of way 7 says what it leaves out, as docs/lesson.md tells the class', () => {
  const lines = readFileSync(new URL('7-session.ts', folder), 'utf8').split('\n')
  assert.match(lines[18] ?? '', /missing on purpose: session\.rotate\(\)/)
})

test('every way counts to ten, gives one coffee, and no second', async () => {
  for (const { number } of chain) {
    const form = number >= 5 ? { phone: A } : {}
    await coffee('a', number, form)
    assert.equal(visitor.hasCoffee, false, `way ${number}`)
    await stamp('a', number, form, 10)
    assert.equal(visitor.stamps, 10, `way ${number}`)
    await coffee('a', number, form)
    assert.equal(visitor.hasCoffee, true, `way ${number}`)
    assert.equal(visitor.stamps, 0, `way ${number}`)
    await coffee('a', number, form)
    assert.deepEqual(
      [visitor.hasCoffee, visitor.status, visitor.reason],
      [false, 409, 'not-enough'],
      `way ${number}`,
    )
  }
})

test('a plain cookie says what the customer wants', async () => {
  visitor.jarOf(host('a', 1)).set('stamps', '10')
  await coffee('a', 1)
  assert.equal(visitor.hasCoffee, true)
  assert.match(visitor.lines[0] ?? '', /^stamps=0; Max-Age=2592000; Path=\/; SameSite=Lax$/)
})

test('a signed cookie cannot be changed, and can be put back', async () => {
  await stamp('a', 2, {}, 10)
  const jar = visitor.jarOf(host('a', 2))
  const full = jar.get('stamps') ?? ''
  await coffee('a', 2)
  jar.set('stamps', full.replace(/^10/, '11'))
  await coffee('a', 2)
  assert.deepEqual([visitor.hasCoffee, visitor.reason], [false, 'forged'])
  jar.set('stamps', full)
  await coffee('a', 2)
  assert.equal(visitor.hasCoffee, true)
})

test('a variable is everybody’s, and gone with its process', async () => {
  await stamp('a', 3)
  await stamp('b', 3)
  assert.equal(visitor.stamps, 2)
  assert.equal(visitor.lines.length, 0)
  const { before, after } = await restartProcess()
  assert.notEqual(before, after)
  await visitor.open(host('a', 3), CARD)
  assert.equal(visitor.stamps, 0)
})

test('an address is neither one person nor always the same', async () => {
  await stamp('a', 4)
  await stamp('b', 4)
  assert.equal(visitor.stamps, 2)
  visitor = new Visitor(undefined, '127.0.0.2')
  await visitor.open(host('a', 4), CARD)
  assert.equal(visitor.stamps, 0)
})

test('a number counts wherever it is typed, and the next page does not know it', async () => {
  await stamp('a', 5, { phone: A })
  await visitor.open(host('a', 5), FREE)
  assert.equal(visitor.stamps, null)
  await stamp('b', 5, { phone: '01011112222' })
  assert.equal(visitor.stamps, 2)
  await stamp('b', 5, { phone: '02-123-4567' })
  assert.deepEqual([visitor.status, visitor.reason], [422, 'phone'])
})

test('a number in a cookie is remembered, readable, and anybody’s', async () => {
  await stamp('a', 6, { phone: A })
  await visitor.open(host('a', 6), FREE)
  assert.equal(visitor.stamps, 1)
  assert.ok(!visitor.lines.join().includes('HttpOnly'))
  visitor.jarOf(host('b', 6)).set('phone', '01011112222')
  await visitor.open(host('b', 6), CARD)
  assert.equal(visitor.stamps, 1)
})

test('a session hides the number; its id is the customer, and stays when the number becomes known', async () => {
  await visitor.open(host('a', 7), CARD)
  const planted = visitor.jarOf(host('a', 7)).get('session') ?? ''
  await stamp('a', 7, { phone: A })
  assert.equal(visitor.jarOf(host('a', 7)).get('session'), planted)
  assert.ok(!planted.includes('1111'))
  visitor.jarOf(host('b', 7)).set('session', planted)
  await visitor.open(host('b', 7), CARD)
  assert.equal(visitor.stamps, 1)
  visitor.jarOf(host('b', 7)).set('session', 'made.up')
  await visitor.open(host('b', 7), CARD)
  assert.equal(visitor.stamps, null)
})

test('Dojang’s cookie says who and nothing else; a typed number earns and does not open', async () => {
  await stamp('a', 8, { phone: A }, 3)
  assert.match(visitor.lines.join('\n'), /^who=[\w:-]+; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/m)
  await stamp('b', 8, { phone: A })
  assert.equal(visitor.stamps, 1)
  await visitor.open(host('a', 8), CARD)
  assert.equal(visitor.stamps, 3)
  assert.ok(!visitor.lines.join().includes('1111'))
})

test('a browser that was forgotten is refused, whatever cookie it puts back', async () => {
  await stamp('a', 8, { phone: A })
  const who = visitor.jarOf(host('a', 8)).get('who') ?? ''
  await visitor.post(host('a', 8), '/ko-auto/cafe/forget/', { csrf_token: visitor.token })
  visitor.jarOf(host('a', 8)).set('who', who)
  await visitor.open(host('a', 8), CARD)
  assert.equal(visitor.stamps, null)
})

test('a post from another site counts where nobody checks, and is a 403 where Dojang does', async () => {
  const evil = { origin: 'http://evil.localhost:8001', 'sec-fetch-site': 'cross-site' }
  const blog = { origin: 'http://blog.cafe.localhost:8001', 'sec-fetch-site': 'same-site' }
  await visitor.post(host('a', 4), CARD, {}, evil)
  assert.equal(visitor.stamps, 1)
  await stamp('a', 7, { phone: A })
  await visitor.post(host('a', 7), CARD, {}, blog)
  assert.equal(visitor.stamps, 2)
  await stamp('a', 8, { phone: A })
  const token = visitor.token
  for (const headers of [evil, blog]) {
    await visitor.post(host('a', 8), CARD, { csrf_token: token }, headers)
    assert.deepEqual([visitor.status, visitor.reason], [403, 'fetch-metadata'])
  }
  await visitor.post(host('a', 8), CARD, {})
  assert.deepEqual([visitor.status, visitor.reason], [403, 'token'])
})
