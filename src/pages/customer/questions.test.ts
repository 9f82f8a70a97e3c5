import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEveryEngine } from '../../../test/engines.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { StaffHand } from '../../../test/staff-hand.ts'
import { formIn, type Visitor } from '../../../test/visitor.ts'
import { routes } from '../../routes.ts'
import type { Store } from '../../store/store.ts'

const card = routes.card.href({ cafe: 'cafe' })
const seen = ['cafes.findBySlug', 'cafes.programmeOf', 'browsers.findWithCard']
const stamped = ['answers.find', 'browsers.find', 'cards.lock', 'entries.append', 'answers.keep']

onEveryEngine('what a known customer costs the database', (engine) => {
  let shop: Shop
  let visitor: Visitor
  let asked: string[]
  before(async () => {
    shop = await openShop({}, engine)
    visitor = shop.visitor()
    await visitor.stamp('010-0000-1001')
    await visitor.get(card)
    asked = noteQuestions(shop.store)
  })
  after(() => shop.close())

  /** What was asked of the database while this was done. */
  async function askedDuring(work: () => Promise<unknown>): Promise<string[]> {
    asked.length = 0
    await work()
    return [...asked]
  }

  it('is four questions for the card, and nothing written', async () => {
    assert.deepEqual(await askedDuring(() => visitor.get(card)), [...seen, 'entries.linesOfBrowser'])
  })

  it('is eight for a stamp, with what it writes', async () => {
    const form = formIn((await visitor.get(card)).text, card)
    const questions = await askedDuring(() => visitor.postFields(card, form))
    assert.deepEqual(questions, [...seen, 'transaction', ...stamped])
  })

  it('is the same once the café is set up, but for the cookie that is noted once a day', async () => {
    await StaffHand.begin(shop, 'self')
    assert.deepEqual(await askedDuring(() => visitor.get(card)), [...seen, 'entries.linesOfBrowser'])
  })
})

/** Writes down the name of each question from now on, within transactions too. */
function noteQuestions(store: Store): string[] {
  const asked: string[] = []
  const transact = store.transaction.bind(store)
  Object.assign(store, noted(store, asked))
  store.transaction = (cafeId, work) => {
    asked.push('transaction')
    return transact(cafeId, (tx) => work(noted(tx, asked)))
  }
  return asked
}

type Ask = (...input: unknown[]) => unknown

function noted<Rooms extends object>(rooms: Rooms, asked: string[]): Rooms {
  const notedAsk = (name: string, ask: Ask): Ask => {
    return (...input) => {
      asked.push(name)
      return ask(...input)
    }
  }
  const notedRoom = (noun: string, room: Record<string, Ask>) =>
    Object.fromEntries(Object.entries(room).map(([verb, ask]) => [verb, notedAsk(`${noun}.${verb}`, ask)]))
  const isRoom = (noun: string, room: unknown) => typeof room === 'object' && noun !== 'changes'
  return Object.fromEntries(
    Object.entries(rooms).map(([noun, room]) => [noun, isRoom(noun, room) ? notedRoom(noun, room) : room]),
  ) as Rooms
}
