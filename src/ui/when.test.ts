import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockIn, dayOrTime, exactTime } from './when.ts'
import { wordsIn } from './words/words.ts'

const inSeoul = {
  words: wordsIn('ko'),
  timeZone: 'Asia/Seoul',
  nowMs: Date.parse('2026-01-01T00:30:00+09:00'),
}

test('today is told by the clock on the café’s wall, not the server’s', () => {
  assert.equal(dayOrTime(clockIn(inSeoul), Date.parse('2025-12-31T15:05:00Z')), '오늘 00:05')
  assert.equal(
    dayOrTime(clockIn({ ...inSeoul, timeZone: 'UTC' }), Date.parse('2025-12-31T15:05:00Z')),
    '오늘 15:05',
  )
})

test('another day of this year needs no year, another year does', () => {
  const inJune = { ...inSeoul, nowMs: Date.parse('2026-06-09T12:00:00+09:00') }
  assert.equal(dayOrTime(clockIn(inJune), Date.parse('2026-02-03T12:00:00+09:00')), '2월 3일')
  assert.equal(dayOrTime(clockIn(inJune), Date.parse('2025-11-20T12:00:00+09:00')), '2025년 11월 20일')
  assert.equal(
    dayOrTime(clockIn({ ...inJune, words: wordsIn('en') }), Date.parse('2025-11-20T12:00:00+09:00')),
    '20 Nov 2025',
  )
  assert.equal(
    dayOrTime(clockIn({ ...inJune, words: wordsIn('ja') }), Date.parse('2026-02-03T12:00:00+09:00')),
    '2月3日',
  )
})

test('a ticket always tells the time', () => {
  assert.equal(exactTime(clockIn(inSeoul), Date.parse('2026-01-01T00:05:00+09:00')), '00:05')
  assert.equal(exactTime(clockIn(inSeoul), Date.parse('2025-12-31T23:59:00+09:00')), '2025년 12월 31일 23:59')
})
