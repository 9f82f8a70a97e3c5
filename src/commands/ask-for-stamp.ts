/** Asking for a stamp, where staff approve each: the browser is bound as by a stamp, and has nothing of its own yet. */
import { mustAsk } from '../rules/mode.ts'
import type { Phone } from '../rules/phone.ts'
import type { Programme } from '../rules/programme.ts'
import { ASKED_MOST, ASKED_WITHIN_MS, judgeAsking, OPEN_MOST, REQUEST_LIVE_MS } from '../rules/request.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'
import { browserOn, cardMeant } from './known-by-number.ts'

export interface AskInput {
  readonly cafe: Cafe
  readonly programme: Programme
  /** The browser that asks, or null while it is not known. */
  readonly browserId: string | null
  /** The number it typed, or null when it typed none. */
  readonly phone: Phone | null
  readonly atMs: number
  /** Ids for what may come to be (UUIDv7). */
  readonly newIds: { readonly request: string; readonly card: string; readonly browser: string }
}

export type AskRefusal = 'counter-only' | 'phone-missing' | 'too-many-requests' | 'queue-full'

/** Puts one request before staff; while it is open, asking again means the same one. */
export async function askForStamp(tx: Tx, input: AskInput): Promise<Outcome<AskRefusal>> {
  const { cafe, atMs } = input
  if (!mustAsk(cafe.mode, { kind: 'browser', cafeId: cafe.id })) return { ok: false, reason: 'counter-only' }
  const known = input.browserId === null ? null : await tx.browsers.find(cafe.id, input.browserId)
  const asked = known && (await tx.requests.ofBrowser(cafe.id, known.id, atMs - ASKED_WITHIN_MS, ASKED_MOST))
  const verdict = judgeAsking(asked ?? [], atMs)
  if (verdict.kind === 'too-many') return { ok: false, reason: 'too-many-requests' }
  const isFull = (await tx.requests.open(cafe.id, atMs)).length >= OPEN_MOST
  if (isFull && verdict.kind !== 'stands') return { ok: false, reason: 'queue-full' } // before a card is opened for it
  const card = await cardMeant(tx, known, input)
  if (card === null) return { ok: false, reason: 'phone-missing' }

  const browser = await browserOn(tx, card, known, input)
  if (verdict.kind !== 'stands' || verdict.request.cardId !== card.id) {
    const createdAtMs = atMs
    const made = {
      cafeId: cafe.id,
      id: input.newIds.request,
      cardId: card.id,
      browserId: browser.id,
      createdAtMs,
    }
    const undecided = { decision: null, decidedAtMs: null, personId: null, deviceId: null, entryId: null }
    const request = { ...made, ...undecided, expiresAtMs: createdAtMs + REQUEST_LIVE_MS }
    if (!(await tx.requests.addIfRoom(request))) return { ok: false, reason: 'queue-full' }
    await tx.tell(cafe.id, 'requests')
  }
  return doneAt(atMs, browser.id)
}
