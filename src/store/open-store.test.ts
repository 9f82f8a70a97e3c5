import { strict as assert } from 'node:assert'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { postgres } from '../../test/engines.ts'
import { systemRandom } from '../clock.ts'
import { FolderProblem, type StoreSettings } from './data-folder.ts'
import { KeyProblem } from './keys.ts'
import { openStore } from './open-store.ts'
import { WrongKey } from './sqlite.ts'
import { DamagedDatabase } from './sqlite-connection.ts'
import { StoreUnavailable } from './store.ts'

const SECRET = 'first-secret-of-more-than-32-bytes-abc'
const OTHER_SECRET = 'other-secret-of-more-than-32-bytes-xyz'

describe('a first start', () => {
  let folder = ''
  let settings: StoreSettings = { dataFolder: '', databaseUrl: null, secret: null, secretFallbacks: [] }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojang-open-'))
    settings = { ...settings, dataFolder: join(folder, 'data') }
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const keyFile = () => join(settings.dataFolder, 'dojang.key')
  const database = () => join(settings.dataFolder, 'dojang.db')
  const modeOf = (path: string) => statSync(path).mode & 0o777
  const openAndClose = async (more: Partial<StoreSettings> = {}) => {
    const opened = await openStore({ ...settings, ...more }, systemRandom)
    await opened.store.close()
    return opened
  }

  it('makes a folder, a key and a database that nobody else on the machine can read', async () => {
    await openAndClose()
    assert.deepEqual([settings.dataFolder, keyFile(), database()].map(modeOf), [0o700, 0o600, 0o600])
    assert.deepEqual(readdirSync(settings.dataFolder).sort(), ['dojang.db', 'dojang.key'])
  })

  it('keeps the write-ahead log as private as the database', async () => {
    const { store } = await openStore(settings, systemRandom)
    await store.transaction(null, async () => {})
    for (const name of readdirSync(settings.dataFolder))
      assert.equal(modeOf(join(settings.dataFolder, name)), 0o600, name)
    await store.close()
  })

  it('takes an empty folder for its own, and leaves the mode of one that holds other things', async () => {
    mkdirSync(settings.dataFolder, { mode: 0o755 })
    writeFileSync(join(settings.dataFolder, 'photo.jpg'), '')
    await openAndClose()
    assert.equal(modeOf(settings.dataFolder), 0o755)
    rmSync(settings.dataFolder, { recursive: true })
    mkdirSync(settings.dataFolder, { mode: 0o755 })
    await openAndClose()
    assert.equal(modeOf(settings.dataFolder), 0o700)
  })

  it('finds its key again, and the same database', async () => {
    const first = await openAndClose()
    const second = await openAndClose()
    assert.equal(first.keys.current, second.keys.current)
    assert.equal(second.databaseKey, first.keys.current)
  })

  it('refuses a key file that others can read, and says how to close it', async () => {
    await openAndClose()
    chmodSync(keyFile(), 0o644)
    await assert.rejects(
      openAndClose(),
      (error) => error instanceof KeyProblem && /chmod 600/.test(error.message),
    )
  })

  it('refuses to make a new key for a database that is there', async () => {
    await openAndClose()
    rmSync(keyFile())
    await assert.rejects(openAndClose(), KeyProblem)
    assert.ok(!readdirSync(settings.dataFolder).includes('dojang.key'))
  })

  it('refuses a key that is cut short', async () => {
    await openAndClose()
    writeFileSync(keyFile(), 'short\n')
    await assert.rejects(openAndClose(), KeyProblem)
  })

  it('refuses a database that was made with another key, and leaves it as it was', async () => {
    await openAndClose({ secret: SECRET })
    const before = readFileSync(database())
    await assert.rejects(openAndClose({ secret: OTHER_SECRET }), WrongKey)
    assert.ok(readFileSync(database()).equals(before))
    await openAndClose({ secret: SECRET })
  })

  it('opens with a key from before while that one is still listed', async () => {
    await openAndClose({ secret: SECRET })
    const opened = await openAndClose({ secret: OTHER_SECRET, secretFallbacks: [SECRET] })
    assert.equal(opened.databaseKey, SECRET)
  })

  it('knows a PostgreSQL database by its key as well', async () => {
    const { url: databaseUrl, drop } = await postgres.freshDatabase()
    await openAndClose({ databaseUrl, secret: SECRET })
    await assert.rejects(openAndClose({ databaseUrl, secret: OTHER_SECRET }), WrongKey)
    const opened = await openAndClose({ databaseUrl, secret: OTHER_SECRET, secretFallbacks: [SECRET] })
    assert.equal(opened.databaseKey, SECRET)
    await drop()
  })

  it('says so when there is no PostgreSQL where the address says', async () => {
    const nowhere = 'postgres://dojang@127.0.0.1:1,127.0.0.1:2/dojang'
    await assert.rejects(openAndClose({ databaseUrl: nowhere, secret: SECRET }), StoreUnavailable)
  })

  it('says so when the database is something else, or damaged', async () => {
    await openAndClose()
    writeFileSync(database(), 'this is no database, whatever its name says'.repeat(100))
    await assert.rejects(
      openAndClose(),
      (error) => error instanceof DamagedDatabase && /restore/.test(error.message),
    )
  })

  it('says so when the folder cannot be one', async () => {
    writeFileSync(settings.dataFolder, '')
    await assert.rejects(openAndClose(), FolderProblem)
  })
})
