// What a real Chromium makes of the state kit's cookies and tokens: stored, sent back, hidden, dropped, refused.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { createServer as createPlainServer } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { cookie, cookiePairs, expireCookie, parseCookies, serializeCookie } from '../../src/http/cookie.ts'
import { checkOrigin, createCsrf } from '../../src/http/csrf.ts'
import { createFlash } from '../../src/http/flash.ts'
import { createPreferences } from '../../src/http/preferences.ts'
import { createSessions } from '../../src/http/session.ts'
import { createMemorySessionStore } from '../../src/http/session-store.ts'
import { launchChromium } from './chromium.ts'

/** A certificate for this run alone: `__Host-` and Fetch metadata want https. */
function makeCertificate(): { key: Buffer; cert: Buffer } | null {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-kit-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const curve = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-subj',
    '/CN=localhost',
  ]
  const made = spawnSync('openssl', ['req', '-x509', ...curve, '-days', '2', '-keyout', key, '-out', cert])
  const files = made.status === 0 ? { key: readFileSync(key), cert: readFileSync(cert) } : null
  rmSync(folder, { recursive: true })
  return files
}

const certificate = makeCertificate()
const skip = certificate === null && 'NOT TESTED IN CHROMIUM: openssl is not here to make a certificate'

type Answer = { setCookies?: readonly string[]; html?: string; headers?: Record<string, string> }
/** What the server answers next, by path; and what it was last asked there. */
const answers = new Map<string, Answer>()
const asked = new Map<string, IncomingMessage & { body?: string }>()
const server = createServer(certificate ?? {}, async (request, response) => {
  const path = request.url?.split('?')[0] ?? ''
  let body = ''
  for await (const chunk of request) body += chunk
  asked.set(path, Object.assign(request, { body }))
  const { setCookies = [], html = '<p>도장</p>', headers = {} } = answers.get(path) ?? {}
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
    'set-cookie': [...setCookies],
  })
  response.end(`<!doctype html><title>kit</title>${html}`)
})

let browser: Browser
let context: BrowserContext
let page: Page
let own = ''
let foreign = ''

before(async () => {
  if (certificate === null) return
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  own = `https://localhost:${port}`
  foreign = `https://127.0.0.1:${port}` // to a browser another site altogether
  browser = await launchChromium()
})
after(async () => {
  await browser?.close()
  server.close().closeAllConnections()
})

/** A browser that knows nothing yet. */
async function freshBrowser() {
  await context?.close()
  context = await browser.newContext({ ignoreHTTPSErrors: true })
  page = await context.newPage()
}

/** Lets the browser have these lines, and gives the Cookie header that it sends afterwards. */
async function exchange(...setCookies: string[]): Promise<string | undefined> {
  answers.set('/set', { setCookies })
  await page.goto(`${own}/set`)
  await page.goto(`${own}/get`)
  return asked.get('/get')?.headers.cookie
}

test('any text comes back from a real browser as it went in', { skip }, async () => {
  await freshBrowser()
  const values = [
    '',
    'plain',
    '도장 찍기',
    '😀',
    '"quoted"',
    'a;b,c\\d',
    ' spaced ',
    '100%',
    '%41',
    'a=b=c',
    'line\r\nbreak',
    '\0',
    'card:7:1vb66i:x_-',
    '{"a":[1]}',
  ]
  const header = await exchange(...values.map((value, i) => serializeCookie(`c${i}`, value)))
  const cookies = parseCookies(header)
  assert.deepEqual(
    values.map((_, i) => cookies.get(`c${i}`)),
    values,
  )
})

test('each attribute is stored as it is meant', { skip }, async () => {
  await freshBrowser()
  await exchange(
    serializeCookie('plain', '1'),
    serializeCookie('strict', '1', {
      sameSite: 'Strict',
      httpOnly: true,
      secure: true,
      path: '/get',
      maxAgeSeconds: 3600,
    }),
    serializeCookie('none', '1', {
      sameSite: 'None',
      secure: true,
      expires: new Date(Date.now() + 7_200_000),
    }),
    serializeCookie('wide', '1', { domain: 'localhost' }),
    serializeCookie('__Host-whole', '1', { secure: true }),
    serializeCookie('__Secure-s', '1', { secure: true, priority: 'High' }),
    serializeCookie('__Host-Http-h', '1', { secure: true, httpOnly: true }),
  )
  const stored = new Map((await context.cookies(`${own}/get`)).map((each) => [each.name, each]))
  const shape = (name: string) => {
    const { path, secure, httpOnly, sameSite, expires = 0 } = stored.get(name) ?? {}
    return {
      path,
      secure,
      httpOnly,
      sameSite,
      minutes: expires < 0 ? 'session' : Math.round((expires - Date.now() / 1000) / 60),
    }
  }
  assert.deepEqual(shape('plain'), {
    path: '/',
    secure: false,
    httpOnly: false,
    sameSite: 'Lax',
    minutes: 'session',
  })
  assert.deepEqual(shape('strict'), {
    path: '/get',
    secure: true,
    httpOnly: true,
    sameSite: 'Strict',
    minutes: 60,
  })
  assert.deepEqual(shape('none'), {
    path: '/',
    secure: true,
    httpOnly: false,
    sameSite: 'None',
    minutes: 120,
  })
  assert.deepEqual(shape('__Host-whole'), {
    path: '/',
    secure: true,
    httpOnly: false,
    sameSite: 'Lax',
    minutes: 'session',
  })
  assert.equal(shape('__Secure-s').secure, true)
  assert.deepEqual([shape('__Host-Http-h').secure, shape('__Host-Http-h').httpOnly], [true, true])
})

test('what the kit refuses to write, the browser would have dropped without a word', { skip }, async () => {
  await freshBrowser()
  const dropped = [
    '__Host-a=1; Path=/',
    '__Host-b=1; Secure',
    '__Host-c=1; Secure; Path=/; Domain=localhost',
    '__host-d=1; Path=/',
    '__Secure-e=1; Path=/',
    'f=1; SameSite=None; Path=/',
    'g=1; Partitioned; Path=/',
    `h=${'x'.repeat(4096)}; Path=/`,
  ]
  assert.equal(await exchange(...dropped, serializeCookie('kept', 'yes')), 'kept=yes')
  for (const name of ['__Host-a', '__host-d', '__Secure-e']) assert.throws(() => serializeCookie(name, '1'))
  assert.throws(() => serializeCookie('h', 'x'.repeat(4096)))
  assert.throws(() => serializeCookie('f', '1', { sameSite: 'None' }))
})

test('4096 octets of name and value are kept whole', { skip }, async () => {
  await freshBrowser()
  const value = 'x'.repeat(4095)
  assert.equal(await exchange(serializeCookie('h', value)), `h=${value}`)
})

test('400 days is the longest that a browser keeps a cookie, and what the kit asks for at most', {
  skip,
}, async () => {
  await freshBrowser()
  await exchange(serializeCookie('ours', '1', { maxAgeSeconds: 1e9 }), 'raw=1; Max-Age=1000000000; Path=/')
  for (const { name, expires } of await context.cookies(own)) {
    assert.equal(Math.round((expires - Date.now() / 1000) / 86_400), 400, name)
  }
})

test('Max-Age=0 deletes, and only under the path that the cookie was set with', { skip }, async () => {
  await freshBrowser()
  const attributes = { path: '/get', secure: true, httpOnly: true } as const
  await exchange(serializeCookie('a', '1', attributes), serializeCookie('__Host-b', '1', { secure: true }))
  assert.equal(await exchange(expireCookie('a'), expireCookie('none')), 'a=1; __Host-b=1')
  assert.equal(await exchange(expireCookie('a', attributes), expireCookie('__Host-b')), undefined)
  const again = cookie('a', { parse: (text) => text, format: String, ...attributes })
  assert.equal(await exchange(again.expire(), again.write('2')), 'a=2')
})

test('page scripts read the wishes, and nothing that says who somebody is', { skip }, async () => {
  await freshBrowser()
  const keys = { secret: 'k', secure: true }
  const { languageCookie, themeCookie } = createPreferences(keys)
  const csrf = createCsrf(keys).open([])
  csrf.token()
  const session = createSessions({
    store: createMemorySessionStore(),
    ...keys,
    idleSeconds: 60,
    absoluteSeconds: 60,
    parse: () => ({}),
  }).open([])
  await session.signIn('ana')
  const flash = createFlash({ ...keys, parse: () => ({ kind: 'x' }) })
  const lines = [
    csrf.setCookie,
    (await session.commit()).setCookie,
    flash.write({ kind: 'x' }),
    languageCookie.write('ko'),
    themeCookie.write('dark'),
  ]
  const header = await exchange(...lines.filter((line) => line !== null))
  assert.deepEqual([...parseCookies(header).keys()].sort(), [
    '__Host-csrf',
    '__Host-flash',
    '__Host-session',
    'language',
    'theme',
  ])
  assert.equal(await page.evaluate(() => document.cookie), 'language=ko; theme=dark')
  for (const line of lines) assert.ok((line ?? '').length <= 256, String(line))
})

/** A page of another site that leads here, by a link or by a form that sends itself. */
async function comeFrom(
  site: string,
  kind: 'link' | 'form',
  target: string,
  headers: Record<string, string> = {},
) {
  const html =
    kind === 'link'
      ? `<a href="${target}">go</a>`
      : `<form method="post" action="${target}"><input name="csrf_token" value="x"><button>go</button></form>`
  answers.set('/elsewhere', { html, headers })
  await page.goto(`${site}/elsewhere`)
  await Promise.all([page.waitForURL(target), page.click(kind === 'link' ? 'a' : 'button')])
}

test('SameSite: another site’s form brings neither Lax nor Strict, its link brings Lax, our own brings both', {
  skip,
}, async () => {
  await freshBrowser()
  await exchange(
    serializeCookie('lax', '1'),
    serializeCookie('strict', '1', { sameSite: 'Strict' }),
    serializeCookie('none', '1', { sameSite: 'None', secure: true }),
  )
  const brought = () => [...parseCookies(asked.get('/target')?.headers.cookie).keys()].sort()
  await comeFrom(foreign, 'form', `${own}/target`)
  assert.deepEqual(brought(), ['none'])
  await comeFrom(foreign, 'link', `${own}/target`)
  assert.deepEqual(brought(), ['lax', 'none'])
  await comeFrom(own, 'form', `${own}/target`)
  assert.deepEqual(brought(), ['lax', 'none', 'strict'])
})

const originFault = () => {
  const { headers = {}, method = '' } = asked.get('/target') ?? {}
  const [origin, referer, site] = [
    headers.origin ?? null,
    headers.referer ?? null,
    headers['sec-fetch-site']?.toString() ?? null,
  ]
  return {
    origin,
    site,
    fault: checkOrigin({ method, origin, referer, secFetchSite: site }, { ownOrigin: own }),
  }
}

test('a form of our own passes, under any Referrer-Policy; another site’s is refused by Fetch metadata', {
  skip,
}, async () => {
  await freshBrowser()
  await comeFrom(own, 'form', `${own}/target`, { 'referrer-policy': 'same-origin' })
  assert.deepEqual(originFault(), { origin: own, site: 'same-origin', fault: null })
  await comeFrom(own, 'form', `${own}/target`, { 'referrer-policy': 'no-referrer' })
  assert.deepEqual(originFault(), { origin: 'null', site: 'same-origin', fault: null })
  await comeFrom(foreign, 'form', `${own}/target`)
  assert.deepEqual(originFault(), { origin: foreign, site: 'cross-site', fault: 'fetch-metadata' })
  await comeFrom(foreign, 'form', `${own}/target`, { 'referrer-policy': 'no-referrer' })
  assert.deepEqual(originFault(), { origin: 'null', site: 'cross-site', fault: 'fetch-metadata' })
})

test('a token from our form passes with the browser’s own cookie, and with no other browser’s', {
  skip,
}, async () => {
  const csrf = createCsrf({ secret: 'k', secure: true })
  const visit = async () => {
    await freshBrowser()
    const request = csrf.open([])
    const html = `<form method="post" action="/target"><input name="csrf_token" value="${request.token()}"><button>go</button></form>`
    answers.set('/form', { html, setCookies: [request.setCookie ?? ''] })
    await page.goto(`${own}/form`)
    await Promise.all([page.waitForURL(`${own}/target`), page.click('button')])
    const { headers, body } = asked.get('/target') ?? {}
    return { pairs: cookiePairs(headers?.cookie), token: new URLSearchParams(body).get('csrf_token') }
  }
  const [ana, bo] = [await visit(), await visit()]
  assert.equal(csrf.open(ana.pairs).verify(ana.token), null)
  assert.equal(csrf.open(bo.pairs).verify(bo.token), null)
  assert.equal(csrf.open(ana.pairs).verify(bo.token), 'token')
  assert.equal(csrf.open([]).verify(ana.token), 'cookie')
})

test('a page script can neither replace nor delete an HttpOnly cookie', { skip }, async () => {
  await freshBrowser()
  await exchange(serializeCookie('__Host-id', 'real', { secure: true, httpOnly: true }))
  for (const line of [
    '__Host-id=x; Path=/get',
    '__Host-id=x; Secure; Path=/',
    '__Host-id=; Max-Age=0; Secure; Path=/',
  ]) {
    await page.evaluate((text) => Reflect.set(document, 'cookie', text), line)
  }
  await page.goto(`${own}/get`)
  assert.equal(asked.get('/get')?.headers.cookie, '__Host-id=real')
})

/** What answers for cafe.example: plain pages itself, and the way to our server for https. Browsers trust http://localhost like https. */
async function serveCafeExample(setCookies: readonly string[]) {
  const proxy = createPlainServer((request, response) => {
    response.setHeader('set-cookie', [...setCookies])
    response.end(`<body>${request.headers.cookie}`)
  })
  proxy.on('connect', (_, socket: Socket) => {
    const onward = connect((server.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    for (const end of [socket, onward]) end.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return proxy
}

test('a page without https can neither plant nor delete what is Secure, though it shares the rest', {
  skip,
}, async (t) => {
  const planted = [
    '__Host-id=x; Secure; Path=/',
    '__Host-id=; Max-Age=0; Secure; Path=/',
    '__host-b=x; Path=/',
    'kept=x; Path=/',
    'shared=changed; Path=/',
  ]
  const proxy = await serveCafeExample(planted)
  t.after(() => proxy.close().closeAllConnections())
  await context?.close()
  context = await browser.newContext({
    ignoreHTTPSErrors: true,
    proxy: { server: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` },
  })
  page = await context.newPage()
  answers.set('/set', {
    setCookies: [
      serializeCookie('__Host-id', 'real', { secure: true }),
      serializeCookie('kept', 'real', { secure: true }),
      serializeCookie('shared', 'ours'),
    ],
  })
  await page.goto('https://cafe.example/set')
  await page.goto('http://cafe.example/')
  assert.equal(await page.textContent('body'), 'shared=ours')
  await page.goto('https://cafe.example/get')
  assert.deepEqual(Object.fromEntries(parseCookies(asked.get('/get')?.headers.cookie)), {
    '__Host-id': 'real',
    kept: 'real',
    shared: 'changed',
  })
})

test('a cookie set at one port is sent to every other: ports isolate nothing', { skip }, async (t) => {
  const other = createPlainServer((request, response) => void response.end(`<body>${request.headers.cookie}`))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  t.after(() => other.close().closeAllConnections())
  await freshBrowser()
  await exchange(serializeCookie('shared', 'ours'))
  await page.goto(`http://localhost:${(other.address() as AddressInfo).port}/`)
  assert.equal(await page.textContent('body'), 'shared=ours')
})
