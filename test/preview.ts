// Every state of the customer's pages, drawn to files and photographed, so that a person can look at them.
//   node test/preview.ts [folder] [name…]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { knownCardPage, unknownCardPage } from '../src/pages/customer/card-page.ts'
import { freePage } from '../src/pages/customer/free-page.ts'
import { homePage } from '../src/pages/home-page.ts'
import type { CardShown } from '../src/ui/card.ts'
import type { Frame } from '../src/ui/frame.ts'
import { messagePage } from '../src/ui/message-page.ts'
import type { Language } from '../src/ui/words/words.ts'

const nowMs = Date.parse('2026-11-23T05:02:00Z')
const minuteMs = 60_000
const dayMs = 1440 * minuteMs

function frameOf(language: Language, more: Partial<Frame> = {}): Frame {
  return {
    language,
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
    forms: { csrfToken: () => 'A'.repeat(86), keyFor: () => crypto.randomUUID() },
    maskedPhone: '010-••••-5678',
    ...more,
  }
}

const lines: CardShown['lines'] = [
  { kind: 'stamp', stamps: 1, atMs: nowMs - 21 * minuteMs, reason: null },
  { kind: 'void', stamps: -1, atMs: nowMs - dayMs, reason: '두 번 눌렸어요' },
  { kind: 'stamp', stamps: 2, atMs: nowMs - 3 * dayMs, reason: null },
  { kind: 'redeem', stamps: -10, atMs: nowMs - 11 * dayMs, reason: null },
  { kind: 'stamp', stamps: 1, atMs: nowMs - 400 * dayMs, reason: null },
]

function cardOf(more: Partial<CardShown> = {}): CardShown {
  return {
    stamps: 7,
    goal: 10,
    rewards: 0,
    isProven: false,
    usedElsewhere: 0,
    rewardName: null,
    lastStampAtMs: nowMs - 21 * minuteMs,
    lines,
    ...more,
  }
}

const unknown = {
  goal: 10,
  rewardName: null,
  mode: 'self',
  phone: '',
  code: '',
  refusal: null,
  justForgot: false,
} as const
const known = {
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
} as const
const coffee = { id: 'free-coffee', name: null, cost: 10, isReady: true }
const live = { state: 'live', atMs: nowMs - 23_000, expiresAtMs: nowMs + 97_000, rewardName: null } as const
const used = { ...live, state: 'used' } as const
const hostile = '"><script>alert(1)</script>'.repeat(4)

const states: Record<string, (language: Language) => string> = {
  unknown: (l) => unknownCardPage(frameOf(l, { maskedPhone: null }), unknown),
  'unknown-forgot': (l) =>
    unknownCardPage(frameOf(l, { maskedPhone: null }), { ...unknown, justForgot: true }),
  'unknown-refused': (l) =>
    unknownCardPage(frameOf(l, { maskedPhone: null }), {
      ...unknown,
      phone: '010-12',
      refusal: { reason: 'phone-invalid' },
    }),
  'unknown-counter': (l) =>
    unknownCardPage(frameOf(l, { maskedPhone: null, isTrial: false }), { ...unknown, mode: 'counter' }),
  card: (l) => knownCardPage(frameOf(l), { ...known, card: cardOf() }),
  'card-stamped': (l) => knownCardPage(frameOf(l), { ...known, justStamped: 1, card: cardOf() }),
  'card-first': (l) =>
    knownCardPage(frameOf(l), {
      ...known,
      justStamped: 1,
      card: cardOf({ stamps: 1, lines: lines.slice(0, 1) }),
    }),
  'card-empty': (l) =>
    knownCardPage(frameOf(l), {
      ...known,
      card: cardOf({ stamps: 0, lines: [], lastStampAtMs: null, usedElsewhere: 3 }),
    }),
  'card-ready': (l) => knownCardPage(frameOf(l), { ...known, card: cardOf({ stamps: 23, rewards: 2 }) }),
  'card-refused': (l) =>
    knownCardPage(frameOf(l), {
      ...known,
      card: cardOf({ isProven: true }),
      refusal: { reason: 'bad-token' },
    }),
  'card-named': (l) =>
    knownCardPage(frameOf(l, { isTrial: false }), {
      ...known,
      mode: 'counter',
      letters: 'BCDFGH',
      olderHref: '/cafe/?before=1',
      card: cardOf({ goal: 12, rewardName: '아메리카노 한 잔', isProven: true }),
    }),
  'card-20': (l) => knownCardPage(frameOf(l), { ...known, card: cardOf({ goal: 20, stamps: 13 }) }),
  'card-37': (l) => knownCardPage(frameOf(l), { ...known, card: cardOf({ goal: 37, stamps: 21 }) }),
  'card-100': (l) => knownCardPage(frameOf(l), { ...known, card: cardOf({ goal: 100, stamps: 64 }) }),
  'card-3': (l) => knownCardPage(frameOf(l), { ...known, card: cardOf({ goal: 3, stamps: 1 }) }),
  'card-hostile': (l) =>
    knownCardPage(frameOf(l, { cafe: { name: hostile, timeZone: 'Asia/Seoul' } }), {
      ...known,
      card: cardOf({ rewardName: hostile, lines: lines.map((line) => ({ ...line, reason: hostile })) }),
    }),
  'free-missing': (l) =>
    freePage(frameOf(l), {
      card: cardOf(),
      rewards: [{ ...coffee, isReady: false }],
      ticket: null,
      refusal: null,
    }),
  'free-ask': (l) =>
    freePage(frameOf(l), {
      card: cardOf({ stamps: 10, rewards: 1 }),
      rewards: [coffee],
      ticket: null,
      refusal: null,
    }),
  'free-choose': (l) =>
    freePage(frameOf(l), {
      card: cardOf({ stamps: 16, rewards: 1 }),
      rewards: [coffee, { id: 'muffin', name: '블루베리 머핀', cost: 15, isReady: true }],
      ticket: null,
      refusal: { reason: 'reward-unknown' },
    }),
  'ticket-live': (l) =>
    freePage(frameOf(l), { card: cardOf({ stamps: 2 }), rewards: [], ticket: live, refusal: null }),
  'ticket-more': (l) =>
    freePage(frameOf(l), {
      card: cardOf({ stamps: 12, rewards: 1 }),
      rewards: [coffee],
      ticket: live,
      refusal: null,
    }),
  'ticket-used': (l) =>
    freePage(frameOf(l), { card: cardOf({ stamps: 2 }), rewards: [], ticket: used, refusal: null }),
  'not-found': (l) =>
    messagePage(frameOf(l, { cafe: null, maskedPhone: null, isTrial: false }), { reason: 'not-found' }),
  bug: (l) => messagePage(frameOf(l), { reason: 'bug' }),
  home: (l) =>
    homePage(frameOf(l, { cafe: null, maskedPhone: null, isTrial: false }), [
      { name: '온기 커피', href: '/ongi/' },
      { name: hostile, href: '/hostile/' },
    ]),
}

const views = {
  phone: { width: 390, height: 844, colorScheme: 'light' },
  dark: { width: 390, height: 844, colorScheme: 'dark' },
  narrow: { width: 320, height: 568, colorScheme: 'light' },
  desk: { width: 1280, height: 800, colorScheme: 'light' },
  'desk-dark': { width: 1280, height: 800, colorScheme: 'dark' },
} as const

const folder = process.argv[2] ?? '/tmp/preview'
const wanted = process.argv.slice(3)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
mkdirSync(folder, { recursive: true })
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags })
let problems = 0

for (const [name, render] of Object.entries(states)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  await Promise.all(
    (['ko', 'en', 'ja'] as const).map((language) => photograph(name, language, render(language))),
  )
}
await browser.close()
console.log(problems === 0 ? 'axe: 0 violations, nothing wider than its window' : `${problems} problems`)
process.exitCode = problems === 0 ? 0 : 1

async function photograph(name: string, language: Language, text: string): Promise<void> {
  const file = `${folder}/${name}-${language}.html`
  writeFileSync(file, text)
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  await page.goto(pathToFileURL(file).href)
  if (name === 'card-refused') await page.locator('summary').click()
  for (const [view, { colorScheme, ...viewport }] of Object.entries(views)) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    problems += await examine(page, `${name} ${language} ${view}`)
    await page.screenshot({ path: `${folder}/${name}-${language}-${view}.png`, fullPage: true })
  }
  await page.close()
}

async function examine(page: Page, title: string): Promise<number> {
  await page.evaluate(axe)
  const found: string[] = await page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((n) => n.html.slice(0, 120) + ' ' + n.failureSummary).join(' | ')))`,
  )
  const isTooWide: boolean = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
  if (isTooWide) found.push('scrolls sideways')
  for (const problem of found) console.log(`${title} · ${problem}`)
  return found.length
}
