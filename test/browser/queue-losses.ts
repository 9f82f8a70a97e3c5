/** What is lost or gone: from the owner's tap on, nothing of it works. */
import assert from 'node:assert/strict'
import { routes } from '../../src/routes.ts'
import { formIn } from '../visitor.ts'
import { COUNTER } from './barista.ts'
import { letGo, reachForRevocation } from './owner.ts'
import { COUNTER_NAME, type Day } from './queue-day.ts'
import type { Window } from './window.ts'

const SEARCHES = routes.staff.searches.href({ cafe: 'cafe' })
const STREAM_ENDS_MS = 60_000 // generous to a busy machine; it is told at once
const LIVE = routes.staff.live.href({ cafe: 'cafe' })

/** @returns how long after the owner's tap the answer was there, and the open page was gone by itself */
export async function loseTablet({ owner, counter }: Day): Promise<{ answeredMs: number; goneMs: number }> {
  await counter.goTo(COUNTER)
  const form = formIn(await counter.page.content(), SEARCHES)
  const open = openStream(counter)
  const button = await reachForRevocation(owner, COUNTER_NAME)
  counter.expected.add(401)
  const tappedAt = performance.now()
  await owner.press(button)
  const answeredMs = performance.now() - tappedAt
  await assertShutOut(counter, form)
  assert.match(await open, /^event: over$/m)
  await counter.see('#pairing')
  const goneMs = performance.now() - tappedAt
  assert.equal(await counter.sees('#find'), false)
  return { answeredMs, goneMs }
}

export async function loseStaffMember({ owner, sora }: Day, personPath: string): Promise<void> {
  await sora.goTo(COUNTER)
  const form = formIn(await sora.page.content(), SEARCHES)
  const open = openStream(sora)
  sora.expected.add(401)
  await letGo(owner, personPath)
  await assertShutOut(sora, form)
  assert.match(await open, /^event: over$/m)
  await sora.see('#pairing')
  assert.equal(await sora.sees('#find'), false)
}

/** One more stream of the same browser. @returns all that it said, once it has ended by itself */
async function openStream({ context, origin }: Window): Promise<string> {
  const stream = await context.request.get(origin + LIVE, { timeout: STREAM_ENDS_MS })
  return stream.text()
}

/** The page, a change with a form that was good a moment ago, and the stream: each by the next request after the answer. */
async function assertShutOut({ context, origin }: Window, form: Record<string, string>): Promise<void> {
  const { request } = context
  const stream = await request.get(origin + LIVE)
  const page = await request.get(origin + COUNTER)
  const change = await request.post(origin + SEARCHES, {
    form: { ...form, query: '0000' },
    headers: { origin },
  })
  assert.deepEqual([stream.status(), page.status(), change.status()], [401, 401, 401])
}
