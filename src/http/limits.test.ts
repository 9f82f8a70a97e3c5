import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import {
  BODY_BYTES_MAX,
  guardServer,
  HEADER_LINES_MAX,
  type RenderRefusal,
  SERVER_OPTIONS,
  URL_LENGTH_MAX,
} from './limits.ts'

const reached: string[] = []
const listener: RequestListener = (request, response) => {
  reached.push(`${request.method} ${request.url}`)
  response.end('reached')
}
const render: RenderRefusal = (status, reason, language) => ({
  headers: { 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body: `<p>${status} ${reason} ${language} 도장</p>`,
})

async function serve(options: ServerOptions = SERVER_OPTIONS, handle = listener) {
  const server = guardServer(createServer(options), handle, render)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => void server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  /** Sends octets and gives back all that came until the server hung up. */
  const exchange = (octets: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(octets, 'latin1'))
      let text = ''
      socket
        .on('data', (data) => (text += data))
        .on('error', () => {})
        .on('close', () => resolve(text))
    })
  return { server, exchange }
}

const { server, exchange } = await serve()
const get = (target: string, ...lines: string[]) =>
  [`GET ${target} HTTP/1.1`, 'Host: localhost', ...lines, '\r\n'].join('\r\n')

/** Nothing of the request comes back, the connection ends, and the answer is in the application's words. */
async function assertRefused(octets: string, status: number, reason: string) {
  const before = reached.length
  const answer = await exchange(octets)
  assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), octets.slice(0, 60))
  assert.match(answer, new RegExp(`<p>${status} ${reason} .* 도장</p>$`))
  assert.match(answer, /x-content-type-options: nosniff/)
  assert.match(answer, /connection: close/i)
  assert.doesNotMatch(answer, /evil|FOO|X-Echo/)
  assert.equal(answer.match(/HTTP\/1\.1/g)?.length, 1, 'one answer, and none to what came after')
  assert.equal(reached.length, before, 'the application was not reached')
  return answer
}

test('an ordinary request goes through', async () => {
  assert.match(await exchange(get('/cafe/?x=1', 'Connection: close')), /^HTTP\/1.1 200 [\s\S]*reached/)
  assert.equal(reached.at(-1), 'GET /cafe/?x=1')
})

test('more than a hundred header lines: 431', async () => {
  const lines = (count: number) => Array.from({ length: count - 2 }, (_, i) => `a${i}: 1`)
  assert.match(await exchange(get('/', 'Connection: close', ...lines(HEADER_LINES_MAX))), /^HTTP\/1.1 200/)
  await assertRefused(get('/', 'X-Echo: 1', ...lines(HEADER_LINES_MAX + 1)), 431, 'headers-too-large')
})

test('more than 8 kB of header: 431', async () => {
  await assertRefused(get('/', `X-Echo: ${'x'.repeat(8192)}`), 431, 'headers-too-large')
  await assertRefused(get('/', `Cookie: ${'a=b; '.repeat(3000)}`), 431, 'headers-too-large')
})

test('a URL of more than 2 kB: 414, also when it is longer than the header may be', async () => {
  assert.match(
    await exchange(get(`/${'x'.repeat(URL_LENGTH_MAX - 1)}`, 'Connection: close')),
    /^HTTP\/1.1 200/,
  )
  await assertRefused(get(`/${'x'.repeat(URL_LENGTH_MAX)}`), 414, 'url-too-long')
  await assertRefused(get(`/${'x'.repeat(20_000)}`), 414, 'url-too-long')
})

test('two Hosts, none, or one that is no host: 400', async () => {
  await assertRefused('GET / HTTP/1.1\r\nHost: localhost\r\nhOST: evil.example\r\n\r\n', 400, 'bad-host')
  await assertRefused('GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n', 400, 'bad-host')
  await assertRefused('GET / HTTP/1.1\r\nX-Echo: 1\r\n\r\n', 400, 'bad-host')
  await assertRefused('GET / HTTP/1.0\r\nX-Echo: 1\r\n\r\n', 400, 'bad-host')
  for (const host of ['', 'a b', 'user@evil', 'a,evil', 'a/evil', 'a:x', '[::1', '\xe9']) {
    await assertRefused(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 400, 'bad-host')
  }
})

test('what follows a refused request is never answered as a request', async () => {
  const smuggled = 'GET /evil HTTP/1.1\r\nHost: localhost\r\n\r\n'
  await assertRefused(`GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n${smuggled}`, 400, 'bad-host')
  await assertRefused(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    400,
    'bad-request',
  )
  await assertRefused(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd${smuggled}`,
    400,
    'bad-request',
  )
  await assertRefused(
    `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
    400,
    'bad-request',
  )
  await assertRefused(`GET / HTTP/1.1\nHost: a\n\n${smuggled}`, 400, 'bad-request')
  await assertRefused(`GET / HTTP/1.1\r\nHost: a\r\n folded: 1\r\n\r\n${smuggled}`, 400, 'bad-request')
})

test('a target that names another host, or none, or has a backslash: 400', async () => {
  for (const target of ['http://evil.example/', 'http://localhost/', '/\\evil.example', '\\\\evil']) {
    const answer = await exchange(get(target))
    assert.match(answer, /^HTTP\/1.1 400 /, target)
    assert.doesNotMatch(answer, /evil|reached/)
  }
  assert.match(await exchange('OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n'), /^HTTP\/1.1 400 /)
})

test('TRACE, CONNECT and methods that nobody knows: 405 with Allow', async () => {
  for (const method of ['TRACE', 'FOO', 'FOO-BAR', 'get', 'PUTX', 'GETT']) {
    const answer = await assertRefused(
      `${method} / HTTP/1.1\r\nHost: localhost\r\nX-Echo: 1\r\n\r\n`,
      405,
      'method',
    )
    assert.match(answer, /allow: GET, HEAD, POST\r\n/)
  }
  const connected = await assertRefused(
    'CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    405,
    'method',
  )
  assert.match(connected, /allow: GET, HEAD, POST\r\n/)
})

test('what is no HTTP at all: 400', async () => {
  await assertRefused('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400, 'bad-request')
  await assertRefused('hello\r\n\r\n', 400, 'bad-request')
  await assertRefused(get('/', 'X-Echo: a\0b'), 400, 'bad-request')
})

test('an expectation that we cannot meet: 417', async () => {
  await assertRefused(get('/', 'Expect: evil'), 417, 'expectation')
})

test('who asks before sending is told to go on, or at once that it is too much', async () => {
  const post = (length: number) =>
    `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`
  assert.match(await exchange(`${post(3)}a=b`), /^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /)
  assert.match(await exchange(post(BODY_BYTES_MAX + 1)), /^HTTP\/1.1 200 /, 'the application answers')
})

test('the words are in the language asked for, where it could be read', async () => {
  assert.match(await exchange(get(`/${'x'.repeat(3000)}`, 'Accept-Language: ko')), /414 url-too-long ko 도장/)
})

test('HEAD gets the length and no body', async () => {
  const answer = await exchange(get(`/${'x'.repeat(3000)}`).replace('GET', 'HEAD'))
  assert.match(answer, /^HTTP\/1.1 414 [\s\S]*content-length: \d\d\r\n[\s\S]*\r\n\r\n$/i)
})

test('a header or a body that does not arrive in time: 408', async () => {
  const quick = {
    ...SERVER_OPTIONS,
    headersTimeout: 100,
    requestTimeout: 200,
    connectionsCheckingInterval: 20,
  }
  const { exchange: exchangeQuick } = await serve(quick, (request, response) => {
    request.resume().on('end', () => response.end('reached'))
  })
  for (const unfinished of [
    'GET / HTTP/1.1\r\nHost: a\r\nX-Echo: evil',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf',
  ]) {
    assert.match(await exchangeQuick(unfinished), /^HTTP\/1.1 408 [\s\S]*<p>408 timeout null 도장<\/p>$/)
  }
})

test('a body whose pieces cannot be told apart: 400, once, and never into an answer that has begun', async () => {
  const broken = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nevil\r\n'
  const { exchange: exchangeReading } = await serve(SERVER_OPTIONS, (request, response) => {
    request.on('error', () => response.writeHead(422).end('too late')).resume()
  })
  const answer = await exchangeReading(broken)
  assert.match(answer, /^HTTP\/1.1 400 [\s\S]*<p>400 bad-request null 도장<\/p>$/)
  const { exchange: exchangeBegun } = await serve(
    SERVER_OPTIONS,
    (_, response) => void response.write('begun'),
  )
  assert.doesNotMatch(await exchangeBegun(broken), /400|<p>/)
  const { exchange: exchangeLate } = await serve(SERVER_OPTIONS, () => {})
  assert.equal(
    await exchangeLate(`${get('/')}${broken}`),
    '',
    'it would be taken for the answer to the first',
  )
})

test('rubbish behind a request is not answered into the middle of that answer', async () => {
  const { exchange: exchangeSlow } = await serve(SERVER_OPTIONS, (_, response) => {
    response.write('begun')
    void setTimeout(50).then(() => response.end('ended'))
  })
  const answer = await exchangeSlow(`${get('/')}evil\r\n\r\n`)
  assert.doesNotMatch(answer, /400|<p>/)
})

test('a refused client that does not hang up is hung up on', async () => {
  const { server: ours } = await serve()
  const { port } = ours.address() as AddressInfo
  const refused = ['hello\r\n\r\n', 'CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n']
  for (const octets of refused) {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    socket
      .on('error', () => {})
      .resume()
      .write(octets)
    await new Promise((resolve) => socket.on('end', resolve))
    // Our half stays open and silent: that the server keeps none of it is for the server to see to.
    while ((await connectionsOf(ours)) > 0) await setTimeout(20)
    socket.destroy()
  }
})

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))
  })
}

test('the limits are set on the server', () => {
  assert.deepEqual(
    [server.headersTimeout, server.requestTimeout, server.keepAliveTimeout, server.maxConnections],
    [5_000, 10_000, 10_000, 4_000],
  )
})

test('without words of its own an application still answers with the security headers', async () => {
  const plain = guardServer(createServer(SERVER_OPTIONS), listener)
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  after(() => void plain.close().closeAllConnections())
  const response = await fetch(
    `http://127.0.0.1:${(plain.address() as AddressInfo).port}/${'x'.repeat(3000)}`,
  )
  assert.deepEqual(
    [response.status, response.headers.get('x-content-type-options'), await response.text()],
    [414, 'nosniff', '414 URI Too Long\n'],
  )
})
