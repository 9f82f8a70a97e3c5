// The state kit against the packages that do the same job in other services, each at its own documented use.
// @fastify/cookie reads and writes with `cookie` itself, so it has no row of its own there.
import { IncomingMessage, ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import { Socket } from 'node:net'
import * as cookie from 'cookie'
import { sealData, unsealData } from 'iron-session'
import { cookiePairs, parseCookies, serializeCookie } from '../src/http/cookie.ts'
import { createCsrf } from '../src/http/csrf.ts'
import { createSessions } from '../src/http/session.ts'
import { createMemorySessionStore } from '../src/http/session-store.ts'
import { createSigner } from '../src/http/signing.ts'
import { type Contender, compare, type Row } from './compare.ts'

// What of these is used here: one has no types, the others' do not fit what they export.
const require = createRequire(import.meta.url)
const fastifyCookie: {
  Signer: new (
    secret: string,
  ) => { sign(value: string): string; unsign(text: string): { value: string | null } }
} = require('@fastify/cookie')
const {
  Tokens,
}: {
  Tokens: new () => {
    secretSync(): string
    create(secret: string): string
    verify(secret: string, token: string): boolean
  }
} = require('@fastify/csrf')
type Counted = IncomingMessage & { session: { count?: number } }
type Middleware = (request: Counted, response: ServerResponse, next: () => void) => void
const expressSession: (options: object) => Middleware = require('express-session')

type Options = { rounds: number; seconds: number }

const SECRET = 'a secret of thirty-two characters'
const VARIANTS = 64 // so that nobody is quick because a text is always the same
const each = <T>(make: (i: number) => T): T[] => Array.from({ length: VARIANTS }, (_, i) => make(i))
const token = (i: number, length: number) =>
  Buffer.from(`${i * 7919}`.repeat(length))
    .toString('base64url')
    .slice(0, length)

export async function measureStateKit(options: Options): Promise<Record<string, Row[]>> {
  return {
    parse: await compare({ title: 'Parsing a header of 10 cookies', unit: 'headers', ...parsing(options) }),
    serialise: await compare({ title: 'Writing a Set-Cookie line', unit: 'lines', ...serialising(options) }),
    sign: await compare({ title: 'Signing and verifying', unit: 'values', ...signing(options) }),
    csrf: await compare({ title: 'Checking a CSRF token', unit: 'checks', ...checking(options) }),
    token: await compare({ title: 'Making a CSRF token', unit: 'tokens', ...masking(options) }),
    session: await compare({
      title: 'A request that counts in its session',
      unit: 'requests',
      ...counting(options),
    }),
  }
}

/** Header texts as Node's parser makes them: flat, one octet a character. */
function headers(): string[] {
  return each((i) =>
    Buffer.from(
      [
        `_ga=GA1.1.${i}029384756.1767225600`,
        `_ga_Q1W2E3R4T5=GS2.1.s17672256${i}$o3$g1$t1767225660`,
        `csrftoken=${token(i, 32)}`,
        `__Host-session=${token(i, 22)}.${token(i + 1, 43)}`,
        `__Host-card_cafe=${token(i, 22)}.cafe:1vb66i:${token(i, 43)}`,
        'language=ko',
        'theme=dark',
        `consent=necessary%2Cstatistics%3A${i}`,
        'tz=Asia/Seoul',
        `cart=${token(i, 60)}`,
      ].join('; '),
    ).toString('latin1'),
  )
}

function parsing({ rounds, seconds }: Options) {
  const texts = headers()
  return {
    rounds,
    contenders: [
      sync('dojang parseCookies', seconds, texts, (text) => parseCookies(text).get('theme')),
      sync('dojang cookiePairs', seconds, texts, (text) => cookiePairs(text).length),
      sync('cookie', seconds, texts, (text) => cookie.parseCookie(text).theme),
    ],
  }
}

function serialising({ rounds, seconds }: Options) {
  const values = each((i) => (i % 8 === 0 ? `도장 ${i}` : token(i, 43)))
  const shared = { path: '/', httpOnly: true, secure: true } as const
  return {
    rounds,
    contenders: [
      sync('dojang', seconds, values, (value) =>
        serializeCookie('__Host-id', value, { ...shared, maxAgeSeconds: 86_400, sameSite: 'Lax' }),
      ),
      sync('cookie', seconds, values, (value) =>
        cookie.stringifySetCookie({ name: '__Host-id', value, ...shared, maxAge: 86_400, sameSite: 'lax' }),
      ),
    ],
  }
}

function signing({ rounds, seconds }: Options) {
  const values = each((i) => token(i, 40))
  const ours = createSigner({ secret: SECRET, salt: 'bench' })
  const theirs = new fastifyCookie.Signer(SECRET)
  return {
    rounds,
    contenders: [
      sync('dojang, with its time', seconds, values, (value) =>
        ours.unsign(ours.sign(value), { maxAgeSeconds: 60 }),
      ),
      sync('@fastify/cookie', seconds, values, (value) => theirs.unsign(theirs.sign(value))),
      awaited('iron-session, encrypted', seconds, values, async (value) =>
        unsealData(await sealData({ value }, { password: SECRET, ttl: 60 }), { password: SECRET, ttl: 60 }),
      ),
    ],
  }
}

function checking({ rounds, seconds }: Options) {
  const csrf = createCsrf({ secret: SECRET, secure: true })
  const ours = each(() => {
    const request = csrf.open([])
    const posted = request.token()
    return { pairs: cookiePairs(request.setCookie?.split(';')[0]), posted }
  })
  const tokens = new Tokens()
  const signer = new fastifyCookie.Signer(SECRET)
  const theirs = each(() => {
    const secret = tokens.secretSync()
    return { signed: signer.sign(secret), posted: tokens.create(secret) }
  })
  return {
    rounds,
    contenders: [
      sync('dojang', seconds, ours, ({ pairs, posted }) => csrf.open(pairs).verify(posted)),
      sync('@fastify/csrf-protection, signed', seconds, theirs, ({ signed, posted }) =>
        tokens.verify(signer.unsign(signed).value ?? '', posted),
      ),
    ],
  }
}

function masking({ rounds, seconds }: Options) {
  const csrf = createCsrf({ secret: SECRET, secure: true })
  const ours = each(() => {
    const request = csrf.open([])
    request.token()
    return cookiePairs(request.setCookie?.split(';')[0])
  })
  const tokens = new Tokens()
  const signer = new fastifyCookie.Signer(SECRET)
  const theirs = each(() => signer.sign(tokens.secretSync()))
  return {
    rounds,
    contenders: [
      sync('dojang', seconds, ours, (pairs) => csrf.open(pairs).token()),
      sync('@fastify/csrf-protection, signed', seconds, theirs, (signed) =>
        tokens.create(signer.unsign(signed).value ?? ''),
      ),
    ],
  }
}

/** One browser that comes back: its session is found, a number in it raised, and kept, in memory both. */
function counting({ rounds, seconds }: Options) {
  const parse = (stored: unknown) => stored as { count?: number }
  const sessions = createSessions({
    store: createMemorySessionStore(),
    secure: false,
    idleSeconds: 3600,
    absoluteSeconds: 86_400,
    parse,
  })
  const middleware = expressSession({ secret: SECRET, resave: false, saveUninitialized: false })
  let ours = ''
  let theirs = ''
  return {
    rounds,
    contenders: [
      awaited('dojang', seconds, [0], async () => {
        const session = sessions.open(cookiePairs(ours))
        const facts = await session.facts()
        facts.count = (facts.count ?? 0) + 1
        const { setCookie } = await session.commit()
        if (setCookie !== null) ours = setCookie.split(';')[0] ?? ''
      }),
      awaited('express-session', seconds, [0], async () => {
        const line = await countInExpress(middleware, theirs)
        if (line !== undefined) theirs = line.split(';')[0] ?? ''
      }),
    ],
  }
}

/** Its middleware, with all of HTTP left out: `end` is where it keeps the session and writes its cookie. */
function countInExpress(middleware: Middleware, header: string): Promise<string | undefined> {
  const headers = header === '' ? {} : { cookie: header }
  const request = Object.assign(new IncomingMessage(socket), {
    url: '/',
    originalUrl: '/',
    headers,
  }) as unknown as Counted
  const response = new ServerResponse(request)
  return new Promise((resolve) => {
    response.end = () => {
      if (!response.headersSent) response.writeHead(200)
      resolve([response.getHeader('set-cookie')].flat()[0]?.toString())
      return response
    }
    middleware(request, response, () => {
      request.session.count = (request.session.count ?? 0) + 1
      if (header !== '' && request.session.count === 1) throw new Error('express-session found no session')
      response.end()
    })
  })
}

function sync<T>(
  name: string,
  seconds: number,
  inputs: readonly T[],
  work: (input: T) => unknown,
): Contender {
  return { name, turn: async () => countSync(seconds, inputs, work) }
}

function countSync<T>(seconds: number, inputs: readonly T[], work: (input: T) => unknown): number {
  const startedAt = performance.now()
  let count = 0
  let kept: unknown
  do {
    for (const input of inputs) kept = work(input)
    count += inputs.length
  } while (performance.now() - startedAt < seconds * 1000)
  keep(kept)
  return (count / (performance.now() - startedAt)) * 1000
}

function awaited<T>(
  name: string,
  seconds: number,
  inputs: readonly T[],
  work: (input: T) => Promise<unknown>,
): Contender {
  return {
    name,
    async turn() {
      const startedAt = performance.now()
      let count = 0
      do {
        for (const input of inputs) keep(await work(input))
        count += inputs.length
      } while (performance.now() - startedAt < seconds * 1000)
      return (count / (performance.now() - startedAt)) * 1000
    },
  }
}

const socket = new Socket()
let last: unknown
/** What is never looked at, a compiler may leave out. */
function keep(value: unknown): void {
  last = value ?? last
}

if (import.meta.main) await measureStateKit({ rounds: 5, seconds: 0.3 })
