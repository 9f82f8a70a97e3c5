// The same form a hundred times at once: pressed twice, sent again by a phone that heard no answer, reloaded (safety.md F6).
import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { onEveryEngine } from '../engines.ts'
import { openShop } from '../shop.ts'
import { busyShop } from './busy-shop.ts'
import { freshForm } from './every-post.ts'

const TIMES = 100

onEveryEngine('a form that comes a hundred times at once', (engine) => {
  it('is done once at the kiosk and behind the counter, and each of them hears the same', async (t) => {
    const shop = await openShop({}, engine)
    t.after(() => shop.close())
    const here = await busyShop(shop)
    const { kiosk, pin, manager, stranger } = here.visitors
    const { ids } = here
    const full = await here.stamped('010-7000-0005', 9)
    const wrong = await here.stamped('010-7000-0006', 1)
    await here.stamped('010-7000-0005', 1)
    const forms = [
      [stranger(), '/cafe/', { phone: '010-7000-0100' }, 1],
      [kiosk, '/cafe/kiosk/stamps/', { phone: '010-7000-0200' }, 1],
      [pin, '/cafe/staff/stamps/', { phone: '010-7000-0300', stamps: '2' }, 1],
      [pin, `/cafe/staff/cards/${ids.card}/stamps/`, { stamps: '3', over_limit: 'yes' }, 1],
      [pin, `/cafe/staff/cards/${full.cardId}/redemptions/`, {}, 1],
      [manager, `/cafe/staff/entries/${ids.entry}/voids/`, { reason: 'a slip' }, 1],
      [pin, `/cafe/staff/entries/${wrong.entryId}/moves/`, { phone: '010-7000-0400' }, 2],
      [pin, `/cafe/staff/requests/${ids.request}/decisions/`, { decision: 'allow', over_limit: 'yes' }, 1],
    ] as const
    const lines = async () => (await shop.store.reports.newestLines(here.cafe.id, 500)).length
    for (const [visitor, path, fields, written] of forms) {
      const form = { ...fields, ...(await freshForm(visitor)) }
      const before = await lines()
      const answers = await Promise.all(Array.from({ length: TIMES }, () => visitor.postFields(path, form)))
      assert.equal((await lines()) - before, written, path)
      const heard = new Set(answers.map(({ status, location }) => `${status} ${location}`))
      assert.equal(heard.size, 1, `${path}: ${[...heard]}`)
      assert.match([...heard][0] ?? '', /^303/, path)
      const other = { ...form, ...('phone' in fields ? { phone: '010-7000-0999' } : { reason: 'another' }) }
      if ('phone' in fields || 'reason' in fields) {
        const changed = await visitor.postFields(path, other)
        assert.deepEqual([changed.status, changed.refusal], [422, 'key-reused'], path)
      }
    }
  })
})
