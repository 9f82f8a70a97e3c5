/** What a branch's counter shows for customers' phones now: the café's address, in `code` mode with the code of the moment. */
import { routes } from '../routes.ts'
import { counterCode, STEP_MS, stepOf } from '../rules/counter-code.ts'
import { counterCodeKeyOf } from '../store/keys.ts'
import type { CounterCodeShown } from '../ui/counter-code.ts'
import { ownOrigin } from './door.ts'
import type { Visit } from './visit.ts'

export function counterCodeNow(visit: Visit, branchId: string): CounterCodeShown {
  const { cafe, context } = visit
  const address = `${ownOrigin(visit)}${routes.card.href({ cafe: cafe.slug })}`
  const canStamp = cafe.mode !== 'counter'
  const room = visit.who.device?.kind === 'kiosk' ? routes.kiosk : routes.staff
  const shown = { page: room.home.href({ cafe: cafe.slug }), canStamp }
  if (cafe.mode !== 'code') return { ...shown, href: address, code: null }
  const nowMs = context.clock()
  const step = stepOf(nowMs)
  const digits = counterCode(counterCodeKeyOf(context.keys), { cafeId: cafe.id, branchId, step })
  const leftMs = (step + 1) * STEP_MS - nowMs
  return { ...shown, href: `${address}?code=${digits}`, code: { digits, leftMs, stepMs: STEP_MS } }
}
