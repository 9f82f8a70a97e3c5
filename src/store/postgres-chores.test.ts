import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import { type PostgresServer, postgresServer } from '../../test/postgres.ts'
import { systemRandom } from '../clock.ts'
import { createPhoneVault } from './phone-vault.ts'
import { openPostgresStore } from './postgres.ts'

const vault = createPhoneVault('a-secret-of-more-than-32-bytes-0123456789', systemRandom)

describe('a chore of several processes', () => {
  let postgres: PostgresServer
  before(async () => {
    postgres = await postgresServer()
  })
  after(() => postgres.remove())

  it('is done by one of them at a time, and by another once the first is through', async () => {
    const [one, other] = [
      await openPostgresStore(postgres.url(), vault),
      await openPostgresStore(postgres.url(), vault),
    ]
    const done: string[] = []
    const mustNot = async () => void done.push('twice')
    const first = await one.asOnly('sweep', async () => {
      assert.equal(await other.asOnly('sweep', mustNot), false)
      assert.equal(await one.asOnly('sweep', mustNot), false, 'not by the same process either')
      assert.equal(await other.asOnly('dust', async () => void done.push('dust')), true)
      done.push('sweep')
    })
    assert.deepEqual([first, done], [true, ['dust', 'sweep']])
    assert.equal(await other.asOnly('sweep', async () => void done.push('again')), true)
    await Promise.all([one.close(), other.close()])
  })

  it('that fails lets the next one try', async () => {
    const store = await openPostgresStore(postgres.url(), vault)
    const failing = store.asOnly('sweep', () => Promise.reject(new Error('the broom broke')))
    await assert.rejects(failing, /the broom broke/)
    assert.equal(await store.asOnly('sweep', async () => {}), true)
    await store.close()
  })
})
