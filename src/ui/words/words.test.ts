import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Language, type Words, wordsIn } from './words.ts'

const languages: Language[] = ['ko', 'en', 'ja']

test('small numbers are said, not written, in Korean and English', () => {
  const ko = wordsIn('ko')
  assert.equal(ko.missing({ stamps: 3, reward: null }), '세 번만 더 오시면 커피 한 잔을 드려요')
  assert.equal(ko.missing({ stamps: 11, reward: null }), '11번만 더 오시면 커피 한 잔을 드려요')
  assert.equal(ko.ready({ rewards: 1, reward: null }).normalize('NFKC'), '무료 커피 한 잔이 준비됐어요')
  const en = wordsIn('en')
  assert.equal(en.missing({ stamps: 1, reward: null }), 'One more visit and a coffee is on us')
  assert.equal(en.missing({ stamps: 12, reward: 'Latte' }), '12 more visits and this is yours: Latte')
  assert.equal(en.ready({ rewards: 2, reward: null }), 'Two free coffees are ready')
})

test('nothing is left unsaid in any language, and each refusal is a sentence of its language', () => {
  const letters: Record<Language, RegExp> = { ko: /[가-힣]/, en: /[a-z]/, ja: /[ぁ-ん]/ }
  for (const language of languages) {
    const words = wordsIn(language)
    for (const [reason, sentence] of Object.entries(words.refusals)) {
      assert.match(sentence, letters[language], `${language} ${reason}`)
      assert.match(sentence, /[.。]$/, `${language} ${reason}`)
    }
    for (const text of textsOf(words)) assert.notEqual(text.trim(), '')
  }
})

test('a name that an owner gave stands in the sentence as it was given', () => {
  for (const language of languages) {
    const words = wordsIn(language)
    const reward = '아메리카노 한 잔'
    for (const sentence of [
      words.missing({ stamps: 3, reward }),
      words.promise({ goal: 10, reward }),
      words.ready({ rewards: 2, reward }),
      words.ask(reward),
      words.useReward(reward),
    ])
      assert.ok(sentence.includes(reward), sentence)
  }
})

function textsOf(words: Words): string[] {
  const plain = Object.values(words).filter((value) => typeof value === 'string')
  const entries = Object.values(words.entries).flatMap(({ gained, lost }) => [gained, lost])
  return [...plain, ...entries, ...Object.values(words.themes)]
}
