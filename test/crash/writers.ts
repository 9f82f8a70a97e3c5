// Customers who stamp and stamp, and press again when the answer was lost: what they were answered must be there, once.
import { strict as assert } from 'node:assert'
import type { Shop } from '../shop.ts'
import { formIn, type Shown, type Visitor } from '../visitor.ts'

const PAUSE_MS = 30 // between two tries of one customer

export interface Seen {
  /** Answers that said to come again. */
  unavailable: number
  slowestMs: number
}

export class Writer {
  readonly phone: string
  /** Forms that were answered with a stamp. */
  answered = 0
  readonly seen: Seen = { unavailable: 0, slowestMs: 0 }
  readonly #visitor: Visitor
  #form: Record<string, string> | null = null

  constructor(shop: Shop, place: number) {
    this.#visitor = shop.visitor()
    this.phone = `010-0000-${String(5_000 + place)}`
  }

  /** Stamps until told to stop; then sends what is unanswered once more. */
  async stampUntil(isOver: () => boolean): Promise<void> {
    while (!isOver() || this.#form !== null) {
      if (this.#form === null) await this.#open()
      else await this.#send(this.#form)
    }
  }

  async #open(): Promise<void> {
    const shown = await this.#timed(() => this.#visitor.get('/cafe/'))
    if (shown === null) return
    const form = formIn(shown.text, '/cafe/')
    this.#form = 'phone' in form ? { ...form, phone: this.phone } : form
  }

  async #send(form: Record<string, string>): Promise<void> {
    const shown = await this.#timed(() => this.#visitor.postFields('/cafe/', form))
    if (shown === null) return
    assert.equal(shown.status, 303, `${shown.status} ${shown.refusal}`)
    this.answered += 1
    this.#form = null
  }

  /** @returns null when it was told to come again */
  async #timed(ask: () => Promise<Shown>): Promise<Shown | null> {
    const startedAt = performance.now()
    const shown = await ask()
    this.seen.slowestMs = Math.max(this.seen.slowestMs, performance.now() - startedAt)
    if (shown.status !== 503) return shown
    assert.ok(Number(shown.headers.get('retry-after')) > 0, 'it says when to come again')
    assert.match(shown.text, /role="alert"/)
    this.seen.unavailable += 1
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    return null
  }
}

/** Nothing answered is missing, and nothing is there twice. */
export async function expectAllOnce(shop: Shop, writers: readonly Writer[]): Promise<void> {
  const cafe = await shop.store.cafes.findBySlug('cafe')
  if (cafe === null) throw new Error('the café is there')
  for (const { phone, answered } of writers) {
    const digits = phone.replaceAll('-', '').slice(1)
    const card = await shop.store.cards.findByPhone(cafe.id, `+82${digits}` as `+${string}`)
    assert.equal(card?.balance ?? 0, answered, `${phone} was answered ${answered} times`)
  }
}
