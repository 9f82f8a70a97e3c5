import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cspHash, encodeLocation, redirect, safeNext, securityHeaders, setCookieLine } from './response.ts'

test('every answer says: no sniffing, no framing, no other origins, and to others no address', () => {
  const headers = securityHeaders({ https: false })
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['referrer-policy'], 'same-origin')
  assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
  assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
})

test('only over https does it promise https, for a year or more', () => {
  assert.equal(securityHeaders({ https: false })['strict-transport-security'], undefined)
  const [, age, rest] =
    /^max-age=(\d+)(.*)$/.exec(securityHeaders({ https: true })['strict-transport-security'] ?? '') ?? []
  assert.ok(Number(age) >= 31_536_000)
  assert.equal(rest, '; includeSubDomains')
})

test('the policy allows nothing but our own, and inline texts by their hash', () => {
  const policy =
    securityHeaders({ https: true, styles: ['a{}'], scripts: ['x()', 'y()'] })['content-security-policy'] ??
    ''
  const directives = new Map(
    policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]),
  )
  for (const name of ['default-src', 'base-uri', 'frame-ancestors', 'object-src'])
    assert.equal(directives.get(name), "'none'", name)
  assert.equal(directives.get('form-action'), "'self'")
  assert.equal(directives.get('img-src'), "'self' data:")
  assert.equal(directives.get('connect-src'), "'self'")
  assert.equal(directives.get('style-src'), cspHash('a{}'))
  assert.equal(directives.get('script-src'), `${cspHash('x()')} ${cspHash('y()')}`)
  assert.doesNotMatch(policy, /unsafe|\*/)
  assert.match(
    securityHeaders({ https: false })['content-security-policy'] ?? '',
    /style-src 'none'; script-src 'none'/,
  )
})

test('a hash is the one that browsers compute', () => {
  // The example of CSP3, 8.4.
  assert.equal(cspHash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='")
})

test('a redirect gives status and Location', () => {
  assert.deepEqual(redirect('/cafe/?name=도장', 303), {
    status: 303,
    headers: { location: '/cafe/?name=%EB%8F%84%EC%9E%A5' },
  })
})

test('a Location is ASCII without line breaks, never begins with two slashes, and what is encoded stays', () => {
  const cases = [
    ['//evil.example/', '/%2Fevil.example/'],
    ['///evil.example', '/%2F/evil.example'],
    ['/\\evil.example', '/%5Cevil.example'],
    ['\\\\evil.example', '%5C%5Cevil.example'],
    ['/a\r\nSet-Cookie: x=y', '/a%0D%0ASet-Cookie:%20x=y'],
    ['/\t/evil.example', '/%09/evil.example'],
    ['/%2F?a=%20b&c=d+e#f', '/%2F?a=%20b&c=d+e#f'],
    ['/100%', '/100%'],
    ['https://cafe.example/도', 'https://cafe.example/%EB%8F%84'],
    ['http://[::1]:8000/', 'http://[::1]:8000/'],
    ['/\ud800', '/%EF%BF%BD'],
    ['?a=b:c', '?a=b:c'],
    ['/a:b', '/a:b'],
    ['', ''],
  ] as const
  for (const [given, sent] of cases) assert.equal(encodeLocation(given), sent)
})

test('no scheme but http and https is an address to go to', () => {
  for (const bad of [
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'mailto:a@b.example',
    'java\tscript:x',
    ' javascript:x',
    'https:evil.example',
    'https:/evil.example',
    'http:\\\\evil.example',
    'https:///evil.example',
    'vbscript:x',
    `/${'x'.repeat(16_384)}`,
  ]) {
    assert.throws(() => encodeLocation(bad), RangeError, bad)
  }
})

test('whatever it is given, a Location can be sent, and a path stays on this host', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom('/', '\\', '.', '\t', '\n', '\r', ' ', '@', ':', '?', '#', '%', 'a', '도', '\ud800'),
      ),
      (parts) => {
        const location = encodeLocation(`/${parts.join('')}`)
        assert.match(location, /^[!-~]+$/)
        assert.equal(new URL(location, 'https://cafe.example/x/').origin, 'https://cafe.example')
      },
    ),
  )
})

test('next is a path of this service, or the fallback', () => {
  for (const good of ['/', '/cafe/', '/cafe/free/?x=1&y=//z#w', '/도장/', '/a:b', '/%2F%2Fevil.example'])
    assert.equal(safeNext(good, '/home/'), good)
  const bad = [
    null,
    '',
    'cafe/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://evil.example',
    'http:///evil.example',
    'javascript:alert(1)',
    'JAVASCRIPT:x',
    'data:text/html,x',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/cafe/\r\nX',
    '/a\0',
    '/a\x7f',
    '/a\x85',
    '/\ud800',
    '@evil.example',
    '.evil.example',
    '?next=//evil',
    `/${'x'.repeat(2048)}`,
  ]
  for (const text of bad) assert.equal(safeNext(text, '/home/'), '/home/', String(text))
})

test('whatever is asked for, next stays on this host', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '/',
          '\\',
          '.',
          '\t',
          '\n',
          ' ',
          '@',
          ':',
          'https:',
          'javascript:',
          'evil.example',
          '%',
          '?',
          '#',
        ),
      ),
      (parts) => {
        const next = safeNext(parts.join(''), '/home/')
        assert.equal(new URL(next, 'https://cafe.example/x/').origin, 'https://cafe.example')
      },
    ),
  )
})

test('one cookie is set once an answer, the last word counts, and lines are never folded', () => {
  const headers = new Headers()
  for (const line of ['a=1; Path=/', 'b=2; Path=/', 'a=3; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'ab=4'])
    setCookieLine(headers, line)
  assert.deepEqual(headers.getSetCookie(), [
    'b=2; Path=/',
    'a=3; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    'ab=4',
  ])
})
