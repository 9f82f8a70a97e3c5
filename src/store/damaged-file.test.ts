import { strict as assert } from 'node:assert'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { it } from 'node:test'
import { runs } from '../../test/effort.ts'
import { phoneNumber, World } from '../../test/world.ts'
import { type SeededRandom, seededRandom } from '../cli/seed/seeded-random.ts'
import { systemRandom } from '../clock.ts'
import { databaseFileOf } from './data-folder.ts'
import { openStore } from './open-store.ts'
import { proveLedger } from './proof.ts'
import { DamagedDatabase, isDamagedFile } from './sqlite-connection.ts'
import type { Store } from './store.ts'

const NUMBERS = 30
const COPIES = runs(60, 1_000)

it(`a file with bits flipped or its end cut off, ${COPIES} times, is refused or named, and never shows a wrong balance`, async () => {
  await using world = await World.make()
  for (let place = 0; place < NUMBERS; place += 1) await world.bind(phoneNumber(place), 1 + (place % 9))
  const right = await balancesIn(world.store, world.cafe.id)
  await world.store.close()
  const file = databaseFileOf(world.settings)
  const whole = readFileSync(file)
  const random = seededRandom(5)
  let found = 0
  for (let copy = 0; copy < COPIES; copy += 1) {
    for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true })
    writeFileSync(file, damaged(whole, random))
    const seen = await look(world)
    if (seen === null) found += 1
    else assert.deepEqual(seen, right, `copy ${copy}`)
  }
  assert.ok(found > COPIES / 2, `${found} of ${COPIES} were found`)
  for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true })
  writeFileSync(file, whole)
  await world.restart()
})

/** The balances as the store tells them after a proof without a fault; null when the damage was found. */
async function look(world: World): Promise<number[] | null> {
  let store: Store | null = null
  try {
    store = (await openStore(world.settings, systemRandom)).store
    const proof = await proveLedger(store, () => {})
    return proof.faultCount > 0 ? null : await balancesIn(store, world.cafe.id)
  } catch (error) {
    const isExpected = error instanceof DamagedDatabase || isDamagedFile(error) || isNamed(error)
    if (!isExpected) throw error
    return null
  } finally {
    await store?.close().catch(() => {})
  }
}

/** What else opening says to a file that is not what it was. */
function isNamed(error: unknown): boolean {
  return error instanceof Error && ['WrongKey', 'FolderProblem', 'StoreUnavailable'].includes(error.name)
}

async function balancesIn(store: Store, cafeId: number): Promise<number[]> {
  const places = Array.from({ length: NUMBERS }, (_, place) => place)
  const cards = await Promise.all(places.map((place) => store.cards.findByPhone(cafeId, phoneNumber(place))))
  return cards.map((card) => card?.balance ?? 0)
}

function damaged(whole: Buffer, random: SeededRandom): Buffer {
  const bytes = Buffer.from(whole)
  if (random.chance(0.1)) return bytes.subarray(0, random.whole(0, bytes.length - 1))
  for (let flips = random.whole(1, 64); flips > 0; flips -= 1) {
    const at = random.whole(0, bytes.length - 1)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.whole(0, 7))
  }
  return bytes
}
