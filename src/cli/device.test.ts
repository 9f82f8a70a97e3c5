import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { Operator } from '../../test/terminal.ts'
import { systemRandom } from '../clock.ts'
import { readConfig } from '../config.ts'
import { openStore } from '../store/open-store.ts'

describe('dojang device', () => {
  it('adds a tablet and prints its digits and address, lists it, and ends it', async () => {
    using operator = new Operator()
    await operator.runHere('cafe', 'list')
    const early = await operator.runHere('device', 'pair', '--json')
    assert.deepEqual([early.code, early.json.reason], [1, 'not-set-up'])
    await addBranch(operator, '성수점')
    const { code, json } = await operator.runHere(
      'device',
      'pair',
      '--kind',
      'counter',
      '--name',
      '계산대',
      '--json',
    )
    assert.equal(code, 0)
    assert.match(String(json.code), /^\d{6}$/)
    assert.match(String(json.url), /^http:\/\/localhost:\d+\/cafe\/staff\/$/)
    assert.match((await operator.runHere('device', 'list')).out, /counter {2}계산대, not paired yet/)
    const ended = await operator.runHere('device', 'revoke', String(json.id))
    assert.equal(ended.code, 0)
    assert.deepEqual((await operator.runHere('device', 'list', '--json')).json.devices, [])
    const again = await operator.runHere('device', 'revoke', String(json.id), '--json')
    assert.deepEqual([again.code, again.json.reason], [1, 'no-such-device'])
  })

  it('says what it cannot do', async () => {
    using operator = new Operator()
    await operator.runHere('cafe', 'list')
    await addBranch(operator, '성수점')
    const elsewhere = await operator.runHere('device', 'pair', '--branch', '강남점', '--json')
    assert.deepEqual([elsewhere.code, elsewhere.json.reason], [1, 'no-such-branch'])
    assert.equal((await operator.runHere('device', 'pair', '--kind', 'till')).code, 2)
    assert.equal((await operator.runHere('device', 'revoke', 'all')).code, 2)
    const noCafe = await operator.runHere('device', 'list', '--cafe', 'nowhere', '--json')
    assert.deepEqual([noCafe.code, noCafe.json.reason], [1, 'no-such-cafe'])
  })
})

async function addBranch(operator: Operator, name: string): Promise<void> {
  const { store } = await openStore(readConfig({ DOJANG_DATA: operator.data }), systemRandom)
  const cafe = await store.cafes.findBySlug('cafe')
  if (cafe === null) throw new Error('the first café is there')
  const branch = { id: systemRandom.uuid(), name, createdAtMs: 1 }
  await store.transaction(cafe.id, (tx) => tx.branches.add(cafe.id, branch))
  await store.close()
}
