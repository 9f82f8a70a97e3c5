import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parseName } from './name.ts'

it('a café or a reward is called as its owner likes, in any letters', () => {
  for (const name of ['봄 커피', 'Café “Zoë”', '喫茶ひまわり', 'قهوة', '👩‍🍳 kitchen', ''])
    assert.equal(parseName(name), name)
})

it('a name turns round nothing that stands beside it, and stays on its line', () => {
  for (const mark of ['\u202e', '\u202a', '\u2066', '\u2069', '\u2028', '\n', '\0', '\ud800'])
    assert.equal(parseName(`Bom${mark}Café`), null, JSON.stringify(mark))
})
