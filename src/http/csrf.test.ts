import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookiePairs } from './cookie.ts'
import { checkOrigin, createCsrf, type OriginRules, type RequestSource } from './csrf.ts'
import { createCookieSigner } from './signing.ts'

const own = 'https://cafe.example'
const check = (source: Partial<RequestSource>, rules: Partial<OriginRules> = {}) =>
  checkOrigin(
    { method: 'POST', origin: null, referer: null, secFetchSite: null, ...source },
    { ownOrigin: own, ...rules },
  )

test('reading is never refused; everything else is checked, unknown and lower-case methods too', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS', 'TRACE'])
    assert.equal(check({ method, origin: 'https://evil.example' }), null)
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'FOO', 'get', ''])
    assert.equal(check({ method, origin: 'https://evil.example' }), 'origin')
})

test('Fetch metadata comes first: only same-origin and none go on', () => {
  assert.equal(
    check({ secFetchSite: 'same-origin' }),
    null,
    'and speak for a request without Origin and Referer',
  )
  for (const secFetchSite of ['same-origin', 'none']) assert.equal(check({ secFetchSite, origin: own }), null)
  for (const secFetchSite of ['same-site', 'cross-site', 'nonsense', '', 'Same-Origin']) {
    assert.equal(check({ secFetchSite, origin: own }), 'fetch-metadata', secFetchSite)
    assert.equal(check({ secFetchSite }), 'fetch-metadata', secFetchSite)
  }
  assert.equal(
    check(
      { secFetchSite: 'cross-site', origin: 'https://pay.example' },
      { trustedOrigins: ['https://pay.example'] },
    ),
    null,
  )
})

test('good Fetch metadata does not excuse a bad Origin', () => {
  assert.equal(check({ secFetchSite: 'same-origin', origin: 'https://evil.example' }), 'origin')
  assert.equal(check({ secFetchSite: 'none', origin: 'https://evil.example' }), 'origin')
})

test('an Origin must be this scheme, host and port; case and the default port are forgiven', () => {
  for (const origin of [own, 'HTTPS://Cafe.Example', 'https://cafe.example:443'])
    assert.equal(check({ origin }), null, origin)
  const bad = [
    '',
    'null',
    ' ',
    'http://cafe.example',
    'https://cafe.example:8443',
    'https://shop.cafe.example',
    'https://example',
    'https://cafe.example@evil.example',
    'https://cafe.example.evil.example',
    'https://cafe.example/',
    'https://cafe.example#',
    'https://evil.example\\@cafe.example',
    'https://',
    'https://[',
    'https://cafe.example, https://evil.example',
    ' https://cafe.example',
    'https://cafe.example\t',
    'cafe.example',
    'file://',
    '\ud800',
    'https://%',
  ]
  for (const origin of bad) assert.equal(check({ origin }), 'origin', origin)
})

test('Origin: null is rescued by Sec-Fetch-Site: same-origin and by nothing else', () => {
  assert.equal(check({ origin: 'null', secFetchSite: 'same-origin' }), null)
  assert.equal(check({ origin: 'null', secFetchSite: 'none' }), 'origin')
  assert.equal(check({ origin: 'null', referer: `${own}/cafe/` }), 'origin')
  assert.equal(check({ origin: 'null' }, { trustedOrigins: ['null', '*'] }), 'origin')
  assert.equal(check({ origin: 'null' }, { ownOrigin: 'null' }), 'origin')
})

test('an origin of ours that cannot be read lets nothing else through', () => {
  assert.equal(check({ origin: 'nonsense' }, { ownOrigin: 'https://' }), 'origin')
  assert.equal(check({ origin: '' }, { ownOrigin: '' }), 'origin')
})

test('on https without Origin and Fetch metadata the Referer decides', () => {
  assert.equal(check({ referer: `${own}/cafe/?x#y` }), null)
  const bad = [
    null,
    '',
    'nonsense',
    'http://cafe.example/',
    'https://cafe.example:444/',
    'https://cafe.example@evil.example/',
    'https://x@cafe.example/',
    'https://evil.example/https://cafe.example/',
    'about:blank',
    'https://[/',
  ]
  for (const referer of bad) assert.equal(check({ referer }), 'referer', String(referer))
  assert.equal(
    check({ referer: 'https://evil.example/', origin: own }),
    null,
    'not asked when there is an Origin',
  )
})

test('on http a missing Referer is no fault, the token decides', () => {
  assert.equal(check({}, { ownOrigin: 'http://localhost:8000' }), null)
  assert.equal(check({ referer: 'https://evil.example/' }, { ownOrigin: 'http://localhost:8000' }), null)
})

test('on https too the token may decide, for a request that says nothing of where it comes from', () => {
  const rules = { ownOrigin: own, isSilenceFine: true }
  assert.equal(check({}, rules), null)
  assert.equal(check({ referer: 'https://evil.example/' }, rules), 'referer')
  assert.equal(check({ referer: '' }, rules), 'referer')
  assert.equal(check({ origin: 'null' }, rules), 'origin')
})

test('trusted origins are hosts, not text endings', () => {
  const trustedOrigins = ['https://*.shop.example', 'https://pay.example:8443']
  for (const origin of [
    'https://shop.example',
    'https://a.shop.example',
    'https://a.b.shop.example',
    'https://pay.example:8443',
  ]) {
    assert.equal(check({ origin }, { trustedOrigins }), null, origin)
    assert.equal(check({ referer: `${origin}/x` }, { trustedOrigins }), null, origin)
  }
  for (const origin of [
    'http://a.shop.example',
    'https://a.shop.example:8443',
    'https://evilshop.example',
    'https://evil.example/.shop.example',
    'https://pay.example',
    'https://shop.example.evil.example',
  ]) {
    assert.equal(check({ origin }, { trustedOrigins }), 'origin', origin)
    assert.equal(check({ origin: 'https://evil.example' }, { trustedOrigins: ['https://*.'] }), 'origin')
  }
})

const year = 365 * 24 * 60 * 60 * 1000
let now = 1_767_225_600_000
const options = { secret: 'k', secure: true, clock: () => now }
const csrf = createCsrf(options)
const sent = (line: string | null) => cookiePairs(line?.split(';')[0])

/** A browser that was given a form: its cookie, and the token in the form. */
function visit(kit = csrf) {
  const request = kit.open(cookiePairs(undefined))
  const token = request.token()
  return { token, id: request.id, line: request.setCookie ?? '', pairs: sent(request.setCookie) }
}

test('a page that asks for no token verifies nothing and sets no cookie', () => {
  const request = csrf.open(cookiePairs('__Host-csrf=rubbish'))
  assert.equal(request.setCookie, null)
  assert.equal(request.id, null)
  assert.equal(request.setCookie, null)
})

test('the cookie is __Host-, HttpOnly, Lax, a year, under 256 bytes; plain csrf on http', () => {
  const { line } = visit()
  assert.match(line, /^__Host-csrf=[\w.:-]+; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  assert.ok(line.length <= 256)
  assert.match(
    visit(createCsrf({ ...options, secure: false })).line,
    /^csrf=[\w.:-]+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
  )
})

test('a token from the form passes with its cookie, in every tab, each token different', () => {
  const { token, pairs } = visit()
  const tokens = [token, ...Array.from({ length: 100 }, () => csrf.open(pairs).token())]
  assert.equal(new Set(tokens).size, 101)
  for (const each of tokens) assert.equal(csrf.open(pairs).verify(each), null)
})

test('a browser that keeps its cookie keeps its id, and gets no new cookie', () => {
  const { id, pairs } = visit()
  const again = csrf.open(pairs)
  again.token()
  assert.equal(again.id, id)
  assert.match(id ?? '', /^[\w-]{22}$/)
  assert.equal(again.setCookie, null)
  assert.notEqual(visit().id, id)
})

test('without our cookie every token is refused: that stops login CSRF', () => {
  const { token } = visit()
  for (const header of [undefined, '__Host-csrf=', '__Host-csrf=x', `__Host-csrf=${token}`, 'csrf=x']) {
    assert.equal(csrf.open(cookiePairs(header)).verify(token), 'cookie', String(header))
  }
})

test('equal rubbish in cookie and form never passes', () => {
  for (const rubbish of ['', 'undefined', 'null', 'x'.repeat(64), 'A'.repeat(32)]) {
    assert.equal(csrf.open(cookiePairs(`__Host-csrf=${rubbish}`)).verify(rubbish), 'cookie')
  }
})

test('a planted cookie is refused, signed by another key, for another cookie, or in another form', () => {
  const planted = [
    createCookieSigner({ secret: 'evil', name: '__Host-csrf' }).sign(`${'a'.repeat(22)}.${'b'.repeat(32)}`),
    createCookieSigner({ secret: 'k', name: 'csrf', clock: () => now }).sign(
      `${'a'.repeat(22)}.${'b'.repeat(32)}`,
    ),
    createCookieSigner({ secret: 'k', name: '__Host-csrf', clock: () => now }).sign('short'),
    createCookieSigner({ secret: 'k', name: '__Host-csrf', clock: () => now }).sign(
      `${'a'.repeat(22)}.${'b'.repeat(33)}`,
    ),
  ]
  for (const text of planted) {
    assert.equal(csrf.open(cookiePairs(`__Host-csrf=${text}`)).verify('A'.repeat(64)), 'cookie')
    assert.equal(csrf.open(cookiePairs(`__Host-csrf=${text}`)).id, null)
  }
})

test('a planted cookie in front of the real one changes nothing', () => {
  const { token, id, pairs } = visit()
  const request = csrf.open([['__Host-csrf', 'planted'], ...pairs])
  assert.deepEqual([request.verify(token), request.id], [null, id])
})

test('a wrong token is refused, whatever its form', () => {
  const { token, pairs } = visit()
  const flipped = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
  for (const bad of [
    null,
    '',
    'x',
    visit().token,
    flipped,
    token.slice(1),
    `${token}A`,
    `${token} `,
    `${token}\n`,
    token.replace(/.$/, '='),
    '도'.repeat(64),
  ]) {
    assert.equal(csrf.open(pairs).verify(bad), 'token', String(bad))
  }
})

test('a malformed cookie is replaced when a token is asked for', () => {
  const request = csrf.open(cookiePairs('__Host-csrf=rubbish'))
  const token = request.token()
  assert.equal(csrf.open(sent(request.setCookie)).verify(token), null)
})

test('after rotate() old tokens are refused, new ones pass, and the id is another', () => {
  const { token, id, pairs } = visit()
  const request = csrf.open(pairs)
  request.rotate()
  assert.equal(request.verify(token), 'token')
  const fresh = request.token()
  const after = csrf.open(sent(request.setCookie))
  assert.deepEqual([after.verify(token), after.verify(fresh)], ['token', null])
  assert.notEqual(after.id, id)
})

test('when keys rotate, open forms still work and the cookie is signed anew with the same id', () => {
  const { token, id, pairs } = visit()
  const next = createCsrf({ ...options, secret: 'next', fallbacks: ['k'] })
  const request = next.open(pairs)
  assert.equal(request.verify(token), null)
  const onlyNext = createCsrf({ ...options, secret: 'next' })
  const after = onlyNext.open(sent(request.setCookie))
  assert.deepEqual([after.verify(token), after.id, after.setCookie], [null, id, null])
  assert.equal(onlyNext.open(pairs).verify(token), 'cookie')
})

test('after half its year the cookie is renewed as it is used, after a year it is refused', () => {
  const start = now
  const { token, id, pairs } = visit()
  try {
    now = start + year / 2 + 1000
    const request = csrf.open(pairs)
    assert.equal(request.verify(token), null)
    assert.equal(csrf.open(sent(request.setCookie)).id, id)
    now = start + year + 1000
    assert.equal(csrf.open(pairs).verify(token), 'cookie')
  } finally {
    now = start
  }
})

test('randomness is the one given, so that a test can tell what comes', () => {
  const fixed = createCsrf({ ...options, random: (octets) => new Uint8Array(octets) })
  assert.deepEqual(visit(fixed), visit(fixed))
})
