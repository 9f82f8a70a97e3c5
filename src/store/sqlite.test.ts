import { strict as assert } from 'node:assert'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import Sqlite from 'better-sqlite3'
import { phoneNumber, World } from '../../test/world.ts'
import { databaseFileOf } from './data-folder.ts'

describe('beside other processes', () => {
  it('waits a moment for another writer, and goes on', async () => {
    await using world = await World.make()
    const other = new Sqlite(databaseFileOf(world.settings))
    other.exec('BEGIN IMMEDIATE')
    setTimeout(() => other.exec('COMMIT'), 300)
    await world.bind(phoneNumber(1))
    other.close()
    assert.deepEqual(await world.faults(), [])
  })

  it('opens while another process holds the writer', async () => {
    await using world = await World.make()
    const other = new Sqlite(databaseFileOf(world.settings))
    other.exec('BEGIN IMMEDIATE')
    await world.restart()
    assert.equal((await world.store.cafes.list()).length, 2)
    other.exec('COMMIT')
    other.close()
  })
})

describe('a backup', () => {
  it('taken while customers are stamped is whole, private, and one moment of the ledger', async () => {
    await using world = await World.make()
    const browserId = await world.bind(phoneNumber(1), 9)
    for (let place = 2; place < 600; place += 1) void world.bind(phoneNumber(place))
    let isBusy = true
    const customers = (async () => {
      while (isBusy) await world.stamp({ browserId })
    })()
    const file = join(world.settings.dataFolder, 'copy.db')
    const shares: number[] = []
    await world.store.backUp(file, (share) => shares.push(share))
    isBusy = false
    await customers
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(shares.at(-1), 1)
    const copy = new Sqlite(file, { readonly: true })
    assert.equal(copy.pragma('integrity_check', { simple: true }), 'ok')
    assert.deepEqual(
      copy.prepare('SELECT sum(stamps) AS stamps FROM entries').pluck().get(),
      copy.prepare('SELECT sum(balance) AS stamps FROM cards').pluck().get(),
    )
    copy.close()
  })
})

describe('a disk that fails', { skip: process.platform === 'win32' ? 'needs ulimit' : false }, () => {
  it('is written no more until a restart, while reading goes on and nothing that was answered is lost', async () => {
    await using world = await World.make()
    await world.store.close()
    const report = await failDisk(world.settings.dataFolder)
    await world.restart()
    assert.equal(
      report.lastError,
      'OutcomeUnknown',
      'what a failing disk was given may be on it all the same',
    )
    assert.match(report.secondMessage, /restart/)
    assert.equal(report.isReady, false)
    assert.ok(report.answered.length > 0, 'some were answered before the disk failed')
    assert.equal(report.readBalance, report.answered.length)
    assert.equal((await world.history(phoneNumber(1))).length, report.answered.length)
    assert.deepEqual(await world.faults(), [])
    await world.bind(phoneNumber(1))
  })
})

interface DiskReport {
  readonly answered: string[]
  readonly lastError: string
  readonly secondMessage: string
  readonly isReady: boolean
  readonly readBalance: number
}

/** Stamps in a process that may write no file beyond 256 kB: the kernel fails the write, as a broken disk does. */
async function failDisk(folder: string): Promise<DiskReport> {
  const script = `
    import { openStore } from ${JSON.stringify(import.meta.resolve('./open-store.ts'))}
    import { stampCard } from ${JSON.stringify(import.meta.resolve('../commands/stamp-card.ts'))}
    import { systemRandom } from ${JSON.stringify(import.meta.resolve('../clock.ts'))}
    const settings = { dataFolder: ${JSON.stringify(folder)}, databaseUrl: null, secret: null, secretFallbacks: [] }
    const { store } = await openStore(settings, systemRandom)
    const cafe = await store.cafes.findBySlug('ongi')
    const programme = await store.cafes.programmeOf(cafe.id)
    const phone = ${JSON.stringify(phoneNumber(1))}
    const stamp = async () => {
      const newIds = { entry: systemRandom.uuid(), card: systemRandom.uuid(), browser: systemRandom.uuid() }
      const input = { cafe, programme, browserId: null, phone, stamps: 1, atMs: 1, newIds }
      await store.transaction(cafe.id, (tx) => stampCard(tx, { kind: 'browser', cafeId: cafe.id }, input))
      return newIds.entry
    }
    const answered = []
    let lastError = null
    while (lastError === null && answered.length < 5_000) {
      await stamp().then((id) => answered.push(id), (error) => { lastError = error })
    }
    const second = await stamp().catch((error) => error)
    const card = await store.cards.findByPhone(cafe.id, phone)
    console.log(JSON.stringify({
      answered, lastError: lastError?.name, secondMessage: String(second?.message),
      isReady: await store.isReady(), readBalance: card.balance,
    }))
    process.exit(0)`
  const child = spawn(
    'sh',
    ['-c', 'ulimit -f "$1" && exec "$2" --input-type=module -e "$3"', 'sh', '512', process.execPath, script],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  await once(child, 'close')
  return JSON.parse(output)
}
