/** How much of a request a server takes, how long it waits, and an answer in our own words to what is refused. */

import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { securityHeaders } from './response.ts'

export const BODY_BYTES_MAX = 64 * 1024 // a form of people's is under 4 kB
export const HEADER_BYTES_MAX = 8 * 1024 // all header lines together; twice what a browser with 20 cookies sends
export const HEADER_LINES_MAX = 100 // browsers send about 20, a proxy adds 10
export const URL_LENGTH_MAX = 2 * 1024 // our longest URL has under 200 characters
const HEADERS_TIMEOUT_MS = 5_000 // a browser sends its header in one packet; slow ones hold a connection
const REQUEST_TIMEOUT_MS = 10_000 // 64 kB over a bad mobile link; Node's 5 minutes let 1,500 slow clients block all
const CHECK_INTERVAL_MS = 1_000 // how often the two above are looked at: none lives longer than 11 s
const KEEP_ALIVE_MS = 10_000 // a page and the next tap share a connection; longer idles cost more than a new one
const LINGER_MS = 1_000 // for a refused client to read why; it has no other use for the connection
const CONNECTIONS_MAX = 4_000 // about 100 MB of sockets and parsers
const ALLOWED_METHODS = 'GET, HEAD, POST' // all that any page of a service like this takes

/** For `createServer`: what can be set nowhere else. A missing Host is answered by {@link guardServer}, in words. */
export const SERVER_OPTIONS = {
  maxHeaderSize: HEADER_BYTES_MAX,
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  connectionsCheckingInterval: CHECK_INTERVAL_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  insecureHTTPParser: false,
  requireHostHeader: false,
} as const satisfies ServerOptions

/** Why a request never reached the application. */
export type GuardReason =
  | 'bad-request'
  | 'bad-host'
  | 'bad-target'
  | 'method'
  | 'timeout'
  | 'url-too-long'
  | 'headers-too-large'
  | 'expectation'

/** What the application says to it. Nothing that the client sent is to be in it. */
export interface GuardAnswer {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Writes the answer. `acceptLanguage` is null where no header could be read. */
export type RenderRefusal = (
  status: number,
  reason: GuardReason,
  acceptLanguage: string | null,
) => GuardAnswer

const statusOf: Readonly<Record<GuardReason, number>> = {
  'bad-request': 400,
  'bad-host': 400,
  'bad-target': 400,
  method: 405,
  timeout: 408,
  'url-too-long': 414,
  expectation: 417,
  'headers-too-large': 431,
}

const renderPlainly: RenderRefusal = (status) => ({
  headers: { ...securityHeaders({ https: false }), 'content-type': 'text/plain; charset=utf-8' },
  body: `${status} ${STATUS_CODES[status]}\n`,
})

/**
 * Puts `listener` behind the limits: what breaks them is answered with the right status, in the words of `render`,
 * and its connection is closed. Nothing is echoed. Call it once, on a server made with {@link SERVER_OPTIONS}.
 *
 * @example guardServer(createServer(SERVER_OPTIONS), getRequestListener(app.fetch), render).listen(8000)
 */
export function guardServer(
  server: Server,
  listener: RequestListener,
  render: RenderRefusal = renderPlainly,
): Server {
  server.maxConnections = CONNECTIONS_MAX
  // A refused socket must not be written into the middle of an answer, so the latest answer of each is known.
  const answers = new WeakMap<Duplex, ServerResponse>()
  const guarded = guardedListener(listener, render)
  server.on('request', (request, response) => {
    answers.set(request.socket, response)
    if (!server.listening) response.setHeader('connection', 'close') // it is stopping (see stopServer)
    guarded(request, response)
  })
  server.on('checkContinue', (request, response) => {
    // Who asks before sending too much is told at once, and never sends it.
    if (!(Number(request.headers['content-length']) > BODY_BYTES_MAX)) response.writeContinue()
    server.emit('request', request, response)
  })
  server.on('checkExpectation', (request, response) => refuse(request, response, 'expectation', render))
  server.on('connect', (request, socket) => refuseSocket(socket, 'method', render, languageOf(request)))
  server.on('clientError', (error: ClientError, socket) => {
    const answer = answers.get(socket)
    const isAnswering = answer !== undefined && !answer.writableFinished && !isAwaitingBody(answer)
    if (error.code === 'ECONNRESET' || isAnswering || !socket.writable) socket.destroy()
    else refuseSocket(socket, reasonOfError(error), render, null)
  })
  return server
}

/** Whether what the client sends is still the body of this request, whose turn it is and of whose answer nothing is out. */
function isAwaitingBody({ req, socket, headersSent }: ServerResponse): boolean {
  return !req.complete && socket !== null && !headersSent
}

/** A listener that refuses what Node's parser lets through: two Hosts, TRACE, very long URLs, very many lines. */
export function guardedListener(
  listener: RequestListener,
  render: RenderRefusal = renderPlainly,
): RequestListener {
  const refused = new WeakSet<Duplex>()
  return (request, response) => {
    // Node's parser goes on to what was sent behind a refused request, and that may be half of somebody else's.
    if (refused.has(request.socket)) return
    const reason = reasonOfRequest(request)
    if (reason === null) return listener(request, response)
    refused.add(request.socket)
    refuse(request, response, reason, render)
  }
}

function reasonOfRequest(request: IncomingMessage): GuardReason | null {
  const { rawHeaders, url = '', method } = request
  if (url.length > URL_LENGTH_MAX) return 'url-too-long'
  if (rawHeaders.length > 2 * HEADER_LINES_MAX) return 'headers-too-large'
  if (method === 'TRACE') return 'method'
  if (!hasGoodHost(request)) return 'bad-host'
  // Node hands over `xchunked` before it finds where such a body ends: nowhere.
  const encoding = request.headers['transfer-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'chunked') return 'bad-request'
  // Absolute form names a second host, `*` none, and a backslash is a slash to some.
  return url.startsWith('/') && !url.includes('\\') ? null : 'bad-target'
}

const hostForm = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/** Exactly one, and of its form, in HTTP/1.0 too: of two, proxies and servers each take another (RFC 9112 3.2). */
function hasGoodHost({ rawHeaders, headers }: IncomingMessage): boolean {
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  return hosts === 1 && hostForm.test(headers.host ?? '')
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  reason: GuardReason,
  render: RenderRefusal,
): void {
  const status = statusOf[reason]
  const { headers, body } = render(status, reason, languageOf(request))
  response.writeHead(status, { ...headersFor(reason, headers, body), connection: 'close' }).end(body)
}

function refuseSocket(
  socket: Duplex,
  reason: GuardReason,
  render: RenderRefusal,
  language: string | null,
): void {
  const status = statusOf[reason]
  const { headers, body } = render(status, reason, language)
  const lines = Object.entries(headersFor(reason, headers, body)).map(([name, value]) => `${name}: ${value}`)
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, 'connection: close'].join('\r\n')
  socket.on('error', () => socket.destroy())
  // Hung up at once, the answer would be lost with what was not read; left open, it would be held for ever.
  const hangUp = setTimeout(() => socket.destroy(), LINGER_MS)
  socket.on('close', () => clearTimeout(hangUp))
  socket.end(`${head}\r\n\r\n${body}`)
}

function headersFor(
  reason: GuardReason,
  headers: GuardAnswer['headers'],
  body: string,
): Record<string, string> {
  const allow = reason === 'method' && { allow: ALLOWED_METHODS }
  return { ...headers, ...allow, 'content-length': String(Buffer.byteLength(body)) }
}

function languageOf(request: IncomingMessage): string | null {
  return request.headers['accept-language'] ?? null
}

interface ClientError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
}

function reasonOfError({ code, rawPacket }: ClientError): GuardReason {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'timeout'
  const start = rawPacket?.toString('latin1', 0, URL_LENGTH_MAX) ?? ''
  if (code === 'HPE_INVALID_METHOD')
    return /^[\w!#$%&'*+.^`|~-]+ [/*h]/.test(start) ? 'method' : 'bad-request'
  if (code !== 'HPE_HEADER_OVERFLOW') return 'bad-request'
  return /^[A-Z]+ \//.test(start) && start.length === URL_LENGTH_MAX && !start.includes('\n')
    ? 'url-too-long'
    : 'headers-too-large'
}
