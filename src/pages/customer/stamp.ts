/** What a press at `/cafe/` does: a stamp, or where staff approve each one a request for it. */
import type { Outcome } from '../../commands/answer-once.ts'
import { type AskRefusal, askForStamp } from '../../commands/ask-for-stamp.ts'
import { type StampRefusal, stampCard } from '../../commands/stamp-card.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { mustAsk, needsCode } from '../../rules/mode.ts'
import { type Phone, parsePhone } from '../../rules/phone.ts'
import type { Tx } from '../../store/store.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeOnce, type Declined } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import { rememberBrowser, type Visit } from '../visit.ts'
import { readCounterCode } from './counter-code.ts'

interface Press {
  readonly phone: Phone | null
  readonly codeStep: number | null
}

export async function stampOrAsk(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context } = visit
  const actor = { kind: 'browser', cafeId: cafe.id } as const
  if (cafe.mode === 'counter') return 'counter-only'
  const typed = fields.one('phone')?.trim() ?? ''
  const phone = typed === '' ? null : parsePhone(typed, cafe.country)
  if (phone === null && typed !== '') return 'phone-invalid'
  if (phone === null && visit.known === null) return 'phone-missing'
  const codeStep = needsCode(cafe.mode, actor) ? await readCounterCode(visit, fields) : null
  if (typeof codeStep === 'object' && codeStep !== null) return codeStep

  const asks = mustAsk(cafe.mode, actor)
  const work = asks ? asking(visit, phone) : stamping(visit, { phone, codeStep })
  const outcome = await changeOnce<AskRefusal | StampRefusal>(visit, fields, work)
  if (!outcome.ok) return outcome
  const { browserId, stamps } = outcome.answer
  if (browserId !== null) rememberBrowser(visit, browserId)
  if (stamps > 0) visit.setCookies.push(context.flash.write({ kind: 'stamped', stamps }))
  return replySeeOther(visit, routes.card.href({ cafe: cafe.slug }))
}

function stamping(
  { cafe, context, known, nowMs, programme }: Visit,
  press: Press,
): (tx: Tx) => Promise<Outcome<StampRefusal>> {
  const { uuid } = context.random
  const newIds = { entry: uuid(), card: uuid(), browser: uuid() }
  const input = {
    ...press,
    cafe,
    programme,
    browserId: known?.browser.id ?? null,
    stamps: 1,
    atMs: nowMs,
    newIds,
  }
  return (tx) => stampCard(tx, { kind: 'browser', cafeId: cafe.id }, input)
}

function asking(
  { cafe, context, known, nowMs, programme }: Visit,
  phone: Phone | null,
): (tx: Tx) => Promise<Outcome<AskRefusal>> {
  const { uuid } = context.random
  const newIds = { request: uuid(), card: uuid(), browser: uuid() }
  const input = { cafe, programme, browserId: known?.browser.id ?? null, phone, atMs: nowMs, newIds }
  return (tx) => askForStamp(tx, input)
}
