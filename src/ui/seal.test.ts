import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sealGrid } from './seal.ts'

function drawn(goal: number, stamps: number, justStamped = 0): string {
  return sealGrid({ goal, stamps, justStamped, label: 'label', rewardLabel: 'Free' }).toString()
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

test('every goal from 1 to 100 has a place for each stamp, inside the picture', () => {
  for (let goal = 1; goal <= 100; goal++) {
    const text = drawn(goal, Math.floor(goal / 2))
    const [, left, top, width, height] = (/viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(text) ?? []).map(Number)
    const places = [...text.matchAll(/translate\((\S+) (\S+?)\)/g)]
    assert.equal(places.length, goal)
    for (const [, x, y] of places) {
      assert.ok(Number(x) > Number(left) && Number(x) < Number(left) + Number(width), `goal ${goal}`)
      assert.ok(Number(y) > Number(top) && Number(y) < Number(top) + Number(height), `goal ${goal}`)
    }
  }
})

test('up to twenty seals stand in rows of five, more in rows of ten', () => {
  assert.match(drawn(20, 0), /viewBox="5 5 340 270"/)
  assert.match(drawn(21, 0), /viewBox="2.5 2.5 345 100"/)
})

test('the last place is the reward until it is pressed', () => {
  assert.equal(count(drawn(10, 9), />Free</g), 1)
  assert.equal(count(drawn(10, 10), />Free</g), 0)
})

test('only the new stamps are pressed before one’s eyes', () => {
  assert.equal(count(drawn(10, 7, 0), /class="new"/g), 0)
  assert.equal(count(drawn(10, 7, 2), /class="new"/g), 2)
})

test('no two neighbours are turned alike', () => {
  const turns = [...drawn(100, 100).matchAll(/\d\)rotate\((\S+?)\)/g)].map(([, turn]) => turn)
  assert.equal(turns.length, 100)
  for (let index = 1; index < turns.length; index++) assert.notEqual(turns[index], turns[index - 1])
})
