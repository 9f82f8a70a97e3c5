import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type CookieAttributes,
  CookieError,
  cookie,
  cookiePairs,
  expireCookie,
  parseCookies,
  serializeCookie,
} from './cookie.ts'

const read = (header: string | string[] | undefined) => [...parseCookies(header)]

test('a header is split at every semicolon, then at the first equals sign', () => {
  assert.deepEqual(read('a=b; c=d=e;f=;g = h '), [
    ['a', 'b'],
    ['c', 'd=e'],
    ['f', ''],
    ['g', 'h'],
  ])
})

test('quotes never protect a semicolon, and stay part of the value', () => {
  assert.deepEqual(read('a="b;c"; d="e"'), [
    ['a', '"b'],
    ['d', '"e"'],
  ])
})

test('cookies without a name are dropped, whatever stands around them', () => {
  assert.deepEqual(read('=x; lonely; ;;; = ; a=1; tail'), [['a', '1']])
})

test('only space and tab are trimmed, so a disguised __Host- name stays a stranger', () => {
  for (const disguise of ['\u2000', '\u00a0', '\u0085', '\u3000', '\ufeff', '\x1c', '\x0b']) {
    assert.equal(parseCookies(`${disguise}__Host-sid=evil`).get('__Host-sid'), undefined, escape(disguise))
    assert.equal(parseCookies(`__Host-sid${disguise}=evil`).get('__Host-sid'), undefined, escape(disguise))
  }
  // The same as Node hands it over: raw byte 0xA0 is U+00A0 to trim().
  assert.equal(parseCookies('\xe2\x80\x80__Host-sid=evil').get('__Host-sid'), undefined)
  assert.equal(parseCookies(' \t__Host-sid\t =\t good \t').get('__Host-sid'), 'good')
})

test('names are case-sensitive, and RFC 2965 words are ordinary names', () => {
  assert.deepEqual(read('$Version=1; Path=/; path=x; HttpOnly=1'), [
    ['$Version', '1'],
    ['Path', '/'],
    ['path', 'x'],
    ['HttpOnly', '1'],
  ])
})

test('names that mean something to JavaScript are there when sent, absent when not, in the order sent', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', '9', '1']
  for (const name of names) assert.equal(parseCookies('a=1').get(name), undefined)
  assert.deepEqual(
    read(names.map((name) => `${name}=x`).join('; ')),
    names.map((name) => [name, 'x']),
  )
  assert.equal(({} as Record<string, unknown>).x, undefined)
})

test('several Cookie fields are read one after the other; a comma separates nothing', () => {
  assert.deepEqual(read(['a=1; b=2', 'c=3']), [
    ['a', '1'],
    ['b', '2'],
    ['c', '3'],
  ])
  assert.deepEqual(read('a=1, b=2'), [['a', '1, b=2']])
})

test('an absent or empty header has no cookies', () => {
  assert.deepEqual([read(undefined), read(''), read([]), [...parseCookies(null)]], [[], [], [], []])
})

test('text arrives whether Node gave its bytes as latin-1 or fetch gave it decoded', () => {
  const latin1 = Buffer.from('cup=도장 é; é=ok').toString('latin1')
  assert.deepEqual(read(latin1), [
    ['cup', '도장 é'],
    ['é', 'ok'],
  ])
  assert.deepEqual(read('cup=도장 é; é=ok'), [
    ['cup', '도장 é'],
    ['é', 'ok'],
  ])
})

test('bad bytes become U+FFFD and no overlong slash', () => {
  assert.equal(parseCookies('a=\xff').get('a'), '\ufffd')
  assert.equal(parseCookies('a=\xc0\xaf').get('a')?.includes('/'), false)
})

test('percent-encoding is undone once, and what is not encoded stays as it came', () => {
  assert.equal(parseCookies('a=%2541').get('a'), '%41')
  for (const text of ['%', '%zz', '%E0%A4%A', '100%', 'a+b', '%ff'])
    assert.equal(parseCookies(`a=${text}`).get('a'), text)
  assert.equal(parseCookies('%61=1').get('a'), undefined, 'names are never decoded')
})

test('of a name sent twice the map has the first, the pairs have both', () => {
  assert.equal(parseCookies('a=long-path; a=short-path').get('a'), 'long-path')
  assert.deepEqual(cookiePairs('a=1; a=2'), [
    ['a', '1'],
    ['a', '2'],
  ])
})

test('the map can be read in every way and written in none', () => {
  const cookies = parseCookies('a=1; b=2; a=3')
  const seen: unknown[] = []
  cookies.forEach((value, name, all) => {
    seen.push([name, value, all === cookies])
  })
  assert.deepEqual(seen, [
    ['a', '1', true],
    ['b', '2', true],
  ])
  assert.deepEqual(
    [[...cookies.keys()], [...cookies.values()], [...cookies.entries()], cookies.size],
    [['a', 'b'], ['1', '2'], [...cookies], 2],
  )
  assert.deepEqual(
    [cookies.has('a'), cookies.has('c'), 'set' in cookies, 'delete' in cookies],
    [true, false, false, false],
  )
})

test('a thousand cookies are found as well as ten', () => {
  const cookies = parseCookies(Array.from({ length: 1000 }, (_, i) => `c${i}=${i}; c${i}=again`).join('; '))
  assert.deepEqual(
    [cookies.get('c0'), cookies.get('c999'), cookies.get('c1000'), cookies.size],
    ['0', '999', undefined, 1000],
  )
})

test('any well-formed text comes back as it went in, beside any other', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (one, two) => {
      const header = [serializeCookie('one', one), serializeCookie('two', two)]
        .map((line) => line.split(';')[0])
        .join('; ')
      assert.match(header, /^[\x20-\x7e]*$/)
      assert.deepEqual(read(header), [
        ['one', one],
        ['two', two],
      ])
    }),
  )
})

test('no header makes reading throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (header) => void parseCookies(header)))
})

test('a cookie is for the whole host and SameSite=Lax unless told otherwise', () => {
  assert.equal(serializeCookie('a', 'b'), 'a=b; Path=/; SameSite=Lax')
  assert.equal(serializeCookie('a', 'b', { path: null, sameSite: 'Strict' }), 'a=b; SameSite=Strict')
})

test('each attribute is written in the form that browsers read', () => {
  const line = serializeCookie('a', 'b', {
    domain: 'shop.example',
    path: '/cafe/',
    expires: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)),
    secure: true,
    httpOnly: true,
    sameSite: 'None',
    partitioned: true,
    priority: 'High',
  })
  assert.equal(
    line,
    'a=b; Expires=Fri, 02 Jan 2026 03:04:05 GMT; Domain=shop.example; Path=/cafe/; HttpOnly; Secure; Partitioned; Priority=High; SameSite=None',
  )
})

test('Max-Age is whole seconds, appears when 0, and never passes 400 days', () => {
  const age = (maxAgeSeconds: number) =>
    /Max-Age=([^;]*)/.exec(serializeCookie('a', 'b', { maxAgeSeconds }))?.[1]
  assert.deepEqual([age(0), age(1.9), age(-5), age(1e9)], ['0', '1', '0', '34560000'])
})

test('what a browser would drop or misread is refused, and the bad value is named', () => {
  const refused: [string, unknown, Record<string, unknown>][] = [
    ['', 'x', {}],
    ['a b', 'x', {}],
    ['a=b', 'x', {}],
    ['a:b', 'x', {}],
    ['é', 'x', {}],
    ['a\r\n', 'x', {}],
    ['a', '\ud800', {}],
    ['a', undefined, {}],
    ['a', null, {}],
    ['a', 7, {}],
    ['a', Buffer.from('x'), {}],
    ['a', 'x'.repeat(4096), {}],
    ['a', '도'.repeat(456), {}],
    ['a', 'x', { path: '/; HttpOnly' }],
    ['a', 'x', { path: '/\r\nX: y' }],
    ['a', 'x', { path: 'cafe' }],
    ['a', 'x', { path: '/é' }],
    ['a', 'x', { path: `/${'p'.repeat(1024)}` }],
    ['a', 'x', { path: '/\x7f' }],
    ['a', 'x', { path: '' }],
    ['a', 'x', { domain: 'a.example; Secure' }],
    ['a', 'x', { domain: 'a_b' }],
    ['a', 'x', { domain: '' }],
    ['a', 'x', { domain: 'a..b' }],
    ['a', 'x', { domain: '::1' }],
    ['a', 'x', { maxAgeSeconds: Number.NaN }],
    ['a', 'x', { maxAgeSeconds: Number.POSITIVE_INFINITY }],
    ['a', 'x', { maxAgeSeconds: '60' }],
    ['a', 'x', { expires: new Date(Number.NaN) }],
    ['a', 'x', { expires: '2026' }],
    ['a', 'x', { expires: new Date(), maxAgeSeconds: 1 }],
    ['a', 'x', { sameSite: 'loose' }],
    ['a', 'x', { sameSite: 'None' }],
    ['a', 'x', { partitioned: true }],
    ['a', 'x', { priority: 'Urgent' }],
  ]
  for (const [name, value, attributes] of refused) {
    const write = () => serializeCookie(name, value as string, attributes as CookieAttributes)
    assert.throws(write, CookieError, JSON.stringify([name, value, attributes]))
  }
  assert.throws(() => serializeCookie('a', 'x', { domain: 'evil;' }), { value: 'evil;', message: /"evil;"/ })
})

test('4096 octets of name and encoded value are allowed, one more is not', () => {
  assert.equal(serializeCookie('a', 'x'.repeat(4095)).startsWith('a=x'), true)
  assert.throws(() => serializeCookie('ab', 'x'.repeat(4095)), CookieError)
})

test('a __Host- or __Secure- name is only written with what it promises, in any spelling', () => {
  for (const name of ['__Secure-a', '__host-a', '__HTTP-a', '__Host-Http-a']) {
    assert.throws(() => serializeCookie(name, 'x'), CookieError, name)
    assert.match(serializeCookie(name, 'x', { secure: true, httpOnly: true }), /; Secure/)
  }
  assert.throws(() => serializeCookie('__Host-a', 'x', { secure: true, domain: 'a.example' }), CookieError)
  assert.throws(() => serializeCookie('__host-a', 'x', { secure: true, path: '/a' }), CookieError)
  assert.throws(() => serializeCookie('__Host-a', 'x', { secure: true, path: null }), CookieError)
  assert.throws(() => serializeCookie('__Http-a', 'x', { secure: true }), CookieError)
  assert.throws(() => serializeCookie('__Host-Http-a', 'x', { secure: true }), CookieError)
})

test('expiring repeats path and domain, ignores lifetimes, and adds what the name asks for', () => {
  const gone = 'Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT'
  assert.equal(
    expireCookie('a', { path: '/x', domain: 'b.example', maxAgeSeconds: 9 }),
    `a=; ${gone}; Domain=b.example; Path=/x; SameSite=Lax`,
  )
  assert.equal(expireCookie('__host-a'), `__host-a=; ${gone}; Path=/; Secure; SameSite=Lax`)
  assert.equal(expireCookie('__Http-a'), `__Http-a=; ${gone}; Path=/; HttpOnly; Secure; SameSite=Lax`)
  assert.equal(expireCookie('a', { sameSite: 'None' }), `a=; ${gone}; Path=/; Secure; SameSite=None`)
})

test('nothing sticks from one line to the next: writing after expiring does not delete', () => {
  const seen = cookie('seen', { parse: (text) => text, format: (text: string) => text, maxAgeSeconds: 60 })
  assert.match(seen.expire(), /Max-Age=0/)
  assert.equal(seen.write('x'), 'seen=x; Max-Age=60; Path=/; SameSite=Lax')
})

const count = cookie('count', {
  parse: (text) => (/^\d{1,4}$/.test(text) ? Number(text) : null),
  format: String,
})

test('a declared cookie is read with its type, or not at all', () => {
  assert.equal(count.read(cookiePairs('count=7')), 7)
  for (const header of ['', 'count=', 'count=7x', 'Count=7', `count=${'7'.repeat(5000)}`])
    assert.equal(count.read(cookiePairs(header)), null, header)
})

test('a plain cookie sent twice with different values is not believed', () => {
  assert.equal(count.read(cookiePairs('count=7; count=10')), null)
  assert.equal(count.read(cookiePairs('count=7; count=7')), 7)
})

test('a signed cookie sent twice is read from the one that verifies, wherever it stands', () => {
  const parse = (text: string) => (text.endsWith(':good') ? text : null)
  const signed = cookie('s', { parse, format: String, signed: true })
  assert.equal(signed.read(cookiePairs('s=evil; s=a:good; s=x')), 'a:good')
  assert.equal(signed.read(cookiePairs('s=evil; s=x')), null)
})

test('a declaration that no browser would honour is refused at once', () => {
  assert.throws(() => cookie('__Host-a', { parse: String, format: String }), CookieError)
  assert.throws(() => cookie('a b', { parse: String, format: String }), CookieError)
})
