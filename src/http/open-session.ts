/** One request's session: looked up when first used, kept before the answer leaves. */

import { hash } from 'node:crypto'
import type { TypedCookie } from './cookie.ts'
import { equalsMac } from './hmac.ts'
import type { SessionsOptions } from './session.ts'
import {
  changedFacts,
  type FactChanges,
  type FactTexts,
  factTexts,
  type Known,
  knownAs,
  mergedFacts,
  newFacts,
  readFacts,
} from './session-facts.ts'
import type { SessionRow } from './session-store.ts'

const TOUCH_PART = 0.1 // of the idle time: so often is use written down, so that reading is not always writing

/** What the answer has to carry. */
export interface Committed {
  /** False when another request ended the session meanwhile: nothing was kept, and the answer should say so (409). */
  readonly ok: boolean
  readonly setCookie: string | null
  /** True when the session was asked: send `Vary: Cookie`, or a cache gives one person's page to the next. */
  readonly varies: boolean
}

/** What the cookie holds: which session, and the proof that it is this browser's. */
export interface Token {
  readonly id: string
  readonly secret: string
}

/** What all sessions of a service share. */
export interface Workings<F extends object> {
  readonly options: SessionsOptions<F>
  readonly cookie: TypedCookie<Token>
  readonly clock: () => number
  readonly newToken: () => Token
}

/** Made by `createSessions(…).open(pairs)`. Use it, then `commit` it before the answer leaves. */
export class Session<F extends object> {
  readonly #workings: Workings<F>
  readonly #sent: readonly Token[] | null
  #loading: Promise<void> | undefined
  /** As it lies in the store, with the cookie that opened it. */
  #stored: { readonly row: SessionRow; readonly token: Token } | null = null
  /** The cookie it is to be kept under, where that is another than before. */
  #next: Token | null = null
  #isEnded = false
  #isProven = false
  #subject: string | null = null
  #known: Known<F> | null = null

  constructor(workings: Workings<F>, sent: readonly Token[] | null) {
    this.#workings = workings
    this.#sent = sent
  }

  /** What is known in this session: read it and change it like any object, `commit` finds what changed. */
  async facts(): Promise<F> {
    await this.#load()
    return this.#opened().facts
  }

  async subject(): Promise<string | null> {
    await this.#load()
    return this.#subject
  }

  /** The half of the cookie that is no secret, for lists of devices; null where nothing is stored. */
  async id(): Promise<string | null> {
    await this.#load()
    return this.#stored?.row.id ?? null
  }

  /**
   * Makes it the session of a subject who has just proven who they are, always under a new id: one planted before is
   * worthless. The facts of an anonymous session stay, those of another subject go.
   */
  async signIn(subject: string): Promise<void> {
    await this.#load()
    if (this.#subject !== null && this.#subject !== subject) await this.end()
    await this.rotate()
    this.#subject = subject
    this.#isProven = true
  }

  /** Another id and secret for the same facts, at every change of privilege. The old cookie is dead. */
  async rotate(): Promise<void> {
    await this.#load()
    this.#next = this.#workings.newToken()
  }

  /** Ends it, on the server and in the browser. Facts set afterwards begin another. */
  async end(): Promise<void> {
    await this.#load()
    this.#isEnded = this.#stored !== null
    this.#next = null
    this.#isProven = false
    this.#subject = null
    this.#known = null
  }

  /** What a CSRF token may be bound to: known to this session alone, another after `rotate`. Begins a session. */
  async bindingSecret(): Promise<Buffer> {
    await this.#load()
    if (this.#stored === null || this.#isEnded) this.#next ??= this.#workings.newToken()
    return hash('sha256', `csrf:${(this.#next ?? this.#stored?.token)?.secret}`, 'buffer')
  }

  /**
   * Keeps what changed, fact by fact, over what other requests kept meanwhile; an ended session stays ended. After
   * an answer of 500 or above nothing is kept.
   *
   * @throws TypeError for a fact that is not JSON.
   */
  async commit(status = 200): Promise<Committed> {
    if (this.#loading === undefined) return { ok: true, setCookie: null, varies: false }
    await this.#loading
    if (status >= 500) return { ok: true, setCookie: null, varies: true }
    const { facts, before } = this.#opened()
    const after = factTexts(facts)
    const changes = changedFacts(before, after)

    const isLive = this.#stored !== null && !this.#isEnded
    if (!isLive && changes.size > 0) this.#next ??= this.#workings.newToken()
    const ok = this.#next === null ? await this.#keep(changes) : await this.#move(this.#next, changes, after)
    return { ok, setCookie: this.#cookieLine(ok), varies: true }
  }

  #cookieLine(ok: boolean): string | null {
    const { cookie } = this.#workings
    if (ok && this.#next !== null) return cookie.write(this.#next)
    const isLive = ok && this.#stored !== null && !this.#isEnded
    return isLive || this.#sent === null ? null : cookie.expire()
  }

  /** Under the id it has. */
  async #keep(changes: FactChanges): Promise<boolean> {
    if (this.#stored === null) return true
    const { id } = this.#stored.row
    const { store } = this.#workings.options
    if (this.#isEnded) {
      await store.change({ id }, () => null)
      return true
    }
    if (changes.size === 0 && !this.#isUseWorthNoting()) return true
    let isThere = false
    await store.change({ id }, (row) => {
      isThere = row !== null && this.#isAlive(row)
      return isThere && row !== null ? this.#rowFrom(row, row, changes) : null
    })
    return isThere
  }

  /** Under a new id, and out of the old one. */
  async #move(next: Token, changes: FactChanges, after: FactTexts): Promise<boolean> {
    const { store } = this.#workings.options
    let old: SessionRow | null = null
    if (this.#stored !== null) {
      await store.change({ id: this.#stored.row.id }, (row) => {
        old = row !== null && this.#isAlive(row) && !this.#isEnded ? row : null
        return null
      })
      // Ended meanwhile by another request. Only a new proof of who this is outlives that.
      if (old === null && !this.#isEnded && !this.#isProven) return false
    }
    const row = this.#rowFrom(
      { id: next.id, secretHash: hashOf(next.secret) },
      old,
      old === null ? after : changes,
    )
    await store.change({ id: next.id }, () => row)
    return true
  }

  #rowFrom(
    name: Pick<SessionRow, 'id' | 'secretHash'>,
    old: SessionRow | null,
    changes: FactChanges,
  ): SessionRow {
    const { idleSeconds, absoluteSeconds } = this.#workings.options
    const nowMs = this.#workings.clock()
    const createdAtMs = old === null || this.#isProven ? nowMs : old.createdAtMs
    return {
      id: name.id,
      secretHash: name.secretHash,
      subject: this.#subject,
      facts: mergedFacts(old?.facts ?? '{}', changes),
      createdAtMs,
      usedAtMs: nowMs,
      expiresAtMs: Math.min(nowMs + idleSeconds * 1000, createdAtMs + absoluteSeconds * 1000),
    }
  }

  #load(): Promise<void> {
    this.#loading ??= this.#find()
    return this.#loading
  }

  async #find(): Promise<void> {
    const { store, knows, parse, onCorrupt } = this.#workings.options
    for (const token of this.#sent ?? []) {
      const row = await store.find(token.id)
      if (row === null || !this.#isAlive(row) || !equalsMac(hashOf(token.secret), row.secretHash)) continue
      this.#stored = { row, token }
      const facts = readFacts(row.facts, parse)
      const isKnown = row.subject === null || knows === undefined || (await knows(row.subject))
      if (facts === null) onCorrupt?.(row.id)
      if (facts === null || !isKnown) {
        this.#isEnded = true
        return
      }
      this.#known = knownAs(facts)
      this.#subject = row.subject
      return
    }
  }

  /** Those of a new session are made when they are asked for: most requests bring no session, and ask nothing of it. */
  #opened(): Known<F> {
    this.#known ??= knownAs(newFacts(this.#workings.options.parse))
    return this.#known
  }

  #isAlive(row: SessionRow): boolean {
    return row.expiresAtMs > this.#workings.clock()
  }

  #isUseWorthNoting(): boolean {
    const unusedMs = this.#workings.clock() - (this.#stored?.row.usedAtMs ?? 0)
    return unusedMs > this.#workings.options.idleSeconds * 1000 * TOUCH_PART
  }
}

function hashOf(secret: string): string {
  return hash('sha256', secret, 'base64url')
}
