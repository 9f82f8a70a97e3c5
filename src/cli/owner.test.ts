import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { Operator } from '../../test/terminal.ts'
import { systemRandom } from '../clock.ts'
import { readConfig } from '../config.ts'
import { openStore } from '../store/open-store.ts'

const LINK = /^http:\/\/localhost:\d+\/setup\/\?token=1\.[\w-]{22}$/

describe('dojang owner', () => {
  it('prints the link that sets a café on trial up, another each time', async () => {
    using operator = new Operator()
    const links = [
      await operator.runHere('owner', 'add', '--json'),
      await operator.runHere('owner', 'reset', 'cafe', '--json'),
    ].map(({ json }) => String(json.setupUrl))
    for (const link of links) assert.match(link, LINK)
    assert.equal(new Set(links).size, 2)
    const { out } = await operator.runHere('owner', 'add', 'cafe')
    assert.match(out, /set up Dojang Café, within 30 minutes.*\nhttp:/)
  })

  it('lets the owner of a café back in, and adds no second one', async () => {
    using operator = new Operator()
    const ownerId = await setUp(operator)
    const { code, json } = await operator.runHere('owner', 'add', '--json')
    assert.deepEqual([code, json.reason], [1, 'owner-there'])
    const reset = await operator.runHere('owner', 'reset', '--json')
    assert.match(String(reset.json.resetUrl), LINK)
    assert.equal(reset.json.isSecondFactorDropped, false)
    assert.deepEqual(await lastActs(operator), [['reset-link-made', ownerId, 'operator']])
  })

  it('takes the second factor away only where that is asked for', async () => {
    using operator = new Operator()
    const ownerId = await setUp(operator)
    await operator.runHere('owner', 'reset')
    assert.deepEqual(await factorsOf(operator, ownerId), [true, 1])
    const { out } = await operator.runHere('owner', 'reset', 'cafe', '--second-factor')
    assert.match(out, /authenticator app and passkeys are taken away/)
    assert.deepEqual(await factorsOf(operator, ownerId), [false, 0])
    const [made, removed] = await lastActs(operator, 2)
    assert.deepEqual([made?.[0], removed?.[0]], ['reset-link-made', 'second-factor-removed'])
  })

  it('knows no café that is not there', async () => {
    using operator = new Operator()
    for (const word of ['add', 'reset']) {
      const { code, json } = await operator.runHere('owner', word, 'elsewhere', '--json')
      assert.deepEqual([code, json.reason], [1, 'no-such-cafe'])
    }
  })
})

async function withStoreOf<T>(
  operator: Operator,
  work: (store: Awaited<ReturnType<typeof openStore>>['store'], cafeId: number) => Promise<T>,
): Promise<T> {
  const { store } = await openStore(readConfig({ DOJANG_DATA: operator.data }), systemRandom)
  const cafe = await store.cafes.findBySlug('cafe')
  return work(store, cafe?.id ?? 0).finally(() => store.close())
}

/** An owner with a second factor of each kind. */
async function setUp(operator: Operator): Promise<string> {
  await operator.runHere('cafe', 'list')
  const ownerId = systemRandom.uuid()
  await withStoreOf(operator, async (store, cafeId) => {
    const cafe = await store.cafes.findBySlug('cafe')
    if (cafe === null) throw new Error('the first café is there')
    const owner = { id: ownerId, role: 'owner', name: '은경', email: 'owner@ongi.example' } as const
    await store.transaction(cafeId, async (tx) => {
      await tx.cafes.update({ ...cafe, setUpAtMs: 1 })
      await tx.people.add(cafeId, { ...owner, passwordHash: null, createdAtMs: 1 })
      await tx.people.setTotp(cafeId, ownerId, systemRandom.bytes(20))
      const passkey = { id: 'a-key', personId: ownerId, publicKey: systemRandom.bytes(8), name: 'key' }
      await tx.passkeys.add(cafeId, { ...passkey, counter: 0, transports: [], createdAtMs: 1 })
    })
  })
  return ownerId
}

function lastActs(operator: Operator, most = 1) {
  return withStoreOf(operator, async (store, cafeId) =>
    (await store.audits.page(cafeId, null, most)).map(({ act, subject, actor }) => [act, subject, actor]),
  )
}

function factorsOf(operator: Operator, ownerId: string) {
  return withStoreOf(operator, async (store, cafeId) => [
    (await store.people.find(cafeId, ownerId))?.hasTotp,
    (await store.passkeys.ofPerson(cafeId, ownerId)).length,
  ])
}
