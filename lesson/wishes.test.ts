import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookiePairs } from '../src/http/cookie.ts'
import { Visitor } from './visitor.ts'
import {
  addSearch,
  addSeen,
  addToCart,
  cartCookie,
  ITEMS,
  searchesCookie,
  seenCookie,
  themeCookie,
} from './wishes.ts'

test('cart, searches and seen items come back as they were kept', () => {
  const cart = addToCart(addToCart(addToCart([], 'latte', 1), 'latte', 1), 'scone', 1)
  const searches = addSearch(addSearch([], ' 따뜻한 라테 '), 'a;b=c, "d"')
  const seen = addSeen(addSeen(addSeen([], 'mocha'), 'latte'), 'mocha')
  const lines = [cartCookie.write(cart), searchesCookie.write(searches), seenCookie.write(seen)]
  const pairs = cookiePairs(lines.map((line) => line.split('; ')[0]).join('; '))
  assert.deepEqual(cartCookie.read(pairs), [
    { item: 'latte', cups: 2 },
    { item: 'scone', cups: 1 },
  ])
  assert.deepEqual(searchesCookie.read(pairs), ['a;b=c, "d"', '따뜻한 라테'])
  assert.deepEqual(seenCookie.read(pairs), ['mocha', 'latte'])
})

test('none of them grows beyond its limit, whatever is pressed', () => {
  let cart = addToCart([], 'latte', -1)
  for (let i = 0; i < 20; i++) for (const item of ITEMS) cart = addToCart(cart, item, 1)
  let searches: readonly string[] = []
  for (let i = 0; i < 20; i++) searches = addSearch(searches, `${i}${'🫘'.repeat(200)}`)
  let seen: readonly (typeof ITEMS)[number][] = []
  for (const item of ITEMS) seen = addSeen(seen, item)
  assert.ok(cart.every(({ cups }) => cups === 9))
  assert.equal(searches.length, 5)
  assert.equal(seen.length, 4)
  for (const line of [cartCookie.write(cart), searchesCookie.write(searches), seenCookie.write(seen)]) {
    assert.ok(line.length < 2000, line)
  }
})

test('rubbish in any of them counts as nothing', () => {
  for (const text of [
    '',
    'latte',
    'latte.0',
    'latte.10',
    'tea.1',
    'latte.1_latte.2',
    '<script>.1',
    'latte.1__',
  ]) {
    assert.equal(cartCookie.read(cookiePairs(`cart=${text}`)), null, text)
  }
  for (const text of [
    '{}',
    '[1]',
    '[""]',
    '["a","b","c","d","e","f"]',
    '[',
    'null',
    `["${'x'.repeat(21)}"]`,
  ]) {
    assert.equal(searchesCookie.read(cookiePairs(`searches=${text}`)), null, text)
  }
  for (const text of ['tea', 'latte.', 'latte.mocha.scone.cookie.americano', '__proto__']) {
    assert.equal(seenCookie.read(cookiePairs(`seen=${text}`)), null, text)
  }
  assert.equal(themeCookie.read(cookiePairs('theme=purple')), null)
})

test('the page keeps them live, shows what is spoiled as missing, and deletes all', async () => {
  const visitor = new Visitor()
  const host = 'cafe.localhost'
  const press = async (action: string, form: Record<string, string>) => {
    await visitor.open(host, '/belongs/')
    await visitor.post(host, `/belongs/${action}/`, { ...form, csrf_token: visitor.token })
  }
  await press('add', { item: 'latte' })
  await press('add', { item: 'latte' })
  await press('search', { text: '라테' })
  await press('see', { item: 'scone' })
  const jar = visitor.jarOf(host)
  assert.deepEqual([jar.get('cart'), jar.get('seen')], ['latte.2', 'scone'])
  assert.match(visitor.html, /카페 라테 × 2/)
  assert.match(visitor.html, /<li>라테<\/li>/)
  await press('spoil', { cookie: 'cart' })
  assert.match(visitor.html, /비어 있어요/)
  assert.match(visitor.html, /검사에서 걸러져/)
  await press('spoil', { cookie: 'csrf' })
  assert.notEqual(jar.get('csrf'), '%3Crubbish%3E%3B999')
  await press('forget', {})
  assert.deepEqual([...jar.keys()], ['csrf'])
})

test('language and colours are chosen on every page, and the page comes back', async () => {
  const visitor = new Visitor()
  await visitor.open('cafe.localhost', '/3/')
  await visitor.post('cafe.localhost', '/wishes/', { csrf_token: visitor.token, next: '/3/', language: 'en' })
  assert.match(visitor.html, /<html lang="en" data-theme="auto">/)
  assert.match(visitor.html, /In one variable of the process/)
  await visitor.post('cafe.localhost', '/wishes/', {
    csrf_token: visitor.token,
    next: '//evil.example',
    theme: 'dark',
  })
  assert.match(visitor.html, /<html lang="en" data-theme="dark">/)
})
