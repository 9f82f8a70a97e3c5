import { strict as assert } from 'node:assert'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { postgres, sharedServer, sqlite } from '../../../test/engines.ts'
import { changeTables } from '../../../test/other-process.ts'
import { phoneNumber, World } from '../../../test/world.ts'
import { systemClock, systemRandom } from '../../clock.ts'
import type { StoreSettings } from '../data-folder.ts'
import { openStore } from '../open-store.ts'
import { proveLedger } from '../proof.ts'
import { WrongKey } from '../sqlite-schema.ts'
import { type Store, StoreMoved } from '../store.ts'
import { expectHome, MoveRefused, NotServedHere } from './mark.ts'
import { cancelMove, moveDatabase, placeOf } from './move.ts'
import type { Destination } from './sides.ts'

describe('moving the cafés to PostgreSQL', () => {
  it('takes every row along, and the numbers open there; the old place only reads', async () => {
    await using world = await lively()
    const { url, drop, ask } = await postgresTarget()
    const moved = await move(world.settings, { engine: 'postgres', url })
    const rows = new Map(moved.tables?.map((table) => [table.table, table]))
    assert.deepEqual(
      [rows.get('cafes')?.rows, rows.get('cards')?.rows, rows.get('entries')?.rows],
      [2, 4, 16],
    )
    assert.equal(rows.get('cards')?.sum, rows.get('entries')?.sum)
    assert.deepEqual([rows.get('audits')?.rows, rows.get('audit_heads')?.rows], [12, 2])
    await assert.rejects(world.bind(phoneNumber(9)), StoreMoved)
    await assert.rejects(note(world.store, world.cafe.id), StoreMoved)
    assert.equal((await world.store.cafes.list()).length, 2)
    await assert.rejects(expectHome(world.store), NotServedHere)

    const { store } = await openStore({ ...world.settings, databaseUrl: url }, systemRandom)
    await expectHome(store)
    await note(store, world.cafe.id)
    const proof = await proveLedger(store, () => {})
    assert.deepEqual([proof.faults, proof.cafes[0]?.audits], [[], 12], 'the log goes on behind its lines')
    await assert.rejects(ask("UPDATE audits SET act = 'x'"), /append-only/)
    await assert.rejects(ask('DELETE FROM audits'), /append-only/)
    const card = await store.cards.findByPhone(world.cafe.id, phoneNumber(1))
    assert.equal(await store.cards.phoneOf(world.cafe.id, String(card?.id)), phoneNumber(1))
    const atMs = 0
    const third = { slug: 'third', name: 'x', country: 'KR', timeZone: 'Asia/Seoul', mode: 'self' } as const
    assert.equal(
      await store.transaction(null, (tx) => tx.cafes.add(third, atMs)),
      3,
      'the next café’s number',
    )
    await store.close()
    await drop()
  })

  it('comes to the same end wherever it is broken off', async () => {
    await using world = await lively()
    const { url, drop } = await postgresTarget()
    let breaks = 0
    for (let isDone = false; !isDone; breaks += 1) {
      isDone = await move(world.settings, { engine: 'postgres', url }, breakAt(breaks)).then(
        () => true,
        (error) => assert.match(String(error), /pulled the plug/) ?? false,
      )
      if (!isDone) {
        await world.bind(phoneNumber(100 + breaks))
        await note(world.store, world.cafe.id)
        await assert.rejects(openStore({ ...world.settings, databaseUrl: url }, systemRandom), NotServedHere)
      }
    }
    assert.ok(breaks > 5)
    const { store } = await openStore({ ...world.settings, databaseUrl: url }, systemRandom)
    const proof = await proveLedger(store, () => {})
    assert.deepEqual([proof.faults, proof.cafes[0]?.cards], [[], 3 + breaks - 1])
    assert.equal(proof.cafes[0]?.audits, 11 + breaks - 1)
    await store.close()
    const again = await move(world.settings, { engine: 'postgres', url })
    assert.equal(again.tables, null, 'run once more, it says the same')
    await drop()
  })

  it('is refused when a row over there is another, and can be given up and begun anew', async () => {
    await using world = await lively()
    const { url, drop, ask } = await postgresTarget()
    await assert.rejects(move(world.settings, { engine: 'postgres', url }, breakAt(6)), /pulled the plug/)
    await ask(`UPDATE cards SET balance = balance + 1`)
    const refusal = move(world.settings, { engine: 'postgres', url })
    await assert.rejects(
      refusal,
      (error) => error instanceof MoveRefused && /table cards/.test(error.message),
    )
    await world.bind(phoneNumber(9))
    await cancelMove(world.settings, systemRandom)
    await assert.rejects(cancelMove(world.settings, systemRandom), /No move is under way/)
    await move(world.settings, { engine: 'postgres', url })
    await assert.rejects(cancelMove(world.settings, systemRandom), /were moved to/)
    await drop()
  })

  it('is refused to a database with cafés of its own, with another key, and to the engine they are in', async () => {
    await using world = await lively()
    await using other = await World.make({ engine: postgres, seed: 2 })
    const taken = { engine: 'postgres', url: String(other.databaseUrl) } as const
    await assert.rejects(move(world.settings, taken), WrongKey)
    const sameKey = { ...world.settings, dataFolder: other.settings.dataFolder, databaseUrl: null }
    const { store } = await openStore(sameKey, systemRandom)
    await store.close()
    await assert.rejects(move(sameKey, taken), /cafés of its own/)
    await assert.rejects(move(world.settings, { engine: 'sqlite', folder: '/tmp' }), /in SQLite already/)
    await assert.rejects(move(other.settings, taken), /in PostgreSQL already/)
    const nowhere = mkdtempSync(join(tmpdir(), 'dojang-nowhere-'))
    await assert.rejects(move({ ...world.settings, dataFolder: nowhere }, taken), /no database/)
    rmSync(nowhere, { recursive: true })
    assert.ok(await world.bind(phoneNumber(9)), 'the café goes on where it was')
  })

  it('keeps and says no password', async () => {
    const url = 'postgres://dojang:geh@eim@one:5432,two:5432/dojang?password=geheim'
    assert.equal(placeOf({ engine: 'postgres', url }), 'postgres://dojang@one:5432,two:5432/dojang')
  })
})

describe('moving the cafés back to SQLite', () => {
  it('puts the database that was moved away aside, and takes every row along', async () => {
    await using world = await lively()
    const { url, drop } = await postgresTarget()
    await move(world.settings, { engine: 'postgres', url })
    const away = { ...world.settings, databaseUrl: url }
    const there = await openStore(away, systemRandom)
    const third = { slug: 'third', name: 'x', country: 'KR', timeZone: 'Asia/Seoul', mode: 'self' } as const
    await there.store.transaction(null, (tx) => tx.cafes.add(third, 0))
    await there.store.close()
    await world.store.close()
    const { dataFolder } = world.settings
    const back = await move(away, { engine: 'sqlite', folder: dataFolder })
    assert.deepEqual(readdirSync(join(dataFolder, 'backups')), ['aside.db'])
    const rows = new Map(back.tables?.map((table) => [table.table, table.rows]))
    assert.deepEqual([rows.get('cafes'), rows.get('entries'), rows.get('audits')], [3, 16, 12])
    await world.restart()
    await note(world.store, world.cafe.id)
    assert.deepEqual(await world.faults(), [])
    for (const change of ["UPDATE audits SET act = 'x'", 'DELETE FROM audits'])
      await assert.rejects(changeTables(world, change), /append-only/)
    await world.bind(phoneNumber(9))
    await drop()
  })
})

/** Two cafés, cards with and without browsers, a redeem, an undone line, one who is proven, and lines of the audit log. */
async function lively(): Promise<World> {
  const world = await World.make({ engine: sqlite, cost: 3 })
  for (const place of [1, 2]) {
    const browserId = await world.bind(phoneNumber(place), 5)
    await world.stamp({ browserId })
    await world.redeem(browserId)
    await world.prove(browserId)
    const [line] = await world.history(phoneNumber(place))
    await world.void(String(line?.id))
    await world.forget(await world.bind(phoneNumber(place)))
  }
  for (let times = 0; times < 5; times += 1) await world.bind(phoneNumber(3))
  await world.bind(phoneNumber(1), 1, world.rival)
  for (let times = 0; times < 11; times += 1) await note(world.store, world.cafe.id)
  await note(world.store, world.rival.id)
  return world
}

/** A line of the audit log. */
function note(store: Store, cafeId: number): Promise<void> {
  const nobody = { personId: null, deviceId: null, address: null, subject: null, facts: {} }
  const line = { ...nobody, atMs: 1, actor: 'operator', act: 'search' } as const
  return store.transaction(cafeId, (tx) => tx.audits.append(cafeId, line))
}

async function postgresTarget() {
  const { url, drop } = await postgres.freshDatabase()
  const schema = decodeURIComponent(String(url)).match(/search_path=(\w+)/)?.[1]
  const server = await sharedServer()
  return { url: String(url), drop, ask: (text: string) => server.ask(`SET search_path = ${schema}; ${text}`) }
}

function move(settings: StoreSettings, to: Destination, onProgress = (_share: number) => {}) {
  const parts = { random: systemRandom, clock: systemClock, asideName: 'aside.db' }
  return moveDatabase({ settings, to, onProgress, ...parts })
}

/** Stops the move after so many of its steps. */
function breakAt(steps: number) {
  let done = 0
  return () => {
    done += 1
    if (done > steps) throw new Error('somebody pulled the plug')
  }
}
