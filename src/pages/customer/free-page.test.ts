import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CardShown } from '../../ui/card.ts'
import type { Frame } from '../../ui/frame.ts'
import { type Free, freePage } from './free-page.ts'

const nowMs = Date.parse('2026-11-23T05:02:00Z')

const frame: Frame = {
  language: 'ko',
  theme: 'auto',
  cafe: { name: '온기 커피', timeZone: 'Asia/Seoul' },
  isTrial: false,
  nowMs,
  path: '/cafe/free/',
  hrefs: {
    home: '/',
    card: '/cafe/',
    free: '/cafe/free/',
    forget: '/cafe/forget/',
    preferences: '/cafe/preferences/',
  },
  forms: { csrfToken: () => 'token', keyFor: () => 'key' },
  maskedPhone: '010-••••-5678',
}

const card: CardShown = {
  stamps: 10,
  goal: 10,
  rewards: 1,
  isProven: false,
  usedElsewhere: 0,
  rewardName: null,
  lastStampAtMs: nowMs,
  lines: [],
}

const coffee = { id: 'free-coffee', name: null, cost: 10, isReady: true }
const muffin = { id: 'muffin', name: '"><script>머핀', cost: 8, isReady: true }
const ticket = { state: 'live', atMs: nowMs - 23_000, expiresAtMs: nowMs + 97_000, rewardName: null } as const

function page(more: Partial<Free> = {}): string {
  return freePage(frame, { card, rewards: [coffee], ticket: null, refusal: null, ...more })
}

test('too few stamps: how many are missing, and no form that would be refused', () => {
  const text = page({ card: { ...card, stamps: 6, rewards: 0 }, rewards: [{ ...coffee, isReady: false }] })
  assert.ok(text.includes('네 번만 더 오시면'))
  assert.match(text, /id="card"[^>]* data-stamps="6" data-goal="10" data-rewards="0"/)
  assert.doesNotMatch(text, /id="reward"/)
})

test('one ready reward is asked about in one form, and can wait', () => {
  const text = page()
  assert.ok(text.includes('무료 커피를 지금 쓸까요?'))
  assert.match(text, /<form method="post" action="\/cafe\/free\/" id="reward">/)
  assert.match(text, /<input type="hidden" name="reward" value="free-coffee">/)
  assert.ok(text.includes('바리스타 앞에서 눌러 주세요'))
})

test('several ready rewards are choices in the one form, those not ready are not offered', () => {
  const text = page({ rewards: [coffee, muffin, { ...coffee, id: 'cake', isReady: false }] })
  assert.equal(text.match(/id="reward"/g)?.length, 1)
  assert.equal(text.match(/type="radio" name="reward"/g)?.length, 2)
  assert.doesNotMatch(text, /<script>머핀|value="cake"/)
})

test('a live ticket counts down by the server’s clock and ends without a script too', () => {
  const text = page({ ticket, rewards: [] })
  assert.match(text, /<section id="ticket" data-state="live" data-left-ms="97000">/)
  assert.match(text, /<noscript><meta http-equiv="refresh" content="98"><\/noscript>/)
  assert.match(text, /dur="97s"/)
  assert.match(text, /<p class="used" hidden>사용됨 14:01<\/p>/)
})

test('a used ticket says when, and does not move', () => {
  const text = page({ ticket: { ...ticket, state: 'used' }, rewards: [] })
  assert.match(text, /<section id="ticket" data-state="used">/)
  assert.match(text, /<p class="used">사용됨 14:01<\/p>/)
  assert.doesNotMatch(text, /<animate|http-equiv="refresh"/)
})

test('what else is ready is offered below the ticket', () => {
  const text = page({ ticket })
  assert.ok(text.indexOf('id="ticket"') < text.indexOf('id="reward"'))
  assert.equal(text.match(/<h1/g)?.length, 1)
})

test('a refusal says its reason', () => {
  assert.match(page({ refusal: { reason: 'not-enough' } }), /role="alert" data-reason="not-enough"/)
})
