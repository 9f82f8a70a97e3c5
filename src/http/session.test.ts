import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookiePairs } from './cookie.ts'
import { sessionCsrf } from './csrf.ts'
import { createSessions, type SessionsOptions } from './session.ts'
import { createMemorySessionStore, type SessionRow, type SessionStore } from './session-store.ts'

interface Facts {
  step?: number
  cart: string[]
  name?: string
}

const parse = (stored: unknown): Facts | null => {
  const { cart = [], ...rest } = (stored ?? {}) as Partial<Facts>
  return Array.isArray(cart) ? { cart, ...rest } : null
}

/** A service with its store and clock, and browsers that keep what they are sent. */
function createWorld(options: Partial<SessionsOptions<Facts>> = {}) {
  const world = { nowMs: 1_767_225_600_000, finds: 0, changes: 0 }
  const memory = createMemorySessionStore()
  const store: SessionStore = {
    find(id) {
      world.finds++
      return memory.find(id)
    },
    change(choice, change) {
      world.changes++
      return memory.change(choice, change)
    },
  }
  const clock = () => world.nowMs
  const sessions = createSessions<Facts>({
    store,
    secure: true,
    idleSeconds: 3600,
    absoluteSeconds: 86_400,
    parse,
    clock,
    ...options,
  })
  const open = (line: string | null) => sessions.open(cookiePairs(line?.split(';')[0]))
  /** Begins a session; returns its Set-Cookie line. */
  const begin = async (facts: Partial<Facts> = { step: 1 }, subject?: string) => {
    const session = open(null)
    Object.assign(await session.facts(), facts)
    if (subject !== undefined) await session.signIn(subject)
    return (await session.commit()).setCookie ?? ''
  }
  const factsOf = async (line: string) => (await open(line).facts()) as unknown
  const subjectOf = (line: string) => open(line).subject()
  const rowOf = (line: string) => memory.find(/=([\w-]{22})\./.exec(line)?.[1] ?? '')
  return {
    world,
    memory,
    store,
    sessions,
    open,
    begin,
    factsOf,
    subjectOf,
    rowOf,
    advance: (seconds: number) => (world.nowMs += seconds * 1000),
  }
}

test('a session that nobody touches costs no look-up, no row, no cookie, no Vary', async () => {
  const { open, world, begin } = createWorld()
  const line = await begin()
  const before = { ...world }
  assert.deepEqual(await open(line).commit(), { ok: true, setCookie: null, varies: false })
  assert.deepEqual(world, before)
})

test('reading makes no row and no cookie, but the page varies', async () => {
  const { open, world } = createWorld()
  const session = open(null)
  assert.deepEqual(await session.facts(), { cart: [] })
  assert.deepEqual(await session.commit(), { ok: true, setCookie: null, varies: true })
  assert.equal(world.changes, 0)
})

test('writing keeps the facts and sends a cookie: __Host-, HttpOnly, Lax, as long as the session may last', async () => {
  const { begin, factsOf } = createWorld()
  const line = await begin({ step: 2 })
  assert.match(
    line,
    /^__Host-session=[\w-]{22}\.[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  assert.deepEqual(await factsOf(line), { step: 2, cart: [] })
  assert.match(
    await createWorld({ secure: false, name: 'staff', isKept: false }).begin(),
    /^staff=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax$/,
  )
})

test('the store never holds what opens a session', async () => {
  const { begin, rowOf, open } = createWorld()
  const line = await begin()
  const secret = /\.([\w-]{43})/.exec(line)?.[1] ?? ''
  const row = await rowOf(line)
  assert.ok(row !== null && !JSON.stringify(row).includes(secret))
  assert.equal(await open(`__Host-session=${row.id}.${row.secretHash}`).id(), null)
})

test('ids do not repeat', async () => {
  const { begin } = createWorld()
  const lines = await Promise.all(Array.from({ length: 10_000 }, () => begin()))
  assert.equal(new Set(lines.map((line) => line.split(';')[0])).size, 10_000)
})

test('an id that the server did not make is never adopted, and its cookie is taken away', async () => {
  const { open, begin, memory } = createWorld()
  const planted = `${'a'.repeat(22)}.${'b'.repeat(43)}`
  for (const text of [planted, 'short', '', `${planted}x`, (await begin()).slice(15, 37)]) {
    const session = open(`__Host-session=${text}`)
    assert.equal(await session.id(), null)
    assert.match((await session.commit()).setCookie ?? '', /^__Host-session=; Max-Age=0/)
  }
  const session = open(`__Host-session=${planted}`)
  ;(await session.facts()).step = 1
  assert.doesNotMatch((await session.commit()).setCookie ?? '', /aaaa/)
  assert.equal(await memory.find('a'.repeat(22)), null)
})

test('a right id with a wrong secret opens nothing', async () => {
  const { begin, open } = createWorld()
  const line = await begin()
  assert.equal(await open(line.replace(/\.[\w-]{43}/, `.${'A'.repeat(43)}`)).id(), null)
})

test('a planted second cookie hides nobody’s session', async () => {
  const { begin, sessions } = createWorld()
  const pairs = cookiePairs((await begin({ step: 5 })).split(';')[0])
  const session = sessions.open([
    ['__Host-session', `${'a'.repeat(22)}.${'b'.repeat(43)}`],
    ['__Host-session', 'x'],
    ...pairs,
  ])
  assert.equal((await session.facts()).step, 5)
})

test('changes deep inside a fact are seen, and the same value again is no change', async () => {
  const { begin, open, factsOf, world } = createWorld()
  const line = await begin({ cart: ['latte'], step: 1 })
  const session = open(line)
  ;(await session.facts()).cart.push('mocha')
  assert.deepEqual(await session.commit(), { ok: true, setCookie: null, varies: true })
  assert.deepEqual(await factsOf(line), { cart: ['latte', 'mocha'], step: 1 })
  const before = world.changes
  const again = open(line)
  ;(await again.facts()).step = 1
  await again.commit()
  assert.equal(world.changes, before)
})

test('a fact can be taken out', async () => {
  const { begin, open, factsOf } = createWorld()
  const line = await begin({ step: 1, name: 'x' })
  const session = open(line)
  const facts = await session.facts()
  delete facts.step
  Object.assign(facts, { name: undefined })
  await session.commit()
  assert.deepEqual(await factsOf(line), { cart: [] })
})

test('parallel requests keep each other’s facts', async () => {
  const { begin, open, factsOf } = createWorld()
  const line = await begin({ step: 1, name: 'old' })
  const [a, b] = [open(line), open(line)]
  ;(await a.facts()).step = 2
  ;(await b.facts()).name = 'new'
  await Promise.all([a.commit(), b.commit()])
  assert.deepEqual(await factsOf(line), { step: 2, name: 'new', cart: [] })
})

test('a late request does not bring back an ended session, and is told', async () => {
  const { begin, open, rowOf } = createWorld()
  const line = await begin()
  const late = open(line)
  ;(await late.facts()).step = 9
  const ending = open(line)
  await ending.end()
  assert.match((await ending.commit()).setCookie ?? '', /Max-Age=0/)
  const { ok, setCookie } = await late.commit()
  assert.equal(ok, false)
  assert.match(setCookie ?? '', /Max-Age=0/)
  assert.equal(await rowOf(line), null)
})

test('nor does a late rotation; only signing in anew outlives an ending', async () => {
  const { begin, open, sessions } = createWorld()
  const line = await begin({ step: 1 }, 'ana')
  const [rotating, signing] = [open(line), open(line)]
  await rotating.rotate()
  await signing.signIn('ana')
  await sessions.endAllOf('ana')
  assert.equal((await rotating.commit()).ok, false)
  const { ok, setCookie } = await signing.commit()
  assert.equal(ok, true)
  assert.equal(await open(setCookie).subject(), 'ana')
})

test('after an answer of 500 and above nothing is kept; after a refusal it is', async () => {
  const { begin, open, factsOf } = createWorld()
  const line = await begin({ step: 1 })
  for (const [status, step] of [
    [500, 1],
    [503, 1],
    [409, 2],
    [303, 2],
  ] as const) {
    const session = open(line)
    ;(await session.facts()).step = 2
    await session.commit(status)
    assert.deepEqual(await factsOf(line), { step, cart: [] }, String(status))
  }
})

test('a fact that is not JSON fails loudly, and keeps nothing', async () => {
  const { begin, open, factsOf } = createWorld()
  const line = await begin({ step: 1 })
  for (const bad of [Number.NaN, () => 1, 1n, [undefined]]) {
    const session = open(line)
    Object.assign(await session.facts(), { step: bad, name: 'x' })
    await assert.rejects(session.commit(), TypeError)
  }
  assert.deepEqual(await factsOf(line), { step: 1, cart: [] })
})

test('signing in: another id, facts of an anonymous visitor kept, the planted cookie worthless', async () => {
  const { begin, open, factsOf, subjectOf, rowOf } = createWorld()
  const planted = await begin({ cart: ['latte'] })
  const session = open(planted)
  await session.signIn('ana')
  const line = (await session.commit()).setCookie ?? ''
  assert.notEqual(line.split('.')[0], planted.split('.')[0])
  assert.deepEqual([await subjectOf(line), await factsOf(line)], ['ana', { cart: ['latte'] }])
  assert.deepEqual([await subjectOf(planted), await rowOf(planted)], [null, null])
})

test('signing in again is another id too; as somebody else, nothing of the first is left', async () => {
  const { begin, open, factsOf, subjectOf } = createWorld()
  const first = await begin({ name: 'ana’s' }, 'ana')
  const again = open(first)
  await again.signIn('ana')
  const second = (await again.commit()).setCookie ?? ''
  assert.deepEqual(
    [await subjectOf(first), await subjectOf(second), await factsOf(second)],
    [null, 'ana', { name: 'ana’s', cart: [] }],
  )
  const other = open(second)
  await other.signIn('bo')
  const third = (await other.commit()).setCookie ?? ''
  assert.deepEqual(
    [await subjectOf(second), await subjectOf(third), await factsOf(third)],
    [null, 'bo', { cart: [] }],
  )
})

test('rotate keeps subject, facts and what others kept meanwhile, and kills the old cookie', async () => {
  const { begin, open, factsOf, subjectOf } = createWorld()
  const line = await begin({ step: 1 }, 'ana')
  const [rotating, other] = [open(line), open(line)]
  await rotating.rotate()
  ;(await other.facts()).name = 'new'
  await other.commit()
  const rotated = (await rotating.commit()).setCookie ?? ''
  assert.deepEqual(
    [await subjectOf(rotated), await factsOf(rotated)],
    ['ana', { step: 1, name: 'new', cart: [] }],
  )
  assert.equal(await subjectOf(line), null)
})

test('ending takes the row and the cookie; what is set afterwards begins another', async () => {
  const { begin, open, rowOf, factsOf } = createWorld()
  const line = await begin({ name: 'x' }, 'ana')
  const session = open(line)
  await session.end()
  ;(await session.facts()).step = 3
  const fresh = (await session.commit()).setCookie ?? ''
  assert.equal(await rowOf(line), null)
  assert.deepEqual(await factsOf(fresh), { step: 3, cart: [] })
})

test('one browser signing out leaves the others signed in; endAllOf ends them, but the one that asks', async () => {
  const { begin, open, sessions, subjectOf } = createWorld()
  const lines = [
    await begin({}, 'ana'),
    await begin({}, 'ana'),
    await begin({}, 'ana'),
    await begin({}, 'bo'),
  ] as const
  const out = open(lines[0])
  await out.end()
  await out.commit()
  assert.deepEqual(await Promise.all(lines.map(subjectOf)), [null, 'ana', 'ana', 'bo'])
  await sessions.endAllOf('ana', { except: open(lines[1]) })
  assert.deepEqual(await Promise.all(lines.map(subjectOf)), [null, 'ana', null, 'bo'])
  await sessions.endAllOf('ana')
  assert.deepEqual(await Promise.all(lines.map(subjectOf)), [null, null, null, 'bo'])
})

test('unused for the idle time it is over, whatever the browser keeps; used, it goes on', async () => {
  const { begin, open, advance, subjectOf } = createWorld()
  const [used, unused] = [await begin({}, 'ana'), await begin({}, 'bo')]
  advance(3000)
  const session = open(used)
  await session.subject()
  assert.equal((await session.commit()).setCookie, null, 'going on sends no cookie that a cache could keep')
  advance(600)
  assert.deepEqual([await subjectOf(used), await subjectOf(unused)], ['ana', null])
})

test('at its absolute age it is over however much it is used; signing in begins a new age, rotating does not', async () => {
  const { begin, open, advance, subjectOf } = createWorld()
  const use = async (line: string, act?: 'rotate' | 'signIn') => {
    const session = open(line)
    await (act === 'signIn' ? session.signIn('ana') : act === 'rotate' ? session.rotate() : session.subject())
    return (await session.commit()).setCookie ?? line
  }
  let [kept, rotated, proven] = [await begin({}, 'ana'), await begin({}, 'ana'), await begin({}, 'ana')]
  for (let spent = 0; spent < 86_400 - 1800; spent += 1800) {
    advance(1800)
    kept = await use(kept)
    rotated = await use(rotated, 'rotate')
    proven = await use(proven, 'signIn')
  }
  assert.deepEqual([await subjectOf(kept), await subjectOf(rotated)], ['ana', 'ana'])
  advance(1800)
  assert.deepEqual(
    [await subjectOf(kept), await subjectOf(rotated), await subjectOf(proven)],
    [null, null, 'ana'],
  )
})

test('an expired session is not kept alive by a late write', async () => {
  const { begin, open, advance, subjectOf } = createWorld()
  const line = await begin({}, 'ana')
  const session = open(line)
  ;(await session.facts()).step = 2
  advance(3600)
  assert.equal((await session.commit()).ok, false)
  assert.equal(await subjectOf(line), null)
})

test('use is written down now and then, not at every request', async () => {
  const { begin, open, advance, world } = createWorld()
  const line = await begin()
  const before = world.changes
  for (let i = 0; i < 10; i++) {
    advance(36)
    const session = open(line)
    await session.subject()
    await session.commit()
  }
  assert.equal(world.changes - before, 0)
  advance(1)
  const session = open(line)
  await session.subject()
  await session.commit()
  assert.equal(world.changes - before, 1)
})

test('pruning takes what is over and nothing else', async () => {
  const { begin, advance, sessions, rowOf } = createWorld()
  const old = await begin()
  advance(3600)
  const fresh = await begin()
  await sessions.prune()
  assert.equal(await rowOf(old), null)
  assert.notEqual(await rowOf(fresh), null)
})

test('a subject that is gone has no session any more', async () => {
  const gone = new Set<string>()
  const { begin, open, rowOf, subjectOf } = createWorld({ knows: async (subject) => !gone.has(subject) })
  const line = await begin({ step: 1 }, 'ana')
  assert.equal(await subjectOf(line), 'ana')
  gone.add('ana')
  const session = open(line)
  assert.deepEqual([await session.subject(), await session.facts()], [null, { cart: [] }])
  assert.match((await session.commit()).setCookie ?? '', /Max-Age=0/)
  assert.equal(await rowOf(line), null)
})

test('rows that cannot be read count as ended, and somebody is told', async () => {
  const told: string[] = []
  const { begin, open, memory, rowOf } = createWorld({ onCorrupt: (id) => void told.push(id) })
  for (const facts of ['{', '{"cart":7}', 'null garbage']) {
    const line = await begin({ step: 1 }, 'ana')
    const row = (await rowOf(line)) as SessionRow
    await memory.change({ id: row.id }, () => ({ ...row, facts }))
    const session = open(line)
    assert.deepEqual([await session.subject(), await session.facts()], [null, { cart: [] }])
    await session.commit()
    assert.equal(await rowOf(line), null)
  }
  assert.equal(told.length, 3)
})

test('facts named __proto__ touch nothing else', async () => {
  const { begin, open, memory, rowOf } = createWorld()
  const line = await begin({ step: 1 })
  const row = (await rowOf(line)) as SessionRow
  await memory.change({ id: row.id }, () => ({ ...row, facts: '{"__proto__":{"step":7},"cart":[]}' }))
  const session = open(line)
  assert.equal((await session.facts()).step, undefined)
  ;(await session.facts()).name = 'x'
  await session.commit()
  assert.equal((await rowOf(line))?.facts, '{"__proto__":{"step":7},"cart":[],"name":"x"}')
})

test('a CSRF token may be bound to the session: it begins one, passes in every tab, and ends with it', async () => {
  const { open } = createWorld()
  const first = open(null)
  const token = await sessionCsrf(first).token()
  const line = (await first.commit()).setCookie
  const later = await sessionCsrf(open(line)).token()
  assert.notEqual(later, token)
  assert.deepEqual(
    [await sessionCsrf(open(line)).verify(token), await sessionCsrf(open(line)).verify(later)],
    [null, null],
  )
  for (const bad of [null, '', 'x'.repeat(64)])
    assert.equal(await sessionCsrf(open(line)).verify(bad), 'token')
  assert.equal(await sessionCsrf(open(null)).verify(token), 'session')

  const session = open(line)
  await session.signIn('ana')
  const fresh = await sessionCsrf(session).token()
  const signedIn = (await session.commit()).setCookie
  assert.deepEqual(
    [await sessionCsrf(open(signedIn)).verify(token), await sessionCsrf(open(signedIn)).verify(fresh)],
    ['token', null],
  )
})

test('facts that cannot begin are found out where sessions are declared', () => {
  assert.throws(
    () => createWorld({ parse: () => null }),
    /parse\(\{\}\) must give the facts of a new session/,
  )
})
