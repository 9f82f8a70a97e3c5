import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { counterCode, judgeCode, STEP_MS, stepOf } from './counter-code.ts'

const key = Buffer.alloc(32, 7)
const now = Date.UTC(2026, 0, 5, 3, 0, 10)
const branchIds = ['b1', 'b2', 'b3']

describe('the code on the counter’s screen', () => {
  it('is six digits, another each half minute, and another in each café, branch and under each key', () => {
    const step = stepOf(now)
    const codes = [
      counterCode(key, { cafeId: 1, branchId: 'b1', step }),
      counterCode(key, { cafeId: 1, branchId: 'b1', step: step + 1 }),
      counterCode(key, { cafeId: 1, branchId: 'b2', step }),
      counterCode(key, { cafeId: 2, branchId: 'b1', step }),
      counterCode(Buffer.alloc(32, 8), { cafeId: 1, branchId: 'b1', step }),
    ]
    for (const code of codes) assert.match(code, /^\d{6}$/)
    assert.equal(new Set(codes).size, codes.length)
    assert.equal(codes[0], counterCode(key, { cafeId: 1, branchId: 'b1', step }))
  })

  it('stands for all of its half minute', () => {
    const start = stepOf(now) * STEP_MS
    assert.equal(stepOf(start), stepOf(start + STEP_MS - 1))
    assert.equal(stepOf(start + STEP_MS), stepOf(start) + 1)
  })

  it('is no digit more often than another', () => {
    const counts = new Map<string, number>()
    const codes = 20_000
    for (let step = 0; step < codes; step += 1)
      for (const [place, digit] of [...counterCode(key, { cafeId: 1, branchId: 'b1', step })].entries())
        counts.set(`${place}:${digit}`, (counts.get(`${place}:${digit}`) ?? 0) + 1)
    assert.equal(counts.size, 60)
    const even = codes / 10
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - even) ** 2 / even, 0)
    assert.ok(chiSquare < 100, `54 degrees of freedom, and χ² is ${chiSquare}`) // p < 0.0002; the codes are fixed, so it never flickers
  })
})

describe('a code that a customer brings', () => {
  const shownAt = (atMs: number, branchId = 'b2') =>
    counterCode(key, { cafeId: 1, branchId, step: stepOf(atMs) })
  const judge = (code: string, nowMs = now) => judgeCode(key, { cafeId: 1, branchIds, code, nowMs })

  it('is right in its own half minute and the next, whichever counter showed it', () => {
    for (const branchId of branchIds) {
      const code = shownAt(now, branchId)
      assert.deepEqual(judge(code), { ok: true, step: stepOf(now) })
      assert.deepEqual(judge(code, now + STEP_MS), { ok: true, step: stepOf(now) })
    }
  })

  it('is too old a minute later, wherever in its half minute it was seen', () => {
    const start = stepOf(now) * STEP_MS
    for (const seen of [start, start + 1, start + STEP_MS - 1])
      assert.deepEqual(judge(shownAt(seen), seen + 61_000), { ok: false, reason: 'code-expired' })
    assert.deepEqual(judge(shownAt(start), start + 10 * 60_000), { ok: false, reason: 'code-expired' })
  })

  it('is wrong when no counter has shown it for ten minutes, or will show it next', () => {
    assert.deepEqual(judge(shownAt(now - 11 * 60_000)), { ok: false, reason: 'code-wrong' })
    assert.deepEqual(judge(shownAt(now + STEP_MS)), { ok: false, reason: 'code-wrong' })
    assert.deepEqual(judge(shownAt(now, 'elsewhere')), { ok: false, reason: 'code-wrong' })
    const rivals = counterCode(key, { cafeId: 2, branchId: 'b1', step: stepOf(now) })
    assert.deepEqual(judge(rivals), { ok: false, reason: 'code-wrong' })
  })

  it('is wrong when it is no code at all', () => {
    const code = shownAt(now)
    for (const text of [
      '',
      '12345',
      `${code}0`,
      ` ${code}`,
      `${code}\n`,
      '１２３４５６',
      'no code',
      '-12345',
      'null',
    ])
      assert.deepEqual(judge(text), { ok: false, reason: 'code-wrong' }, JSON.stringify(text))
  })

  it('guessed is right about twice in a million times for each branch', () => {
    let right = 0
    for (let guess = 0; guess < 1_000_000; guess += 1000)
      if (judge(String(guess).padStart(6, '0')).ok) right += 1
    assert.ok(right <= 3)
  })
})
