import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../cli/seed/seeded-random.ts'
import { type CookieUse, cookieDayOf, isCopyNoticed, judgeCookie } from './cookie-use.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const boundAtMs = Date.UTC(2026, 2, 2, 1, 0)
const fresh: CookieUse = { createdAtMs: boundAtMs, dayMs: null, seenAtMs: null }

/** The server's side, as store and pages do it. */
function seenBy(use: CookieUse, issuedAtMs: number, nowMs: number): CookieUse {
  const verdict = judgeCookie(use, { issuedAtMs, nowMs })
  if (verdict === 'newer') return { ...use, dayMs: cookieDayOf(issuedAtMs), seenAtMs: nowMs }
  return verdict === 'copy' ? { ...use, dayMs: null, seenAtMs: nowMs } : use
}

test('a cookie is of its day, and on the first day there is nothing to remember', () => {
  assert.equal(cookieDayOf(boundAtMs), Date.UTC(2026, 2, 2))
  assert.equal(judgeCookie(fresh, { issuedAtMs: cookieDayOf(boundAtMs), nowMs: boundAtMs }), 'usual')
})

test('an older one, more than a minute after the newer one was first used, is a copy, and noticed once', () => {
  const nowMs = boundAtMs + DAY_MS
  const rolled = seenBy(fresh, nowMs, nowMs)
  assert.equal(rolled.dayMs, Date.UTC(2026, 2, 3))
  const old = { issuedAtMs: boundAtMs }
  assert.equal(judgeCookie(rolled, { ...old, nowMs: nowMs + MINUTE_MS }), 'usual')
  assert.equal(judgeCookie(rolled, { ...old, nowMs: nowMs + MINUTE_MS + 1 }), 'copy')
  const noticed = seenBy(rolled, boundAtMs, nowMs + 2 * MINUTE_MS)
  assert.equal(isCopyNoticed(noticed), true)
  assert.equal(judgeCookie(noticed, { ...old, nowMs: nowMs + 3 * MINUTE_MS }), 'usual')
  assert.equal(judgeCookie(noticed, { issuedAtMs: nowMs, nowMs: nowMs + 3 * MINUTE_MS }), 'usual')
})

test('of a thousand commuters, with lost answers and several tabs, nobody is taken for a copy', () => {
  const seed = 20260302
  const random = seededRandom(seed)
  for (let commuter = 0; commuter < 1_000; commuter++) {
    let use = fresh
    let nowMs = boundAtMs
    let jar = cookieDayOf(boundAtMs)
    for (let visit = 0; visit < 40; visit++) {
      nowMs += random.whole(1, 3 * DAY_MS)
      const tabs = random.whole(1, 4)
      const sent = Array.from({ length: tabs }, () => ({ cookie: jar, atMs: nowMs + random.whole(0, 9_000) }))
      for (const { cookie, atMs } of sent.sort((one, other) => one.atMs - other.atMs)) {
        use = seenBy(use, cookie, atMs)
        assert.equal(isCopyNoticed(use), false, `seed ${seed}, commuter ${commuter}, visit ${visit}`)
        const isLost = random.whole(1, 100) <= 20
        if (!isLost) jar = Math.max(jar, cookieDayOf(atMs))
        nowMs = Math.max(nowMs, atMs)
      }
    }
  }
})
