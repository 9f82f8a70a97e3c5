import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { createCookieSigner, createSigner, signObject, unsignObject } from './signing.ts'

// Written by Django 5.2.17 at 1767225600.9 s with key 'a secret', salt 'claim'; the cookie under SECRET_KEY 'old key é'.
const django = {
  plain: 'card:7 도장:1vb66i:uNGAriJ4Pdw5r-k_hKSpa22j5eeEfQ52KQKn7ZVqb6U',
  cookie: '10:1vb66i:bNBlFbdSqGuyuILx1sXg67KKmfYj7NblhtVXjWBe10A',
  dumps:
    'eyJhIjpbMSx0cnVlLG51bGwsIlx1YjNjNFx1YzdhNVx1MDA3ZlwiXFxcblx1ZDgzZFx1ZGUwMCJdLCJiIjoiPCY-In0:1vb66i:od2ra1n3ZHcx78-xXNI6-uNCskOZomkwYWGiA6JgttM',
  compressed: '.eJxTqhgmQAkASYteBQ:1vb66i:8pnMcz29n7dXzSgG7q_Uy-Mm2gUFwaVAj123ccG0Jeo',
  short: 'Ingi:1vb66i:yzMDHTp_7KPBD57SzB90F9pnyucd4oFb0yEliW26E_w',
  badBase64: '@@:1vb66i:E8bUAqYW7Zeyxh3pBf8BmWfWXmmxtMiygjiqvNqZjUo',
}
// Rightly signed by Django's untimed Signer: Django itself dies on all but the last two.
const withoutTime = {
  none: 'abc:a5oJrevz2VNro3jT29L-mJs9_Vy8lqo1_cDkRibICYg',
  notBase62: 'abc:!!:GftH0aMvFQyUZeZqvu0Gwv28HxGiYAWRRbSA--sUZ88',
  empty: 'abc::zruojJF8l5nYQMvV2e3_TDZjNr4A5OaWyFgeJgA7CIY',
  nothing: ':UuYn6jjbOHuoTcKfZBmWwvQsphVXEYNp6vs7015ctZA',
  negative: 'abc:-1:hdOuqlfzrbbg0RWmrwTNIbgNoMuDuLqaz5n1iwlOGUE',
}
const signedAtMs = 1_767_225_600_900
const at = (seconds: number) => () => signedAtMs + seconds * 1000
const keys = { secret: 'a secret', salt: 'claim', clock: at(0) }
const signer = createSigner(keys)

test('text is signed as Django signs it, byte for byte', () => {
  assert.equal(signer.sign('card:7 도장'), django.plain)
  assert.deepEqual(signer.unsign(django.plain), {
    ok: true,
    value: 'card:7 도장',
    signedAtMs: 1_767_225_600_000,
    withFallback: false,
  })
})

test('a cookie is signed as Django signs it since 5.2.15, the salt counted in code points', () => {
  const cookies = createCookieSigner({ secret: 'old key é', name: 'coupon', salt: 'bc😀', clock: at(0) })
  assert.equal(cookies.sign('10'), django.cookie)
  assert.equal(cookies.unsign(django.cookie).ok, true)
})

test('one cookie is worth nothing under another name, nor where name and salt run together alike', () => {
  const signerOf = (name: string, salt: string) => createCookieSigner({ secret: 'k', name, salt })
  const text = signerOf('a', 'bc').sign('10')
  assert.equal(signerOf('a', 'bc').unsign(text).ok, true)
  for (const [name, salt] of [
    ['ab', 'c'],
    ['abc', ''],
    ['b', 'bc'],
    ['a', 'b'],
  ] as const) {
    assert.deepEqual(signerOf(name, salt).unsign(text), { ok: false, reason: 'forged' })
  }
  // Django's older form joined salt and name with nothing between.
  const older = createSigner({ secret: 'django.http.cookiesk', salt: 'bca' }).sign('10')
  assert.deepEqual(signerOf('a', 'bc').unsign(older), { ok: false, reason: 'forged' })
})

test('objects are signed as django.core.signing.dumps signs them', () => {
  const value = { a: [1, true, null, '도장\x7f"\\\n😀'], b: '<&>' }
  assert.equal(signObject(value, keys), django.dumps)
  const read = unsignObject(django.dumps, keys)
  assert.deepEqual(read.ok && read.value, value)
})

test('compressed objects are read, written where shorter, and marked under the signature', () => {
  for (const text of [django.compressed, signObject('x'.repeat(200), { ...keys, compress: true })]) {
    assert.equal(text[0], '.')
    const read = unsignObject(text, keys)
    assert.equal(read.ok && read.value, 'x'.repeat(200))
    assert.deepEqual(unsignObject(text.slice(1), keys), { ok: false, reason: 'forged' })
  }
  assert.equal(signObject('x', { ...keys, compress: true }), django.short)
})

test('what inflates beyond a megabyte, or is signed but no JSON, is malformed', () => {
  const bomb = `.${deflateSync(Buffer.from(`"${'0'.repeat(3_000_000)}"`)).toString('base64url')}`
  for (const text of [signer.sign(bomb), signer.sign('.AAAA'), signer.sign(''), django.badBase64]) {
    assert.deepEqual(unsignObject(text, keys), { ok: false, reason: 'malformed' })
  }
})

test('what JSON would change without a word is refused, not signed', () => {
  for (const value of [
    undefined,
    Number.NaN,
    { a: Number.POSITIVE_INFINITY },
    [undefined],
    () => 1,
    { a: 1n },
  ]) {
    assert.throws(() => signObject(value, keys), TypeError)
  }
})

test('rightly signed text without a time is malformed, never an exception', () => {
  for (const text of Object.values(withoutTime))
    assert.deepEqual(signer.unsign(text), { ok: false, reason: 'malformed' })
})

test('no text makes reading throw', () => {
  for (const text of ['', ':', '::', 'x', '\ud800:1:x', `${'x'.repeat(100_000)}:1:y`, '\0:\0:\0'])
    assert.equal(signer.unsign(text).ok, false)
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(signer.unsign(text).ok, false)))
})

test('the text of the signature is what counts: nothing else that decodes to the same octets', () => {
  const text = signer.sign('10')
  const last = text.at(-1) ?? ''
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const mac = text.slice(text.lastIndexOf(':') + 1)
  const twins = [...alphabet].filter((c) => c !== last).map((c) => text.slice(0, -1) + c)
  const sameOctets = twins.filter((twin) =>
    Buffer.from(twin.slice(-43), 'base64url').equals(Buffer.from(mac, 'base64url')),
  )
  assert.equal(sameOctets.length, 3)
  const dressed = [`${text}=`, `${text} `, `${text}\n`, text.replace('-', '+').replaceAll('_', '/')].filter(
    (t) => t !== text,
  )
  // A letter 256 places up has the same low octet.
  const raised = text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 256)
  for (const twin of [...twins, ...dressed, raised, text.slice(0, -1)]) {
    assert.deepEqual(signer.unsign(twin), { ok: false, reason: 'forged' }, twin)
  }
})

test('any one character changed anywhere is refused', () => {
  const text = signer.sign('card 7')
  fc.assert(
    fc.property(
      fc.nat(text.length - 1),
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
      (index, other) => {
        fc.pre(other !== text[index])
        assert.equal(signer.unsign(text.slice(0, index) + other + text.slice(index + 1)).ok, false)
      },
    ),
  )
})

test('age: equal is good, a moment more is expired, the fraction of now counts', () => {
  const unsign = (seconds: number, maxAgeSeconds: number) =>
    createSigner({ ...keys, clock: at(seconds) }).unsign(django.plain, { maxAgeSeconds })
  assert.equal(unsign(9.1, 10).ok, true) // signed at .0, so this is exactly 10 s
  assert.deepEqual(unsign(9.2, 10), { ok: false, reason: 'expired' })
  assert.equal(unsign(-0.9, 0).ok, true)
  assert.deepEqual(unsign(0, 0), { ok: false, reason: 'expired' })
  assert.deepEqual(unsign(0, Number.NaN), { ok: false, reason: 'expired' })
})

test('forged is judged before expired', () => {
  const late = createSigner({ ...keys, secret: 'another', clock: at(1e9) })
  assert.deepEqual(late.unsign(django.plain, { maxAgeSeconds: 1 }), { ok: false, reason: 'forged' })
})

test('a clock a little ahead is forgiven, a signature from the future is not, however many digits it has', () => {
  const ahead = (seconds: number) => signer.unsign(signer.sign('x', { atMs: signedAtMs + seconds * 1000 }))
  assert.equal(ahead(60).ok, true)
  assert.deepEqual(ahead(62), { ok: false, reason: 'future' })
  const digits = (count: number) => 'z'.repeat(count)
  // Signed by Django's Signer, which takes any digits for a time.
  const forty = `abc:${digits(40)}:7VC_cCD2Qit0VZIvCx5COQWxqAsJ58Tk_1efMAOIZJQ`
  const fourHundred = `abc:${digits(400)}:P_oFrP0jqR8Mh5TC1CXWFcCp9uEl5h2Ldk3li9qfaXg`
  assert.deepEqual(signer.unsign(forty), { ok: false, reason: 'future' })
  assert.deepEqual(signer.unsign(fourHundred), { ok: false, reason: 'future' })
})

test('keys rotate: the old key still verifies, and says so, until it is removed', () => {
  const next = createSigner({ ...keys, secret: 'next', fallbacks: ['older', 'a secret'] })
  const read = next.unsign(django.plain)
  assert.equal(read.ok && read.withFallback, true)
  const anew = next.unsign(next.sign('x'))
  assert.equal(anew.ok && anew.withFallback, false)
  assert.deepEqual(createSigner({ ...keys, secret: 'next' }).unsign(django.plain), {
    ok: false,
    reason: 'forged',
  })
  const late = createSigner({ ...keys, secret: 'next', fallbacks: ['a secret'], clock: at(11) })
  assert.deepEqual(late.unsign(django.plain, { maxAgeSeconds: 10 }), { ok: false, reason: 'expired' })
})

test('an empty key never signs and never verifies', async () => {
  assert.throws(() => createSigner({ ...keys, secret: '' }), TypeError)
  assert.throws(() => createCookieSigner({ secret: '', name: 'a' }), TypeError)
  const { createMac } = await import('./hmac.ts')
  const stamped = '10:1vb66i'
  const forged = `${stamped}:${createMac('', 'claim')(stamped)}`
  assert.deepEqual(createSigner({ ...keys, fallbacks: [''] }).unsign(forged), { ok: false, reason: 'forged' })
  const cookieMac = createMac('django.http.cookies', 'django.http.cookies.v2:0:a')
  const cookies = createCookieSigner({ secret: 'k', fallbacks: [''], name: 'a', clock: at(0) })
  assert.deepEqual(cookies.unsign(`${stamped}:${cookieMac(stamped)}`), { ok: false, reason: 'forged' })
})

test('a salt is never empty, and separates purposes', () => {
  assert.throws(() => createSigner({ ...keys, salt: '' }), TypeError)
  assert.deepEqual(createSigner({ ...keys, salt: 'flash' }).unsign(django.plain), {
    ok: false,
    reason: 'forged',
  })
})

test('no signature and no time holds the colon that separates them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const text = signer.sign(value)
      assert.equal(text.slice(0, value.length + 1), `${value}:`)
      assert.match(text.slice(value.length), /^:[0-9A-Za-z]+:[\w-]{43}$/)
    }),
  )
})

test('lone surrogates share no signature: they are refused', () => {
  assert.throws(() => signer.sign('\ud800'), TypeError)
  const disguised = signer.sign('\ufffd').replace('\ufffd', '\ud800')
  assert.deepEqual(signer.unsign(disguised), { ok: false, reason: 'malformed' })
})

test('the same value at the same time is the same text, so that an answer can be given again', () => {
  assert.equal(
    createSigner({ ...keys, clock: at(500) }).sign('card:7 도장', { atMs: signedAtMs }),
    django.plain,
  )
  assert.throws(() => signer.sign('x', { atMs: Number.NaN }), RangeError)
})

test('what was signed is read back, short or longer than any header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(4000), (value, times) => {
      const read = signer.unsign(signer.sign(value.repeat(times)))
      assert.equal(read.ok && read.value, value.repeat(times))
    }),
    { numRuns: 50 },
  )
})

test('any JSON value comes back from an object signature', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.boolean(), (value, compress) => {
      const read = unsignObject(signObject(value, { ...keys, compress }), keys)
      assert.deepEqual(read.ok && JSON.stringify(read.value), JSON.stringify(value))
    }),
  )
})
