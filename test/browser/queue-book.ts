/** What ought to stand in the ledger and in the audit log after a day: a simple model, and the comparison. */
import assert from 'node:assert/strict'
import type { Act } from '../../src/rules/audit.ts'
import type { Card } from '../../src/rules/card.ts'
import type { Actor, EntryKind } from '../../src/rules/entry.ts'
import { parsePhone } from '../../src/rules/phone.ts'
import type { Store } from '../../src/store/store.ts'

/** Who did something: by name, as the owner has named them. */
export interface By {
  readonly actor: Actor['kind']
  readonly person: string | null
  readonly device: string | null
}

export interface Line extends By {
  readonly number: string
  readonly kind: EntryKind
  readonly stamps: number
  readonly isOverLimit: boolean
}

export const BY_THEMSELVES: By = { actor: 'browser', person: null, device: null }

export class Book {
  readonly #lines: Line[] = []
  readonly #acts = new Map<Act, number>()

  /** What a page has confirmed. @returns what the card holds now */
  write(by: By, line: Omit<Line, keyof By | 'isOverLimit'> & { isOverLimit?: boolean }): number {
    const { actor, person, device } = by
    this.#lines.push({ isOverLimit: false, ...line, actor, person, device })
    return this.balance(line.number)
  }

  did(act: Act, times = 1): void {
    this.#acts.set(act, (this.#acts.get(act) ?? 0) + times)
  }

  balance(number: string): number {
    return this.#lines.reduce((sum, line) => (line.number === number ? sum + line.stamps : sum), 0)
  }

  numbers(): readonly string[] {
    return [...new Set(this.#lines.map(({ number }) => number))]
  }

  /** Each line once and in its order, each balance, and a line of the audit log for each act. */
  async compare(store: Store): Promise<void> {
    const cafe = await store.cafes.findBySlug('cafe')
    assert.ok(cafe)
    const names = new Map(
      [...(await store.people.list(cafe.id)), ...(await store.devices.listEver(cafe.id))].map(
        ({ id, name }) => [id, name],
      ),
    )
    const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id))
    for (const number of this.numbers()) {
      const phone = parsePhone(number, 'KR')
      const card: Card | null = phone && (await store.cards.findByPhone(cafe.id, phone))
      assert.ok(card?.lastEntryId, `${number} has a card`)
      const kept = await store.entries.historyOfCard(cafe.id, card.lastEntryId, 1000)
      const lines = kept
        .toReversed()
        .map(({ kind, stamps, actor, personId, deviceId, branchId, overLimit }) => {
          assert.equal(branchId === null, deviceId === null, 'a tablet stands in a branch')
          const by = { actor, person: nameOf(personId), device: nameOf(deviceId) }
          return { number, kind, stamps, isOverLimit: overLimit !== null, ...by }
        })
      const written = this.#lines.filter((line) => line.number === number)
      assert.deepEqual(lines, written, `the lines of ${number}`)
      assert.equal(card.balance, this.balance(number), `the balance of ${number}`)
    }
    const audits = await store.audits.since(cafe.id, 0, 10_000)
    for (const [act, times] of this.#acts)
      assert.equal(audits.filter((line) => line.act === act).length, times, `${act} in the audit log`)
  }

  /** What `dojang verify` ought to count: nothing is there besides. */
  counts(): { cards: number; entries: number; stamps: number } {
    const numbers = this.numbers()
    const stamps = numbers.reduce((sum, number) => sum + this.balance(number), 0)
    return { cards: numbers.length, entries: this.#lines.length, stamps }
  }
}
