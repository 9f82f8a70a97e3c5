import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseEmail } from './email.ts'

describe('an e-mail address', () => {
  it('is the same however it is typed', () => {
    assert.equal(parseEmail('  Mina@Ongi.Example '), 'mina@ongi.example')
    assert.equal(parseEmail('민아@온기.example'.normalize('NFD')), '민아@온기.example')
  })

  it('is refused where it cannot be one', () => {
    for (const text of [
      '',
      'mina',
      'mina@',
      '@ongi.example',
      'mina@ongi',
      'mi na@ongi.example',
      'a@b@c.example',
    ])
      assert.equal(parseEmail(text), null, text)
    for (const text of [
      'mina@ongi..example',
      'mina@.ongi.example',
      'mi\0na@ongi.example',
      'mina@ongi.example\u202e',
    ])
      assert.equal(parseEmail(text), null, text)
    assert.equal(parseEmail(`${'m'.repeat(250)}@ongi.example`), null)
  })
})
