import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostCheck } from './host.ts'

const strange = [
  null,
  '',
  ' ',
  'user@cafe.example',
  'cafe.example@evil.example',
  'cafe.example,evil.example',
  'cafe.example evil.example',
  ' cafe.example',
  'cafe.example ',
  'cafe.example/',
  'cafe.example:',
  'cafe.example:x',
  'cafe.example:443:443',
  'cafe.example:-1',
  'cafe.example:99999',
  'cafe.example..',
  '.',
  'evil.example',
  'shop.cafe.example',
  'cafe.example.evil.example',
  'cafe.example\0',
  'cafe.example#',
  'cafe.example\r\n',
]

test('with a public address only its host and port are ours', () => {
  const isOurs = hostCheck({ publicUrl: new URL('https://cafe.example/') })
  for (const host of [
    'cafe.example',
    'CAFE.Example',
    'cafe.example.',
    'cafe.example:443',
    'cafe.example.:443',
  ])
    assert.equal(isOurs(host), true, host)
  for (const host of [...strange, 'cafe.example:80', 'cafe.example:8443', 'localhost', '127.0.0.1', '[::1]'])
    assert.equal(isOurs(host), false, String(host))
})

test('a port in the public address is part of it', () => {
  const isOurs = hostCheck({ publicUrl: new URL('http://cafe.example:8000/') })
  assert.deepEqual(['cafe.example:8000', 'cafe.example', 'cafe.example:80'].map(isOurs), [true, false, false])
})

test('an address can be public too', () => {
  assert.equal(hostCheck({ publicUrl: new URL('http://192.168.0.5:8000/') })('192.168.0.5:8000'), true)
  assert.equal(hostCheck({ publicUrl: new URL('http://[fe80::1]/') })('[fe80::1]'), true)
})

test('without one, localhost and IP literals are ours, on any port', () => {
  const isOurs = hostCheck({ publicUrl: null })
  for (const host of [
    'localhost',
    'LOCALHOST:8000',
    'localhost.',
    '127.0.0.1',
    '192.168.0.5:8000',
    '0.0.0.0',
    '[::1]',
    '[::1]:8000',
    '[fe80::1]',
    '[::ffff:127.0.0.1]',
  ])
    assert.equal(isOurs(host), true, host)
})

test('without one, no other name is ours, however much it looks like an address', () => {
  const isOurs = hostCheck({ publicUrl: null })
  const lookalikes = [
    'a.localhost',
    'localhost.evil.example',
    'xlocalhost',
    '127.0.0.1.evil.example',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '256.0.0.1',
    '[::1',
    '::1',
    '[::1]x',
    '[fe80::1%eth0]',
    '[]',
    '[127.0.0.1]',
    '１２７.0.0.1',
  ]
  for (const host of [...strange, ...lookalikes]) assert.equal(isOurs(host), false, String(host))
})
