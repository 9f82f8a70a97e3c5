import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { World } from '../../test/world.ts'
import type { Tx } from './store.ts'

onEveryEngine('the people of a café', (engine) => {
  let world: World
  before(async () => {
    world = await World.make({ engine })
  })
  after(() => world[Symbol.asyncDispose]())

  const inCafe = <T>(work: (tx: Tx) => Promise<T>) => world.store.transaction(world.cafe.id, work)
  const hire = async (email: string | null, cafeId = world.cafe.id) => {
    const id = world.random.uuid()
    const person = {
      id,
      role: 'manager' as const,
      name: 'Mina',
      email,
      passwordHash: 'hash 1',
      createdAtMs: 7,
    }
    const wasAdded = await world.store.transaction(cafeId, (tx) => tx.people.add(cafeId, person))
    return { id, wasAdded }
  }

  it('are found by their e-mail however it is typed, and never at the café next door', async () => {
    const { id } = await hire(' Mina@Ongi.Example')
    const found = await world.store.people.findByEmail(world.cafe.id, 'MINA@ongi.example ')
    assert.deepEqual(found, {
      cafeId: world.cafe.id,
      id,
      role: 'manager',
      name: 'Mina',
      email: 'mina@ongi.example',
      hasPassword: true,
      hasPin: false,
      hasTotp: false,
      createdAtMs: 7,
      disabledAtMs: null,
    })
    const { people } = world.store
    assert.equal(await people.find(world.rival.id, id), null)
    assert.equal(await people.findByEmail(world.rival.id, 'mina@ongi.example'), null)
    assert.equal(await people.proofsOf(world.rival.id, id), null)
    assert.deepEqual(await people.list(world.rival.id), [])
  })

  it('have an e-mail each, or none', async () => {
    const { id, wasAdded } = await hire('taken@ongi.example')
    assert.equal(wasAdded, true)
    assert.equal((await hire('Taken@ongi.example')).wasAdded, false)
    assert.equal((await hire('taken@ongi.example', world.rival.id)).wasAdded, true)
    assert.equal((await hire(null)).wasAdded && (await hire(null)).wasAdded, true)
    const other = await hire('free@ongi.example')
    const { cafe } = world
    assert.equal(await inCafe((tx) => tx.people.setEmail(cafe.id, other.id, 'TAKEN@ongi.example')), false)
    assert.equal(await inCafe((tx) => tx.people.setEmail(cafe.id, id, 'taken@ongi.example')), true)
  })

  it('are renamed, promoted, let go and taken back', async () => {
    const { id } = await hire(null)
    const { id: cafeId } = world.cafe
    await inCafe(async (tx) => {
      assert.equal(await tx.people.rename(cafeId, id, '민아'), true)
      assert.equal(await tx.people.setRole(cafeId, id, 'owner'), true)
      assert.equal(await tx.people.disable(cafeId, id, 9), true)
      assert.equal(await tx.people.disable(cafeId, id, 10), false) // the first time is when it was
    })
    const person = await world.store.people.find(cafeId, id)
    assert.deepEqual([person?.name, person?.role, person?.disabledAtMs], ['민아', 'owner', 9])
    await inCafe((tx) => tx.people.enable(cafeId, id))
    assert.equal((await world.store.people.find(cafeId, id))?.disabledAtMs, null)
    const rival = world.rival.id
    assert.equal(await world.store.transaction(rival, (tx) => tx.people.rename(rival, id, 'x')), false)
  })

  it('prove themselves by what is read apart: a password, a PIN, one-time codes', async () => {
    const { id } = await hire('proof@ongi.example')
    const { id: cafeId } = world.cafe
    const secret = Uint8Array.from({ length: 20 }, (_, place) => place)
    await inCafe(async (tx) => {
      for (let wrong = 0; wrong < 3; wrong++) await tx.people.countPasswordFailure(cafeId, id)
      await tx.people.setPin(cafeId, id, 'pin 1')
      await tx.people.setTotp(cafeId, id, secret)
    })
    const proofs = await world.store.people.proofsOf(cafeId, id)
    assert.deepEqual(
      [proofs?.passwordHash, proofs?.passwordFailures, proofs?.pinHash],
      ['hash 1', 3, 'pin 1'],
    )
    assert.deepEqual(Uint8Array.from(proofs?.totpSecret ?? []), secret)
    await inCafe((tx) => tx.people.setPassword(cafeId, id, 'hash 2'))
    assert.equal((await world.store.people.proofsOf(cafeId, id))?.passwordFailures, 0)
    assert.equal(await inCafe((tx) => tx.people.clearPasswordFailures(cafeId, id)), false)
    const person = await world.store.people.find(cafeId, id)
    assert.deepEqual([person?.hasPassword, person?.hasPin, person?.hasTotp], [true, true, true])
  })

  it('use the time step of a one-time code once, however many ask at once', async () => {
    const { id } = await hire(null)
    const { id: cafeId } = world.cafe
    await inCafe((tx) => tx.people.setTotp(cafeId, id, new Uint8Array(20)))
    const use = (step: number) => inCafe((tx) => tx.people.useTotpStep(cafeId, id, step))
    const uses = await Promise.all(Array.from({ length: 8 }, () => use(100)))
    assert.equal(uses.filter(Boolean).length, 1)
    assert.equal(await use(99), false)
    assert.equal(await use(101), true)
  })

  it('have passkeys, found by the name that the authenticator gives them', async () => {
    const { id } = await hire(null)
    const { id: cafeId } = world.cafe
    const passkey = {
      id: 'key-1',
      personId: id,
      publicKey: Uint8Array.of(1, 2, 3),
      counter: 4,
      transports: ['internal', 'hybrid'],
      name: '계산대 아이패드',
      createdAtMs: 7,
    }
    assert.equal(await inCafe((tx) => tx.passkeys.add(cafeId, passkey)), true)
    assert.equal(await inCafe((tx) => tx.passkeys.add(cafeId, passkey)), false)
    const [found] = await world.store.passkeys.ofPerson(cafeId, id)
    assert.deepEqual(
      { ...found, publicKey: [...(found?.publicKey ?? [])] },
      { ...passkey, publicKey: [1, 2, 3], usedAtMs: null },
    )
    assert.equal(await world.store.passkeys.find(world.rival.id, 'key-1'), null)
    const touch = (counter: number) => inCafe((tx) => tx.passkeys.touch(cafeId, 'key-1', counter, 8))
    assert.deepEqual([await touch(4), await touch(5), await touch(5)], [false, true, false])
    assert.equal((await world.store.passkeys.find(cafeId, 'key-1'))?.usedAtMs, 8)
    assert.equal(await inCafe((tx) => tx.passkeys.remove(cafeId, world.random.uuid(), 'key-1')), false)
    assert.equal(await inCafe((tx) => tx.passkeys.remove(cafeId, id, 'key-1')), true)
  })

  it('come in by a link that works once, in time, and for its own café', async () => {
    const { id: cafeId } = world.cafe
    const invite = (id: string, expiresAtMs: number) =>
      inCafe((tx) =>
        tx.invitations.add(cafeId, { id, purpose: 'staff', personId: null, createdAtMs: 1, expiresAtMs }),
      )
    await invite('link-1', 100)
    const use = (id: string, atMs: number) => inCafe((tx) => tx.invitations.use(cafeId, id, atMs))
    assert.equal(await world.store.invitations.find(world.rival.id, 'link-1'), null)
    const uses = await Promise.all(Array.from({ length: 8 }, () => use('link-1', 99)))
    assert.equal(uses.filter(Boolean).length, 1)
    await invite('link-2', 100)
    assert.equal(await use('link-2', 100), false)
    assert.equal((await world.store.invitations.find(cafeId, 'link-2'))?.usedAtMs, null)
    await invite('link-3', 200)
    assert.equal(await inCafe((tx) => tx.invitations.dropOpen(cafeId, 'setup', null)), 0)
    assert.equal(await inCafe((tx) => tx.invitations.dropOpen(cafeId, 'staff', world.random.uuid())), 0)
    assert.equal(await inCafe((tx) => tx.invitations.dropOpen(cafeId, 'staff', null)), 2)
    assert.equal(await inCafe((tx) => tx.invitations.dropExpired(cafeId, 100)), 1)
  })
})
