import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookiePairs } from './cookie.ts'
import { createFlash } from './flash.ts'
import { createSigner, signObject } from './signing.ts'

type Message = { readonly kind: 'stamped'; readonly stamps: number }
const parse = (value: unknown): Message | null => {
  const { kind, stamps } = (value ?? {}) as Record<string, unknown>
  return kind === 'stamped' && typeof stamps === 'number' ? { kind, stamps } : null
}
let now = 1_767_225_600_000
const options = { secret: 'k', secure: true, clock: () => now, parse }
const flash = createFlash(options)
const sent = (line: string) => cookiePairs(line.split(';')[0])
const message: Message = { kind: 'stamped', stamps: 3 }

test('what is written is read by the next page', () => {
  assert.deepEqual(flash.read(sent(flash.write(message))), message)
})

test('the cookie is __Host-, HttpOnly, Lax and gone after a minute; plain flash on http', () => {
  assert.match(
    flash.write(message),
    /^__Host-flash=[\w:-]+; Max-Age=60; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  assert.ok(flash.write(message).length <= 256)
  assert.match(
    createFlash({ ...options, secure: false }).write(message),
    /^flash=[\w:-]+; Max-Age=60; Path=\/; HttpOnly; SameSite=Lax$/,
  )
})

test('clearing makes the browser drop it', () => {
  assert.match(flash.clear(), /^__Host-flash=; Max-Age=0; .*; Secure/)
})

test('after a minute it is no news, whatever the browser kept', () => {
  const pairs = sent(flash.write(message))
  const start = now
  now += 60_000
  assert.deepEqual(flash.read(pairs), message)
  now += 1
  assert.equal(flash.read(pairs), null)
  now = start
})

test('what was changed, signed for something else, or is none of our messages is not shown', () => {
  const salted = { secret: 'k', salt: 'flash', clock: () => now }
  const texts = [
    '',
    'x',
    signObject(message, { ...salted, secret: 'evil' }),
    signObject(message, { ...salted, salt: 'claim' }),
    signObject({ kind: 'other' }, salted),
    signObject(null, salted),
    createSigner(salted).sign('no json'),
  ]
  for (const text of texts) assert.equal(flash.read([['__Host-flash', text]]), null, text)
  assert.deepEqual(
    flash.read([
      ['__Host-flash', 'planted'],
      ['__Host-flash', signObject(message, salted)],
    ]),
    message,
  )
})
