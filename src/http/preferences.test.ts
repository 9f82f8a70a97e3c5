import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cookiePairs } from './cookie.ts'
import { createPreferences, LANGUAGES, negotiateLanguage, THEMES } from './preferences.ts'

const { languageCookie, themeCookie } = createPreferences({ secure: false })

test('language and theme are plain cookies of 400 days that page scripts may read', () => {
  assert.equal(languageCookie.write('ko'), 'language=ko; Max-Age=34560000; Path=/; SameSite=Lax')
  assert.equal(
    createPreferences({ secure: true }).themeCookie.write('dark'),
    'theme=dark; Max-Age=34560000; Path=/; Secure; SameSite=Lax',
  )
})

test('each wish is read as it was written, and nothing else is', () => {
  for (const language of LANGUAGES)
    assert.equal(languageCookie.read(cookiePairs(`language=${language}`)), language)
  for (const theme of THEMES) assert.equal(themeCookie.read(cookiePairs(`theme=${theme}`)), theme)
  for (const bad of ['', 'KO', 'ko ko', 'fr', 'constructor', '"ko"', 'ko<script>'])
    assert.equal(languageCookie.read(cookiePairs(`language=${bad}`)), null, bad)
  assert.equal(languageCookie.read(cookiePairs('language=ko; language=en')), null)
})

const negotiate = (header: string | null) => negotiateLanguage(header, LANGUAGES, 'ko')

test('the language with the highest weight is taken, among equals the first named', () => {
  const cases = [
    [null, 'ko'],
    ['', 'ko'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['fr, ja;q=0.8, en;q=0.9', 'en'],
    ['ja, en', 'ja'],
    ['en;q=0.5,ja;q=0.5', 'en'],
    ['EN-us', 'en'],
    ['fr', 'ko'],
    ['*', 'ko'],
    ['fr, *;q=0.1', 'ko'],
    ['en;q=0', 'ko'],
    ['en;q=0, ja;q=0.001', 'ja'],
    ['enx', 'ko'],
    ['en ; q=0.1 , ja ; Q=0.2', 'ja'],
  ] as const
  for (const [header, language] of cases) assert.equal(negotiate(header), language, String(header))
})

test('a weight that cannot be read counts for nothing', () => {
  for (const weight of ['q=2', 'q=-1', 'q=x', 'q=', 'q=1e1', 'q=0.1234', 'q=NaN', 'q=Infinity'])
    assert.equal(negotiate(`en;${weight}`), 'ko', weight)
})

test('no header makes it throw, and the answer is always a language of ours', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('en', 'ja', ',', ';', 'q=', '0.5', '-', '*', ' ', '\0', '도') }),
      (header) => {
        assert.ok((LANGUAGES as readonly string[]).includes(negotiate(header)))
      },
    ),
  )
})
