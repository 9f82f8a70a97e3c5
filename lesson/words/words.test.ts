import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attacksOn, strangersOf } from '../attacks.ts'
import { chain } from '../chain.ts'
import { experiments } from '../experiments.ts'
import { LANGUAGES } from '../look.ts'
import { ITEMS } from '../wishes.ts'
import { wayWords, wordsIn } from './words-in.ts'

test('each way, attack, stranger, experiment and item has words in both languages, and no others have', () => {
  for (const words of LANGUAGES.map(wordsIn)) {
    assert.equal(words.ways.length, chain.length)
    for (const { number } of chain) {
      const own = wayWords(words, number)
      const names = attacksOn(number).map(({ name }) => name)
      assert.deepEqual(Object.keys(own.attacks).sort(), names.sort(), `way ${number}`)
      assert.deepEqual(Object.keys(own.strangers ?? {}), strangersOf(number), `way ${number}`)
    }
    assert.deepEqual(Object.keys(words.rules.each).sort(), experiments.map(({ name }) => name).sort())
    assert.deepEqual(Object.keys(words.belongs.items).sort(), [...ITEMS].sort())
  }
})

test('nothing is left untranslated', () => {
  const [ko, en] = LANGUAGES.map((language) => textsIn(wordsIn(language)))
  assert.equal(ko?.length, en?.length)
  assert.deepEqual(
    en?.filter((text) => /[가-힣]/.test(text)),
    [],
  )
  const same = ko?.filter((text, index) => text === en?.[index] && !/[가-힣]|\.localhost/.test(text)) ?? []
  assert.deepEqual(same, ['HttpOnly', 'Secure', 'SameSite=Lax', 'SameSite=Strict', 'SameSite=None'])
})

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
