import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemRandom } from '../clock.ts'
import { newInvitationToken, readInvitationToken } from './invitation-token.ts'

describe('the token of a link that lets somebody in', () => {
  it('says its café, and leads to where the invitation is kept', () => {
    const { text, cafeId, id } = newInvitationToken(systemRandom, 12)
    assert.match(text, /^12\.[\w-]{22}$/)
    assert.deepEqual(readInvitationToken(text), { cafeId, id })
    assert.match(id, /^[\w-]{43}$/)
    assert.ok(!text.includes(id) && !id.includes(text.slice(3)))
  })

  it('leads elsewhere with a letter or the café changed', () => {
    const { text, id } = newInvitationToken(systemRandom, 12)
    const changed = [`13${text.slice(2)}`, `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`]
    for (const other of changed) assert.notEqual(readInvitationToken(other)?.id, id, other)
  })

  it('is nothing else', () => {
    const secret = 'abcdefghijklmnopqrstuv'
    for (const text of [
      '',
      secret,
      `.${secret}`,
      `0.${secret}`,
      `01.${secret}`,
      `1.${secret}w`,
      `1.${secret.slice(1)}`,
    ])
      assert.equal(readInvitationToken(text), null, text)
    for (const text of [
      ` 1.${secret}`,
      `1.${secret}\n`,
      `-1.${secret}`,
      `9999999999.${secret}`,
      `1e3.${secret}`,
    ])
      assert.equal(readInvitationToken(text), null, text)
  })
})
