import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { CardShown } from '../../ui/card.ts'
import type { Frame } from '../../ui/frame.ts'
import { inlinedScripts } from '../../ui/script.ts'
import { inlinedStyles } from '../../ui/styles.ts'
import { type KnownCard, knownCardPage, type UnknownCard, unknownCardPage } from './card-page.ts'

const hostile = '"><script>alert(1)</script>\'&<img src=x onerror=alert(1)>'
const nowMs = Date.parse('2026-11-23T05:02:00Z')
let keys = 0

function frameOf(more: Partial<Frame> = {}): Frame {
  return {
    language: 'ko',
    theme: 'auto',
    cafe: { name: '온기 커피', timeZone: 'Asia/Seoul' },
    isTrial: true,
    nowMs,
    path: '/cafe/',
    hrefs: {
      home: '/',
      card: '/cafe/',
      free: '/cafe/free/',
      forget: '/cafe/forget/',
      preferences: '/cafe/preferences/',
    },
    forms: { csrfToken: () => 'token'.repeat(20), keyFor: () => `key-${keys++}`.padEnd(36, 'x') },
    maskedPhone: '010-••••-5678',
    ...more,
  }
}

const card: CardShown = {
  stamps: 7,
  goal: 10,
  rewards: 0,
  isProven: false,
  usedElsewhere: 0,
  rewardName: null,
  lastStampAtMs: nowMs,
  lines: [],
}

function known(more: Partial<KnownCard> = {}, frame = frameOf()): string {
  return knownCardPage(frame, {
    card,
    mode: 'self',
    code: '',
    letters: null,
    request: null,
    justStamped: 0,
    justClaimed: false,
    copyNoticeHref: null,
    linked: [],
    refusal: null,
    olderHref: null,
    liveHref: null,
    ...more,
  })
}

function unknown(more: Partial<UnknownCard> = {}): string {
  return unknownCardPage(frameOf({ maskedPhone: null }), {
    goal: 10,
    rewardName: null,
    mode: 'self',
    phone: '',
    code: '',
    refusal: null,
    justForgot: false,
    ...more,
  })
}

test('the card says what this browser may see of it, for people and for programs', () => {
  const page = known()
  assert.match(page, /<section id="card"[^>]* data-stamps="7" data-goal="10" data-rewards="0">/)
  assert.ok(page.includes('세 번만 더 오시면 커피 한 잔을 드려요'))
  assert.ok(page.includes('7 / 10'))
  assert.ok(page.includes('마지막 적립 오늘 14:02'))
})

test('every form is a post to an address from the root, with its own token and key', () => {
  for (const page of [known(), unknown()]) {
    const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? []
    assert.ok(forms.length >= 3)
    for (const form of forms) {
      assert.match(form, /^<form method="post" action="\/[^"]*"/)
      assert.match(form, /<input type="hidden" name="csrf_token" value="[^"]+">/)
      assert.match(form, /<input type="hidden" name="idempotency_key" value="[^"]+">/)
    }
    const pageKeys = page.match(/name="idempotency_key" value="[^"]+"/g) ?? []
    assert.equal(new Set(pageKeys).size, forms.length)
  }
})

test('a known browser has nothing to type, an unknown one only its number', () => {
  assert.match(known(), /<form [^>]*id="stamp"/)
  assert.doesNotMatch(known(), /name="phone"/)
  assert.match(unknown(), /id="stamp"[\s\S]*<input id="phone" name="phone" type="tel"/)
  assert.doesNotMatch(unknown(), /id="card"/)
})

test('where only the counter stamps, there is no button that would be refused', () => {
  for (const page of [known({ mode: 'counter', letters: 'BCDFGH' }), unknown({ mode: 'counter' })])
    assert.doesNotMatch(page, /id="stamp"/)
  assert.ok(unknown({ mode: 'counter' }).includes('카운터에서'))
  assert.match(
    known({ mode: 'counter', letters: 'BCDFGH' }),
    /id="card-code"[\s\S]*<svg class="qr"[\s\S]*BCDFGH/,
  )
})

test('a refused number stands in the field as it was typed, with the reason beside it', () => {
  const page = unknown({ phone: '010-12', refusal: { reason: 'phone-invalid' } })
  assert.match(page, /role="alert" data-reason="phone-invalid">/)
  assert.match(page, /value="010-12" aria-describedby="phone-use refusal" aria-invalid="true"/)
})

test('nothing that people typed becomes markup', () => {
  const lines: CardShown['lines'] = [{ kind: 'void', stamps: -1, atMs: nowMs, reason: hostile }]
  const pages = [
    known(
      { card: { ...card, rewardName: hostile, lines }, olderHref: hostile },
      frameOf({ cafe: { name: hostile, timeZone: 'Asia/Seoul' }, path: hostile, maskedPhone: hostile }),
    ),
    unknown({ phone: hostile, rewardName: hostile, refusal: { reason: 'phone-invalid', sentence: hostile } }),
  ]
  for (const page of pages) assert.doesNotMatch(page, /<script>alert|<img/)
})

test('the CSP can be strict: no style or event attributes, and only inlined texts that have a hash', () => {
  const page = known({ justStamped: 1 })
  const [style] = /(?<=<style>)[\s\S]*?(?=<\/style>)/.exec(page) ?? []
  assert.ok(inlinedStyles.includes(style ?? ''))
  const scripts = page.match(/(?<=<script type="module">)[\s\S]*?(?=<\/script>)/g) ?? []
  assert.equal(scripts.length, 2)
  for (const script of scripts) assert.ok(inlinedScripts.includes(script))
  const markup = page.replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
  assert.doesNotMatch(markup, /\s(style|on\w+)=/i)
})

test('a ready coffee leads to the page where it is used', () => {
  const page = known({ card: { ...card, stamps: 12, rewards: 1 } })
  assert.match(page, /<a class="main" href="\/cafe\/free\/">/)
  assert.match(page, /data-stamps="12" data-goal="10" data-rewards="1"/)
})

test('only an unproven browser is told how stamps from elsewhere appear', () => {
  const line = '다른 곳에서 모은 도장은'
  assert.ok(known().includes(line))
  assert.ok(!known({ card: { ...card, isProven: true } }).includes(line))
})

test('before it forgets, the page says that the stamps stay and how to see them again', () => {
  const [asked] = /<details[\s\S]*?<\/details>/.exec(known()) ?? ['']
  assert.ok(asked.indexOf('그대로 남아요') < asked.indexOf('action="/cafe/forget/"'))
  assert.ok(asked.includes('카운터에서 직원이 확인'))
})

test('each line of history says what happened', () => {
  const lines: CardShown['lines'] = [
    { kind: 'stamp', stamps: 2, atMs: nowMs, reason: null },
    { kind: 'redeem', stamps: -10, atMs: nowMs, reason: null },
    { kind: 'void', stamps: -1, atMs: nowMs, reason: '두 번 눌림' },
  ]
  const page = known({ card: { ...card, lines, usedElsewhere: 3 } })
  for (const text of ['적립 +2', '무료 커피 사용 −10', '적립 취소 −1', '두 번 눌림', '다른 곳에서 사용됨 −3'])
    assert.ok(page.includes(text), text)
})

test('a card with twenty lines of history travels in one small answer', () => {
  const lines = Array.from({ length: 20 }, (_, index) => ({
    kind: 'stamp' as const,
    stamps: 1,
    atMs: nowMs - index * 86_400_000,
    reason: null,
  }))
  const page = known({ card: { ...card, lines }, justStamped: 1 })
  assert.ok(Buffer.byteLength(page) < 14_000, `${Buffer.byteLength(page)} bytes`)
  assert.ok(gzipSync(page).length < 5_500, `${gzipSync(page).length} bytes compressed`)
  assert.doesNotMatch(page, /(src|href)="https?:|url\(|@import/)
})
