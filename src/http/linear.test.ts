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

// 32 times the input may cost 32 times the work; quadratic work costs 1,024 times. Both are measured in turn, each as
// the best of several tries, and again where they seem to differ: a busy machine slows both, and no time is a bound.
const SMALL = 3_125
const GROWTH = 32
const RATIO_MAX = 256 // memory for the large one alone made linear work look like 5 times itself on a busy machine
const TRIES = 5
const MEASURED_MAX = 4 // a pause may spoil one measurement, quadratic work spoils all
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
  test(`${name}: 32 times the rubbish costs no thousand times the work`, async () => {
    for (const piece of pieces) await assertLinear(read, piece)
  })
}

test('the measure tells quadratic work from linear', async () => {
  // The pattern that trims JS text in many parsers, on what it is bad at.
  const quadratic = (text: string) => `${text}x`.replace(/ +$/, '')
  await assert.rejects(assertLinear(quadratic, ' ', 300), /times as long took/)
})

/** Fails when 32 times the pieces take far more than 32 times as long, each time that it is measured. */
async function assertLinear(read: (text: string) => unknown, piece: string, pieces = SMALL): Promise<void> {
  const small = piece.repeat(pieces)
  const large = piece.repeat(pieces * GROWTH)
  let ratio = 0
  for (let measured = 0; measured < MEASURED_MAX; measured++) {
    let [smallMs, largeMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let i = 0; i < TRIES; i++) {
      smallMs = Math.min(smallMs, await msOf(() => read(small)))
      largeMs = Math.min(largeMs, await msOf(() => read(large)))
    }
    ratio = largeMs / smallMs
    if (largeMs < WORTH_MEASURING_MS || ratio < RATIO_MAX) return
  }
  assert.fail(`${JSON.stringify(piece)}: ${GROWTH} times as long took ${ratio.toFixed(1)} times as long`)
}

async function msOf(work: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

function attempt(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
