// Forged from elsewhere: every route that takes a POST, as routes.ts has them (safety.md S38, S39, S44).
import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { openShop, type Shop } from '../shop.ts'
import type { Shown } from '../visitor.ts'
import { digestOf } from '../whole-database.ts'
import { everyPost, freshForm, newKey, type Post } from './every-post.ts'

const YEAR_MS = 366 * 24 * 60 * 60 * 1000
const EVIL = 'https://evil.example'
const LAST = ['forget', 'owner.deviceRevocation', 'owner.personEnd', 'owner.passkeyRemoval'] // they end what others need
const READABLE = ['phone', 'query', 'name', 'email', 'cost', 'reason'] // fields that come back as they were filled in; no secret does
const FOREIGN = [
  ['role', 'owner'],
  ['balance', '9999'],
  ['cafe_id', '2'],
  ['created_at', '0'],
  ['stamps', '9999'],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['__proto__[x]', '1'],
  ['constructor[prototype][x]', '1'],
] as const

describe('every form of every page', () => {
  let shop: Shop
  let posts: readonly Post[]
  before(async () => {
    shop = await openShop()
    posts = await everyPost(shop)
  })
  after(() => shop.close())

  /** Sends each in its way, and expects the refusal and an untouched database. */
  async function refused(reason: string, status: number, send: (post: Post) => Promise<Shown>) {
    const met: string[] = []
    for (const post of posts) {
      const digest = digestOf(shop)
      const shown = await send(post)
      if (shown.status !== status || shown.refusal !== reason)
        met.push(`${post.name}: ${shown.status} ${shown.refusal}`)
      if (digestOf(shop) !== digest) met.push(`${post.name}: something was written`)
    }
    assert.deepEqual(met, [])
  }

  const origins: [string, Record<string, string>, string][] = [
    ['by another site', { 'sec-fetch-site': 'cross-site', origin: EVIL }, 'cross-site'],
    ['by another site that hides its name', { 'sec-fetch-site': 'cross-site' }, 'cross-site'],
    ['by a neighbour under our domain', { 'sec-fetch-site': 'same-site' }, 'cross-site'],
    ['by another site through an old browser', { origin: EVIL }, 'bad-origin'],
    ['from a sandbox, through an old browser', { origin: 'null' }, 'bad-origin'],
    ['by our name on another port', { origin: 'http://localhost:8001' }, 'bad-origin'],
  ]
  for (const [how, headers, reason] of origins)
    it(`is refused when it is sent ${how}, and writes nothing (S38)`, () =>
      refused(reason, 403, async ({ visitor, path, fields }) =>
        sendForm(visitor, path, { ...fields, ...(await freshForm(visitor)) }, headers),
      ))

  it('is refused without a token, however silent the browser is about where it comes from (S38, S39)', () =>
    refused('bad-token', 403, async ({ visitor, path, fields }) => {
      const { csrf_token: _, ...key } = await freshForm(visitor)
      return sendForm(visitor, path, { ...fields, ...key })
    }))

  it('is refused with the token of another browser (S39)', () =>
    refused('bad-token', 403, async ({ visitor, path, fields }) => {
      await freshForm(visitor)
      return visitor.postFields(path, { ...fields, ...(await freshForm(shop.visitor())) })
    }))

  it('comes back as it was filled in when its token was refused (S39)', async () => {
    const met: string[] = []
    for (const { name, visitor, path, fields } of posts) {
      const form = { ...fields, ...(await freshForm(visitor)), csrf_token: 'x' }
      const { text } = await visitor.postFields(path, form)
      for (const [field, value] of Object.entries(fields))
        if (READABLE.includes(field) && value !== '' && !text.includes(`value="${value}"`))
          met.push(`${name} ${field}`)
    }
    assert.deepEqual(met, [])
  })

  it('is refused without the cookie that its token belongs to (S39)', () =>
    refused('no-csrf-cookie', 403, async ({ visitor, path, fields }) => {
      const form = await freshForm(visitor)
      return withoutCookie(visitor, () => visitor.postFields(path, { ...fields, ...form }))
    }))

  it('is refused with a token that is older than a year, cookie and all (S39)', async () => {
    const old = shop.visitor()
    shop.clock.nowMs -= YEAR_MS
    const form = await freshForm(old)
    shop.clock.nowMs += YEAR_MS
    await refused('no-csrf-cookie', 403, async ({ visitor, path, fields }) =>
      withoutCookie(visitor, async () => {
        visitor.cookies.set('csrf', old.cookies.get('csrf') ?? '')
        return visitor.postFields(path, { ...fields, ...form, idempotency_key: newKey() })
      }),
    )
  })

  it('takes no field besides its own, whatever it is called, and writes nothing of it (S44)', async () => {
    for (const [name, value] of FOREIGN) {
      const own = ({ fields }: Post) => Object.hasOwn(fields, name)
      const met: string[] = []
      for (const post of posts.filter((one) => !own(one))) {
        const digest = digestOf(shop)
        const fields = { ...post.fields, ...(await freshForm(post.visitor)) }
        const shown = await sendForm(post.visitor, post.path, [...Object.entries(fields), [name, value]])
        const isRefused = shown.status === 422 && shown.refusal === 'field-invalid'
        if (!isRefused || digestOf(shop) !== digest)
          met.push(`${name} ${post.name}: ${shown.status} ${shown.refusal}`)
      }
      assert.deepEqual(met, [])
    }
    assert.equal(({} as { x?: unknown }).x, undefined)
  })

  it('works when nothing is wrong with it, so that what was refused was refused for that', async () => {
    const met: string[] = []
    const inOrder = [...posts].sort((a, b) => LAST.indexOf(a.name) - LAST.indexOf(b.name))
    for (const { name, path, visitor, fields, done } of inOrder) {
      const shown = await visitor.postFields(path, { ...fields, ...(await freshForm(visitor)) })
      if (shown.status !== done) met.push(`${name}: ${shown.status} ${shown.refusal}, not ${done}`)
    }
    assert.deepEqual(met, [])
  })
})

/** With no header that says where it comes from, but those that are given. */
function sendForm(
  visitor: Post['visitor'],
  path: string,
  fields: Record<string, string> | string[][],
  headers: Record<string, string> = {},
): Promise<Shown> {
  return visitor.send(path, {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
}

async function withoutCookie<T>(visitor: Post['visitor'], work: () => Promise<T>): Promise<T> {
  const kept = visitor.cookies.get('csrf') ?? ''
  visitor.cookies.delete('csrf')
  try {
    return await work()
  } finally {
    visitor.cookies.set('csrf', kept)
  }
}
