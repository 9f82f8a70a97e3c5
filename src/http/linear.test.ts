import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookie, cookiePairs, parseCookies, serializeCookie } from './cookie.ts'
import { checkOrigin, createCsrf } from './csrf.ts'
import { unquotePython } from './django-text.ts'
import { readForm } from './form.ts'
import { hostCheck } from './host.ts'
import { negotiateLanguage } from './preferences.ts'
import { encodeLocation, safeNext } from './response.ts'
import { createSigner } from './signing.ts'

// Four times the input may cost four times the work; quadratic work costs sixteen times. Both are measured in turn,
// in this thread's own time and as the best of several tries: no clock on the wall decides anything.
const SMALL = 25_000
const GROWTH = 4
const RATIO_MAX = 10 // between the 4 of linear work and the 16 of quadratic
const TRIES = 5
const MEASURED_MAX = 3 // a collector's pause may spoil one measurement, quadratic work spoils all
const WORTH_MEASURING_MS = 0.5 // under that, only the clock's own coarseness would be compared

const pieces = [
  ';',
  '=',
  ' ',
  '\t',
  '"',
  '\\',
  '%',
  ',',
  '; ',
  'a=',
  '=;',
  'a=b;',
  ' =',
  '%41',
  '%E0%A4',
  '\xff',
  '\\073',
  '"\\',
  'a;q=',
  '&',
  '/',
  ':',
  '.',
  '-',
  '\u2000',
  '\0',
]

const signer = createSigner({ secret: 'k', salt: 's' })
const csrf = createCsrf({ secret: 'k', secure: false })
const plain = cookie('a', { parse: (text) => text, format: String })
const isOurs = hostCheck({ publicUrl: new URL('https://cafe.example') })
const formOf = (body: string) =>
  new Request('http://localhost/', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' },
  })

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  parseCookies: (text) => parseCookies(text),
  'parseCookies, an equals sign at the very end': (text) => parseCookies(`${text}a=`),
  'a declared cookie': (text) => plain.read(cookiePairs(text)),
  serializeCookie: (text) => attempt(() => serializeCookie('a', text)),
  'a cookie name': (text) => attempt(() => serializeCookie(text, '')),
  'a cookie path': (text) => attempt(() => serializeCookie('a', '', { path: `/${text}` })),
  'a cookie domain': (text) => attempt(() => serializeCookie('a', '', { domain: text })),
  unsign: (text) => signer.unsign(text),
  'the CSRF cookie': (text) => csrf.open([['csrf', text]]).id,
  'a CSRF token': (text) => csrf.open([]).verify(text),
  Origin: (text) =>
    checkOrigin(
      { method: 'POST', origin: `https://${text}`, referer: null, secFetchSite: null },
      { ownOrigin: 'https://cafe.example' },
    ),
  Referer: (text) =>
    checkOrigin(
      { method: 'POST', origin: null, referer: `https://cafe.example/${text}`, secFetchSite: null },
      { ownOrigin: 'https://cafe.example' },
    ),
  Host: (text) => isOurs(text),
  'Accept-Language': (text) => negotiateLanguage(text, ['ko', 'en'], 'ko'),
  Location: (text) => attempt(() => encodeLocation(`/${text}`)),
  next: (text) => safeNext(`/${text}`, '/'),
  'a form': (text) => readForm(formOf(text), { maxBytes: 1e9 }),
  'Python’s quoting': (text) => unquotePython(`"${text}"`),
}

for (const [name, read] of Object.entries(readers)) {
  test(`${name}: four times the rubbish costs four times the work, not sixteen times`, async () => {
    for (const piece of pieces) await assertLinear(read, piece)
  })
}

test('the measure tells quadratic work from linear', async () => {
  // The pattern that trims JS text in many parsers, on what it is bad at.
  const quadratic = (text: string) => `${text}x`.replace(/ +$/, '')
  await assert.rejects(assertLinear(quadratic, ' ', 3000), /times as long took/)
})

/** Fails when four times the pieces take far more than four times as long, each time that it is measured. */
async function assertLinear(read: (text: string) => unknown, piece: string, pieces = SMALL): Promise<void> {
  const small = piece.repeat(pieces)
  const large = piece.repeat(pieces * GROWTH)
  let ratio = 0
  for (let measured = 0; measured < MEASURED_MAX; measured++) {
    let [smallMs, largeMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let i = 0; i < TRIES; i++) {
      smallMs = Math.min(smallMs, await cpuMs(() => read(small)))
      largeMs = Math.min(largeMs, await cpuMs(() => read(large)))
    }
    ratio = largeMs / smallMs
    if (largeMs < WORTH_MEASURING_MS || ratio < RATIO_MAX) return
  }
  assert.fail(`${JSON.stringify(piece)}: ${GROWTH} times as long took ${ratio.toFixed(1)} times as long`)
}

/** What this thread itself worked, however busy the machine is with others. */
async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

function attempt(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
