/** Server-side sessions: the cookie says which, the server knows what, and either side can end it. */

import { randomBytes } from 'node:crypto'
import { type CookiePairs, cookie } from './cookie.ts'
import { Session, type Token } from './open-session.ts'
import { newFacts } from './session-facts.ts'
import type { SessionStore } from './session-store.ts'

const ID_OCTETS = 16 // 128 bits, so that no two meet; looked up in the store
const SECRET_OCTETS = 32 // 256 bits that only the browser keeps
const CANDIDATES_MAX = 3 // a planted second cookie hides nobody's session, a hundred cost no hundred look-ups
const tokenForm = /^([\w-]{22})\.([\w-]{43})$/

export interface SessionsOptions<F extends object> {
  readonly store: SessionStore
  /** The cookie's name, `session` unless given: another for sessions of another kind or length. */
  readonly name?: string
  /** True on https: the name then begins with `__Host-`. */
  readonly secure: boolean
  /** A session unused for so long is over. The server's clock decides, whatever the browser keeps. */
  readonly idleSeconds: number
  /** A session this old is over, however much it is used (OWASP; Django has no such limit). */
  readonly absoluteSeconds: number
  /** Reads what was stored, `{}` for a new session. Null when an older version wrote it in another form. */
  readonly parse: (stored: unknown) => F | null
  /** False where the browser is to forget when it closes. The server's limits hold all the same. */
  readonly isKept?: boolean
  /** False for a subject that is gone: its sessions end when they are next used. */
  readonly knows?: (subject: string) => Promise<boolean>
  /** Told of rows that cannot be read; they count as ended. */
  readonly onCorrupt?: (id: string) => void
  /** The time in milliseconds since 1970. */
  readonly clock?: () => number
  /** Gives so many unpredictable octets. */
  readonly random?: (octets: number) => Uint8Array
}

export interface Sessions<F extends object> {
  /** Costs nothing: no look-up, no row, no cookie, until the session is used. */
  open(pairs: CookiePairs): Session<F>
  /** Ends every session of a subject: a changed password, a lost tablet. */
  endAllOf(subject: string, options?: { readonly except?: Session<F> }): Promise<void>
  /** Deletes what is over. Nothing depends on it but disk space. */
  prune(): Promise<void>
}

/**
 * Declares the sessions of a service.
 *
 * @throws TypeError when `parse` refuses `{}`: then no session could ever begin.
 * @example
 * const sessions = createSessions({ store, secure: true, idleSeconds: 3600, absoluteSeconds: 86_400, parse: readFacts })
 * const session = sessions.open(cookiePairs(request.headers.get('cookie')))
 * const facts = await session.facts()
 * facts.cart.push('latte') // seen, even though nothing was assigned
 * const { setCookie } = await session.commit()
 */
export function createSessions<F extends object>(options: SessionsOptions<F>): Sessions<F> {
  const { store, name = 'session', secure, clock = Date.now, random = randomBytes, parse } = options
  newFacts(parse) // refused, it is found out here and not by whoever comes first
  const declared = cookie<Token>(secure ? `__Host-${name}` : name, {
    parse: readToken,
    format: ({ id, secret }) => `${id}.${secret}`,
    secure,
    httpOnly: true,
    ...(options.isKept !== false && { maxAgeSeconds: options.absoluteSeconds }),
  })
  const text = (octets: number) => Buffer.from(random(octets)).toString('base64url')
  const newToken = () => ({ id: text(ID_OCTETS), secret: text(SECRET_OCTETS) })
  const workings = { options, cookie: declared, clock, newToken }

  return {
    open: (pairs) => new Session(workings, tokensOf(pairs, declared.name)),
    async endAllOf(subject, { except } = {}) {
      const keptId = except && (await except.id())
      await store.change({ subject }, (row) => (row?.id === keptId ? row : null))
    },
    prune: () => store.change({ expiredAtMs: clock() }, () => null),
  }
}

function readToken(text: string): Token | null {
  const [, id, secret] = tokenForm.exec(text) ?? []
  return id === undefined || secret === undefined ? null : { id, secret }
}

/** Null when none was sent at all: then there is none to delete either. */
function tokensOf(pairs: CookiePairs, name: string): readonly Token[] | null {
  if (!pairs.some((pair) => pair[0] === name)) return null
  const texts = new Set(pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]))
  return [...texts].slice(0, CANDIDATES_MAX).flatMap((text) => readToken(text) ?? [])
}
