// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the samples are code in strings
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBreaches } from './house-rules.ts'
import { scan } from './house-rules-scan.ts'

/** What is found in a sound little tree after these files are put into it. */
function breachesWith(files: Record<string, string>, routes: Record<string, string> = {}): string[] {
  const sound = {
    'src/main.ts': "import { createApp } from './app.ts'\nexport const app = createApp()\n",
    'src/app.ts': "import { card } from './pages/card.ts'\nexport const createApp = () => card\n",
    'src/routes.ts': "export const routes = { card: route('/:cafe/') }\n",
    'src/config.ts': 'export const port = process.env.PORT\n',
    'src/pages/card.ts': [
      "import { stampCard } from '../commands/stamp-card.ts'",
      "import { readCard } from '../store/cards.ts'",
      "import { layout } from '../ui/layout.ts'",
      "import { routes } from '../routes.ts'",
      'export const card = [stampCard, readCard, layout, routes.card]\n',
    ].join('\n'),
    'src/commands/stamp-card.ts':
      "import { addStamps } from '../rules/card.ts'\nexport const stampCard = addStamps\n",
    'src/rules/card.ts': 'export const addStamps = (at: number) => new Date(at)\n',
    'src/store/cards.ts':
      "import type { Card } from '../rules/card.ts'\nexport const readCard = sql`SELECT * FROM cards`\n",
    'src/ui/layout.ts':
      "import { html } from 'hono/html'\nexport const layout = html`<p>Select a café from the list</p>`\n",
    'src/http/cookie.ts':
      "import { createHmac } from 'node:crypto'\nexport const sign = createHmac('sha256', 'key')\n",
    'test/card.test.ts': "test('a card', () => get('/cafe/'))\n",
    'package-lock.json': '{ "packages": {} }',
  }
  const tree = {
    files: new Map(Object.entries({ ...sound, ...files })),
    routes: { card: '/:cafe/', ...routes },
  }
  return findBreaches({ ...tree, routes: new Map(Object.entries(tree.routes)) })
}

function assertBreach(
  files: Record<string, string>,
  expected: RegExp,
  routes: Record<string, string> = {},
): void {
  const breaches = breachesWith(files, routes)
  assert.equal(breaches.length, 1, `one breach expected, found: ${breaches.join('\n')}`)
  assert.match(breaches[0] ?? '', expected)
}

test('a sound tree has no breach', () => assert.deepEqual(breachesWith({}), []))

const arrows: [string, string][] = [
  ['src/rules/entry.ts', '../store/cards.ts'],
  ['src/rules/entry.ts', '../config.ts'],
  ['src/commands/stamp-card.ts', '../http/cookie.ts'],
  ['src/commands/stamp-card.ts', '../pages/page.ts'],
  ['src/store/entries.ts', '../commands/stamp-card.ts'],
  ['src/store/entries.ts', '../config.ts'],
  ['src/http/session.ts', '../rules/card.ts'],
  ['src/http/session.ts', '../routes.ts'],
  ['src/ui/field.ts', '../rules/card.ts'],
  ['src/ui/field.ts', '../http/cookie.ts'],
  ['src/api/operations.ts', '../pages/page.ts'],
  ['src/cli/verify.ts', '../pages/page.ts'],
  ['src/pages/form.ts', '../config.ts'],
  ['src/routes.ts', './rules/card.ts'],
  ['src/outbox/webhook.ts', '../pages/page.ts'],
  ['src/chores.ts', './pages/page.ts'],
  ['src/pages/form.ts', '../../test/world.ts'],
]
for (const [path, target] of arrows) {
  test(`${path} may not import ${target}`, () => {
    const reached = path.includes('commands') ? {} : { 'src/pages/page.ts': 'export const page = 1\n' }
    assertBreach({ ...reached, [path]: `import { x } from '${target}'\n` }, /^arrows go one way: .*:1 /)
    assertBreach({ ...reached, [path]: `import type { X } from '${target}'\n` }, /^arrows go one way: /)
    assertBreach({ ...reached, [path]: `const x = await import('${target}')\n` }, /^arrows go one way: /)
    assertBreach({ ...reached, [path]: `export { x } from '${target}'\n` }, /^arrows go one way: /)
  })
}

test('a room that nobody has placed may import nothing of ours', () => {
  assertBreach({ 'src/extras/x.ts': "import { x } from '../rules/card.ts'\n" }, /extras may not import rules/)
})

test('ui takes nothing but html from outside', () => {
  assertBreach({ 'src/ui/field.ts': "import { z } from 'zod'\n" }, /ui takes html .*zod/)
})

test('imports in a circle are found, type imports are not', () => {
  const a = "import { b } from './b.ts'\nexport const a = b\n"
  const b = "import { a } from './a.ts'\nexport const b = a\n"
  assertBreach({ 'src/rules/a.ts': a, 'src/rules/b.ts': b }, /circle: src\/rules\/a.ts → src\/rules\/b.ts → /)
  const typed = "import type { a } from './a.ts'\nexport const b = 1\n"
  assert.deepEqual(breachesWith({ 'src/rules/a.ts': a, 'src/rules/b.ts': typed }), [])
})

test('an import without its ending is found, in tests too', () => {
  assertBreach({ 'test/world.ts': "import { a } from './world'\n" }, /whole file name: test\/world.ts:1/)
})

const sqlTexts = [
  "'SELECT id FROM cards'",
  '`SELECT\n  id\nFROM cards`',
  '"INSERT INTO cards VALUES (1)"',
  "'insert or ignore into cards values (1)'.toUpperCase() + 'INSERT OR IGNORE INTO cards VALUES (1)'",
  "'UPDATE cards SET balance = 1'",
  "'DELETE FROM cards'",
  "'delete from cards'",
  "'PRAGMA synchronous = FULL'",
  "'BEGIN IMMEDIATE'",
  'sql`balance = 1`',
]
for (const text of sqlTexts) {
  test(`SQL outside the store is found: ${text.replace(/\s+/g, ' ')}`, () => {
    assertBreach(
      { 'src/pages/form.ts': `\nexport const x = ${text}\n` },
      /no SQL outside store\/: src\/pages\/form.ts:2/,
    )
  })
}

test('words about choosing and deleting are not SQL', () => {
  const text =
    "export const words = ['Select a café', 'Delete from this phone', 'Update', 'Begin', 'insert coin']\n"
  assert.deepEqual(breachesWith({ 'src/ui/words.ts': text }), [])
})

for (const text of [
  'process.env.PORT',
  'process.env',
  "process . env['X']",
  'process?.env',
  '{ env } = process',
]) {
  test(`the environment read outside config.ts is found: ${text}`, () => {
    assertBreach({ 'src/http/limits.ts': `const x = ${text}\n` }, /no process.env outside config.ts/)
  })
}

for (const text of [
  "'/cafe/'",
  '`/${cafe}/free/`',
  '\'<a href="/setup/">\'',
  'html`<form method="post" action="/x/">`',
]) {
  test(`a path outside routes.ts is found: ${text}`, () => {
    for (const path of ['src/pages/form.ts', 'src/api/operations.ts', 'src/ui/field.ts']) {
      assertBreach({ [path]: `export const x = ${text}\n` }, /no path outside routes.ts: .*:1/)
    }
  })
}

test('a slash alone, a type of content and a path in a comment are no paths', () => {
  const text =
    "// see /cafe/free/\nexport const x = ['/', 'text/html', '//', a / b / c, /^\\/cafe\\//.test('x'), '</p>']\n"
  assert.deepEqual(breachesWith({ 'src/pages/form.ts': text }), [])
})

for (const text of [
  'Date.now()',
  'new Date()',
  'new Date',
  'Temporal.Now.instant()',
  'performance.now()',
  'process.hrtime.bigint()',
  'randomUUID()',
  'crypto.randomBytes(16)',
  'crypto.getRandomValues(a)',
]) {
  test(`a clock or chance in rules/ is found: ${text}`, () => {
    assertBreach({ 'src/rules/entry.ts': `export const x = ${text}\n` }, /no clock, chance or outside world/)
  })
}

test('rules/ may not read a file', () => {
  assertBreach(
    { 'src/rules/entry.ts': "import { readFileSync } from 'node:fs'\n" },
    /rules are pure: no node:fs/,
  )
})

for (const text of [
  'Math.random()',
  'eval("1")',
  "createHash('md5')",
  "createHmac('SHA1', key)",
  'new Function("")',
]) {
  test(`weak chance, weak hash or eval is found: ${text}`, () => {
    assertBreach({ 'src/http/signing.ts': `export const x = ${text}\n` }, /no weak chance, weak hash or eval/)
  })
}

for (const path of [
  'src/store/index.ts',
  'src/http/utils.ts',
  'src/helpers/phone.ts',
  'test/helpers.ts',
  'src/http/session-manager.ts',
  'src/pages/data.ts',
]) {
  test(`a name that says nothing is found: ${path}`, () => {
    assertBreach({ [path]: 'export const x = 1\n' }, /no index.ts, no drawers/)
  })
}

test('a file of 251 lines is found, one of 250 is not, nor a long test', () => {
  assertBreach({ 'src/rules/entry.ts': 'const x = 1\n'.repeat(251) }, /entry.ts has 251 lines/)
  const files = { 'src/rules/entry.ts': 'const x = 1\n'.repeat(250), 'src/a.test.ts': 'x\n'.repeat(900) }
  assert.deepEqual(breachesWith(files), [])
})

test('a route that no test names is found; its name or a path is enough', () => {
  const free = { free: '/:cafe/free/' }
  assertBreach({}, /no test names routes.free or a path like \/:cafe\/free\//, free)
  assertBreach({ 'test/a.test.ts': '// routes.free, /cafe/free/\n' }, /no test names routes.free/, free)
  assert.deepEqual(breachesWith({ 'test/a.test.ts': 'get(routes.free.href(cafe))\n' }, free), [])
  assert.deepEqual(breachesWith({ 'src/a.test.ts': "get('/dojang/free/?x=1')\n" }, free), [])
})

test('a command that no door reaches is found; one that a reached command uses is not', () => {
  const lonely = "import { addStamps } from '../rules/card.ts'\n"
  assertBreach({ 'src/commands/void-stamp.ts': lonely }, /every command is reached by a door: .*void-stamp/)
  const files = {
    'src/commands/actor.ts': lonely,
    'src/commands/stamp-card.ts': "import { x } from './actor.ts'\n",
  }
  assert.deepEqual(breachesWith(files), [])
})

test('a registry in the lockfile or in a text is found', () => {
  assertBreach({ 'package-lock.json': '{ "resolved": "x" }' }, /no registry is named: package-lock.json/)
  assertBreach({ 'README.md': `npm install --registry https://${'registry'}.example.org` }, /README.md names/)
})

test('code, strings, comments and regular expressions are told apart', () => {
  const { code, literals } = scan(
    [
      "const a = 'it\\'s' // 'not this'",
      'const b = `x ${f({ y: `in ${1}` })} z` /* "nor this" */',
      'const c = /[/"]\\/\'/.test(d) / 2 / "end".length',
      'if (x) { y } // don’t',
    ].join('\n'),
  )
  assert.deepEqual(
    literals.map((literal) => [literal.line, literal.text]),
    [
      [1, "it\\'s"],
      [2, 'x ${} z'],
      [2, 'in ${}'],
      [3, 'end'],
    ],
  )
  assert.doesNotMatch(code, /not this|nor this|it's|don’t/)
  assert.match(code, /f\(\{ y: ` +\$\{1\}`? *\}/)
  assert.equal(code.split('\n').length, 4)
})
