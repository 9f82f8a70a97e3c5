import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { judgePassword } from './password-rules.ts'

const OWNER = { cafeName: '온기 Coffee', email: 'mina.kim@ongi.example' }
const judge = (text: string) => judgePassword(text, OWNER)

describe('a password that somebody wants to take', () => {
  it('has at least 15 characters and at most 200, each counted once', () => {
    assert.equal(judge('mellow otter 9'), 'password-short')
    assert.equal(judge('mellow otter 91'), null)
    assert.equal(judge('조용한바다위의달빛과고래한마'), 'password-short')
    assert.equal(judge('조용한바다위의달빛과고래한마리'), null)
    assert.equal(judge('조용한바다위의달빛과고래한마리'.normalize('NFD')), null)
    assert.equal(judge('🐋🦦🌙☕🍰🐢🦊🌲🎻🧵🪁🎲🧭🪴'), 'password-short') // 28 UTF-16 units, 14 characters
    const long = Array.from({ length: 40 }, (_, place) => `w${place}x.`).join('')
    assert.equal(judge([...long].slice(0, 64).join('')), null)
    assert.equal(judge([...long].slice(0, 200).join('').padEnd(200, 'é')), null)
    assert.equal(judge(long.padEnd(201, 'é')), 'password-long')
  })

  it('may be of any characters: no rule asks for a capital, a digit or a sign', () => {
    for (const good of [
      'mellow otter pudding',
      '83920174659102837465',
      '   otter   pudding   ',
      '#{>~_;[!:"?)(*&\\',
      'ㅇㅈㄹㄷㅂㅎㅁㅋㅌㅊㅍㄱㄴㅅㅠㅜ',
    ])
      assert.equal(judge(good), null, good)
    assert.equal(judge('correct horse fountain sundial'), null)
  })

  it('is none of the commonest of that length', () => {
    const list = readFileSync(join(import.meta.dirname, 'common-passwords.txt'), 'utf8').split('\n')
    const long = list.slice(1).filter((text) => [...text].length >= 15)
    assert.ok(long.length > 9_000)
    for (const text of long) assert.equal(judge(text), 'password-common', text)
    assert.equal(judge(long[0]?.toUpperCase() ?? ''), 'password-common')
  })

  it('is not the café’s name, the person’s own or ours, with something trivial before or after', () => {
    for (const bad of [
      '온기 coffee 온기 coffee',
      'OngiOngiOngiOngi!',
      '온기Coffee2026!!!',
      'mina.kim@ongi.example',
      'minakim-19900101-',
    ])
      assert.equal(judge(bad), 'password-common', bad)
    for (const bad of [
      'dojangdojangdojang',
      'Dojang 2026 Dojang!',
      '도장도장도장도장도장도장도장도장',
      'dojang-온기-coffee-1',
      'my dojang password',
    ])
      assert.equal(judge(bad), 'password-common', bad)
    assert.equal(judge('the ongi otter sings at dawn'), null)
  })

  it('is not a common one, repeated or padded, and no walk along the keyboard', () => {
    for (const bad of ['password123password', 'Password12345678!', 'letmein!!!!!!!!!!!', 'iloveyou-iloveyou'])
      assert.equal(judge(bad), 'password-common', bad)
    for (const bad of [
      '123456789012345',
      'qwertyuiopasdfgh',
      'abcdefghijklmnop',
      '1q2w3e4r5t6y7u8i',
      'zxcvbnm,./asdfghjkl',
      '987654321987654321',
      'ㅂㅈㄷㄱㅅㅛㅕㅑㅁㄴㅇㄹㅎㅗㅓㅏ',
      'ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ',
    ])
      assert.equal(judge(bad), 'password-common', bad)
    for (const bad of [
      'aaaaaaaaaaaaaaaa',
      'otterotterotterotter',
      '                    ',
      'a1b2a1b2a1b2a1b2',
    ])
      assert.equal(judge(bad), 'password-common', bad)
  })
})
