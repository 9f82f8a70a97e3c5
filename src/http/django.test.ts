import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { parseCookies, serializeCookie } from './cookie.ts'
import { unquotePython } from './django-text.ts'
import { createCookieSigner, createSigner, signObject, unsignObject } from './signing.ts'

// Each line of standard input is a list of calls; each line of output what they gave, or the name of the exception.
const program = `
import json, sys, time
from importlib import import_module
import django
from django.conf import settings
settings.configure(SECRET_KEY='the old key é', ALLOWED_HOSTS=['*'], INSTALLED_APPS=[])
from django.core import signing
from django.http import HttpResponse, HttpRequest
from django.http.cookie import parse_cookie
from django.contrib.sessions.backends.base import SessionBase

def at(ms):
    time.time = lambda: ms / 1000

class SessionStore(SessionBase):
    pass

def cookie_signer(name, salt):
    # What 5.2.15 and later do by themselves, and Debian's has to be told.
    return signing.get_cookie_signer(salt='django.http.cookies.v2:%d:%s%s' % (len(salt), salt, name))

def set_cookie(name, value):
    response = HttpResponse()
    response.set_cookie(name, value)
    return response.cookies[name].OutputString().split(';')[0]

calls = {
    'version': lambda: django.get_version(),
    'sign': lambda key, salt, ms, value: (at(ms), signing.TimestampSigner(key=key, salt=salt).sign(value))[1],
    'unsign': lambda key, salt, ms, text, age: (at(ms), signing.TimestampSigner(key=key, salt=salt).unsign(text, max_age=age))[1],
    'sign_cookie': lambda name, salt, ms, value: (at(ms), cookie_signer(name, salt).sign(value))[1],
    'unsign_cookie': lambda name, salt, ms, text: (at(ms), cookie_signer(name, salt).unsign(text))[1],
    'dumps': lambda key, salt, ms, value, compress: (at(ms), signing.dumps(value, key=key, salt=salt, compress=compress))[1],
    'loads': lambda key, salt, ms, text: (at(ms), signing.loads(text, key=key, salt=salt, max_age=60))[1],
    'session': lambda ms, facts: (at(ms), SessionStore().encode(facts))[1],
    'cookie_session': lambda ms, facts: (at(ms), signing.dumps(facts, salt='django.contrib.sessions.backends.signed_cookies', compress=True))[1],
    'set_cookie': set_cookie,
    'parse_cookie': parse_cookie,
    'v2': lambda name, salt: signing._cookie_signer_salt(name, salt) if hasattr(signing, '_cookie_signer_salt') else None,
}
def result(call):
    try:
        return calls[call[0]](*call[1:])
    except Exception as error:
        return {'exception': type(error).__name__}
print(json.dumps([result(call) for call in json.load(sys.stdin)]))
`

/** The calls' results, or why there are none. */
function ask(python: string, calls: readonly (readonly unknown[])[]): unknown[] | string {
  const run = spawnSync(python, ['-c', program], {
    input: JSON.stringify(calls),
    encoding: 'utf8',
    timeout: 60_000,
  })
  return run.status === 0 ? JSON.parse(run.stdout) : `${run.error?.message ?? ''}${run.stderr ?? ''}`.trim()
}

function findDjango(): string | null {
  return (
    ['python3', '/usr/bin/python3'].find(
      (python) => spawnSync(python, ['-c', 'import django']).status === 0,
    ) ?? null
  )
}

/** Debian's own, where this machine is a Debian and we may. */
function installDjango(): void {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return
  console.error('Installing python3-django with apt-get (half a minute, once)…')
  const install = 'DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-django'
  const script = `${install} || { apt-get update && ${install}; }`
  // The lock under which the browser tests install, too.
  spawnSync('flock', ['/tmp/dojang-apt.lock', 'sh', '-c', script], { timeout: 100_000, stdio: 'ignore' })
}

let python = findDjango()
if (python === null) {
  installDjango()
  python = findDjango()
}
const skip =
  python === null && 'NOT TESTED AGAINST DJANGO: there is no python3-django here, and none could be installed'
const django = (...calls: readonly (readonly unknown[])[]): unknown[] => {
  const results = ask(python ?? '', calls)
  if (typeof results === 'string') throw new Error(results)
  return results
}

const key = 'the old key é'
const nowMs = 1_767_225_600_900
const clock = () => nowMs
const values = [
  '',
  '10',
  'card:7',
  'a:b:c',
  ' with space ',
  '도장 찍기',
  '😀',
  '"quoted"',
  'line\r\nbreak',
  '\0',
  'x'.repeat(5000),
  '<&;,%41=>',
]
const salts = ['claim', '도장', '😀😀', ':', 'django.core.signing']

test('Django is there, and says which', { skip }, (t) => {
  t.diagnostic(`Django ${django(['version'])[0]}`)
})

test('text signed here is the text that Django signs, and each reads the other’s', { skip }, () => {
  const cases = salts.flatMap((salt) =>
    values.map((value) => ({ salt, value, text: createSigner({ secret: key, salt, clock }).sign(value) })),
  )
  const signed = django(...cases.map(({ salt, value }) => ['sign', key, salt, nowMs, value]))
  assert.deepEqual(
    signed,
    cases.map(({ text }) => text),
  )
  const read = django(...cases.map(({ salt, text }) => ['unsign', key, salt, nowMs + 10_000, text, 60]))
  assert.deepEqual(
    read,
    cases.map(({ value }) => value),
  )
  for (const { salt, value, text } of cases) {
    const ours = createSigner({ secret: key, salt, clock }).unsign(text, { maxAgeSeconds: 60 })
    assert.deepEqual(ours.ok && ours.value, value)
  }
})

test('both judge age alike, to the second and its fraction', { skip }, () => {
  const text = createSigner({ secret: key, salt: 's', clock }).sign('x')
  const ages = [0, 0.05, 9, 9.05, 9.1, 9.15, 10, 60]
  const theirs = django(...ages.map((age) => ['unsign', key, 's', nowMs + age * 1000, text, 10]))
  const ours = ages.map((age) =>
    createSigner({ secret: key, salt: 's', clock: () => nowMs + age * 1000 }).unsign(text, {
      maxAgeSeconds: 10,
    }),
  )
  assert.deepEqual(
    ours.map((read) => (read.ok ? read.value : { exception: 'SignatureExpired' })),
    theirs,
  )
})

test('both refuse the same forgeries', { skip }, () => {
  const text = createSigner({ secret: key, salt: 's', clock }).sign('10')
  const forged = [
    text.replace('10', '11'),
    text.slice(0, -1),
    `${text}A`,
    `${text}=`,
    `${text} `,
    text.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    text.toUpperCase(),
    '',
    ':',
    '::',
    '10',
    createSigner({ secret: key, salt: 't', clock }).sign('10'),
    createSigner({ secret: 'k', salt: 's', clock }).sign('10'),
  ]
  const theirs = django(...forged.map((each) => ['unsign', key, 's', nowMs, each, 60]))
  assert.deepEqual(
    theirs,
    forged.map(() => ({ exception: 'BadSignature' })),
  )
  for (const each of forged)
    assert.equal(createSigner({ secret: key, salt: 's', clock }).unsign(each).ok, false, each)
})

test('signed cookies are read both ways', { skip }, () => {
  const cases = [
    ['coupon', ''],
    ['coupon', 'bc😀'],
    ['sessionid', '도장'],
  ].flatMap(([name = '', salt = '']) =>
    values.map((value) => ({
      name,
      salt,
      value,
      signer: createCookieSigner({ secret: key, name, salt, clock }),
    })),
  )
  const signed = django(...cases.map(({ name, salt, value }) => ['sign_cookie', name, salt, nowMs, value]))
  assert.deepEqual(
    signed,
    cases.map(({ signer, value }) => signer.sign(value)),
  )
  const read = django(
    ...cases.map(({ name, salt, value, signer }) => ['unsign_cookie', name, salt, nowMs, signer.sign(value)]),
  )
  assert.deepEqual(
    read,
    cases.map(({ value }) => value),
  )
})

test('the salt of a signed cookie is the one of Django 5.2.15 and later', { skip }, (t) => {
  const [salt] = django(['v2', 'coupon', 'bc😀'])
  if (salt === null) return t.skip(`this Django (${django(['version'])[0]}) is older than 5.2.15`)
  assert.equal(salt, 'django.http.cookies.v2:3:bc😀coupon')
})

const objects = [
  null,
  true,
  0,
  -7,
  1.5,
  '도장 😀 \x7f"\\\n/',
  [],
  {},
  { a: [1, { b: null }], '': 'empty', 도: '장' },
  ['x'.repeat(500)],
  { __proto__x: 1 },
]

test('signed objects are the same bytes, plain, and read both ways, compressed too', { skip }, () => {
  const options = { secret: key, salt: 'django.core.signing', clock }
  const plain = django(...objects.map((value) => ['dumps', key, options.salt, nowMs, value, false]))
  assert.deepEqual(
    plain,
    objects.map((value) => signObject(value, options)),
  )
  const packed = django(...objects.map((value) => ['dumps', key, options.salt, nowMs, value, true]))
  assert.ok(packed.some((text) => String(text).startsWith('.')))
  for (const [i, text] of [...plain, ...packed].entries()) {
    const read = unsignObject(String(text), options)
    assert.deepEqual(read.ok && read.value, objects[i % objects.length])
  }
  const ours = objects.flatMap((value) => [
    signObject(value, options),
    signObject(value, { ...options, compress: true }),
  ])
  const read = django(...ours.map((text) => ['loads', key, options.salt, nowMs, text]))
  assert.deepEqual(
    read,
    objects.flatMap((value) => [value, value]),
  )
})

test('the data of a Django session can be read, from its table and from its signed cookie', { skip }, () => {
  const facts = { _auth_user_id: '7', cart: ['latte', '도장'], note: 'x'.repeat(300) }
  const texts = django(['session', nowMs, facts], ['cookie_session', nowMs, facts])
  const salts = ['django.contrib.sessions.SessionStore', 'django.contrib.sessions.backends.signed_cookies']
  for (const [i, salt] of salts.entries()) {
    const read = unsignObject(String(texts[i]), { secret: key, salt, clock })
    assert.deepEqual(read.ok && read.value, facts)
  }
})

test('a cookie that Django wrote is read, once its quotes are undone', { skip }, () => {
  const latin = values.filter((value) => !/[^\0-\xff]/.test(value) && !value.includes('%'))
  const pairs = django(...latin.map((value) => ['set_cookie', 'c', value]))
  assert.deepEqual(
    pairs.map((pair) => unquotePython(parseCookies(String(pair)).get('c') ?? '')),
    latin,
  )
})

test('a signed value of plain characters is read by Django from the line that we write', { skip }, () => {
  const text = createCookieSigner({ secret: key, name: 'c', clock }).sign('card.7-x')
  const header = serializeCookie('c', text).split(';')[0]
  assert.deepEqual(django(['parse_cookie', header]), [{ c: text }])
})

test('headers without quotes, escapes or repeats are read as Django reads them', { skip }, () => {
  const headers = [
    '',
    'a=1',
    'a=1; b=2',
    'a=b=c; d==',
    ' a = 1 ;\tb\t=\t2 ',
    'a=1;;; ;b=2',
    '$Version=1; Path=/; a=1',
    'A=1; a=2',
    'a=1, b=2',
    'a=+; b=x y',
    '__proto__=1; constructor=2',
    'a=100%',
  ]
  const theirs = django(...headers.map((header) => ['parse_cookie', header]))
  assert.deepEqual(
    headers.map((header) => Object.fromEntries(parseCookies(header))),
    theirs,
  )
})

test('Python’s quoting is undone, and only that', () => {
  const cases = [
    ['"a\\073b"', 'a;b'],
    ['"\\"\\\\"', '"\\'],
    ['"\\351"', 'é'],
    ['"\\999"', '999'],
    ['plain', 'plain'],
    ['"', '"'],
    ['""', ''],
    ['"open', '"open'],
    ['"end\\"', 'end\\'],
  ] as const
  for (const [given, undone] of cases) assert.equal(unquotePython(given), undone)
})
