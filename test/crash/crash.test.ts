// Kill -9 in the middle of a rush, again and again: what was answered is on the disk, once; what was not answered is done once
// when it is sent again. The real server, over HTTP, as 16 customers at once.
import { strict as assert } from 'node:assert'
import type { ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../../src/app.ts'
import { seededRandom } from '../../src/cli/seed/seeded-random.ts'
import { systemRandom } from '../../src/clock.ts'
import { routes } from '../../src/routes.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { runs } from '../effort.ts'
import { Operator } from '../terminal.ts'
import { cardIn, formIn, Visitor } from '../visitor.ts'
import { phoneNumber } from '../world.ts'

const CARD = routes.card.href({ cafe: 'cafe' })
const WRITERS = 16
const ROUNDS = runs(10, 200)
const seed = Number(process.env.DOJANG_TEST_SEED ?? randomInt(2 ** 31))

/** One form, as it was sent. */
interface Sent {
  readonly fields: Record<string, string>
  isAnswered: boolean
}

/** A customer who is stamped as fast as the server answers, and remembers every form. */
class Writer {
  readonly phone: string
  readonly sent: Sent[] = []
  #visitor: Visitor

  constructor(place: number) {
    this.phone = phoneNumber(place)
    this.#visitor = new Visitor(noServer, '', 'en')
  }

  /** Another server at another port, the same browser. */
  moveTo(origin: string): void {
    const moved = new Visitor(overHttp, origin, 'en')
    for (const [name, value] of this.#visitor.cookies) moved.cookies.set(name, value)
    this.#visitor = moved
  }

  /** Is stamped until the server is gone. */
  async rush(onAnswer: () => void): Promise<void> {
    for (;;) {
      const page = await unlessGone(this.#visitor.get(CARD))
      if (page === null) return
      const sent = { fields: this.#fillIn(page.text), isAnswered: false }
      this.sent.push(sent)
      if (!(await this.#send(sent))) return
      onAnswer()
    }
  }

  /** Sends what was not answered again, twice: a customer presses, and presses once more. */
  async sendAgain(): Promise<number> {
    const unanswered = this.sent.filter(({ isAnswered }) => !isAnswered)
    for (const sent of [...unanswered, ...unanswered]) assert.ok(await this.#send(sent))
    return unanswered.length
  }

  /** What the page says this browser has. */
  async stampsShown(): Promise<number> {
    return cardIn((await this.#visitor.get(CARD)).text)?.stamps ?? 0
  }

  async #send(sent: Sent): Promise<boolean> {
    const answer = await unlessGone(this.#visitor.postFields(CARD, sent.fields))
    if (answer === null) return false
    assert.equal(answer.status, 303, answer.refusal ?? answer.text)
    sent.isAnswered = true
    return true
  }

  #fillIn(page: string): Record<string, string> {
    const fields = formIn(page, CARD)
    assert.ok(fields.csrf_token && fields.idempotency_key, 'the form has a token and a key')
    return 'phone' in fields ? { ...fields, phone: this.phone } : fields
  }
}

it(`${ROUNDS} times killed in a rush of ${WRITERS} customers: no answered stamp is missing, none is there twice`, async () => {
  console.log(`seed ${seed}: DOJANG_TEST_SEED=${seed} node --test test/crash/crash.test.ts`)
  using operator = new Operator()
  const random = seededRandom(seed)
  const writers = Array.from({ length: WRITERS }, (_, place) => new Writer(place))
  let cutOff = 0
  for (let round = 1; round <= ROUNDS; round += 1) {
    const first = await startServer(operator)
    for (const writer of writers) writer.moveTo(first.origin)
    const rush = Promise.withResolvers<void>()
    const rushes = writers.map((writer) => writer.rush(rush.resolve))
    await Promise.race([rush.promise, ...rushes])
    await wait(random.whole(50, 300))
    await killServer(first.child)
    await Promise.all(rushes)
    await checkKeys(operator, writers, `round ${round}, after the kill`)

    const second = await startServer(operator)
    for (const writer of writers) writer.moveTo(second.origin)
    const again = await Promise.all(writers.map((writer) => writer.sendAgain()))
    cutOff += again.reduce((sum, count) => sum + count, 0)
    const shown = await Promise.all(writers.map((writer) => writer.stampsShown()))
    assert.deepEqual(
      shown,
      writers.map(({ sent }) => sent.length),
      `round ${round}: each form stamped once`,
    )
    await killServer(second.child)
  }
  const verified = await operator.run('verify')
  assert.equal(verified.code, 0, verified.err)
  const total = writers.reduce((sum, { sent }) => sum + sent.length, 0)
  console.log(`${total} stamps, ${ROUNDS} kills, ${cutOff} forms cut off`)
  assert.ok(cutOff > ROUNDS, 'the kills came in the middle of work')
})

/** Each answered key has its row; each row's form made one line of the ledger, and nothing else did. */
async function checkKeys(operator: Operator, writers: readonly Writer[], when: string): Promise<void> {
  const settings = { dataFolder: operator.data, secret: null, secretFallbacks: [], databaseUrl: null }
  const { store } = await openStore(settings, systemRandom)
  try {
    const kept = new Set(await keysOf(store))
    let lines = 0
    for (const { phone, sent } of writers) {
      const keys = sent.map(({ fields }) => String(fields.idempotency_key))
      const missing = sent.filter(
        ({ isAnswered, fields }) => isAnswered && !kept.has(String(fields.idempotency_key)),
      )
      assert.deepEqual(missing, [], `${when}: answered, and not on the disk`)
      const done = keys.filter((key) => kept.has(key)).length
      const cafe = await store.cafes.findBySlug('cafe')
      const card = cafe && (await store.cards.findByPhone(cafe.id, phone as `+${string}`))
      assert.equal(card?.balance ?? 0, done, `${when}: as many stamps as forms that were kept`)
      lines += done
    }
    assert.equal(kept.size, lines, `${when}: no key that nobody sent`)
  } finally {
    await store.close()
  }
}

async function keysOf(store: Store): Promise<string[]> {
  const cafe = await store.cafes.findBySlug('cafe')
  const keys: string[] = []
  for (;;) {
    const page = cafe === null ? [] : await store.answers.keysAfter(cafe.id, keys.at(-1) ?? '', 1_000)
    keys.push(...page.map(({ key }) => key))
    if (page.length < 1_000) return keys
  }
}

async function startServer(operator: Operator): Promise<{ child: ChildProcess; origin: string }> {
  const child = operator.spawn('serve', '--json')
  child.stderr.pipe(process.stderr)
  const [line] = await once(child.stdout, 'data')
  child.stdout.resume()
  const { urls } = JSON.parse(String(line))
  return { child, origin: new URL(urls[0]).origin.replace('localhost', '127.0.0.1') }
}

async function killServer(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Null when the server went before it answered: what it did then is not known. */
function unlessGone<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof TypeError) return null // how fetch says that the connection is gone
    throw error
  })
}

const overHttp = {
  fetch: (request: Request) => fetch(new Request(request, { redirect: 'manual' })),
} as unknown as App
const noServer = { fetch: () => Promise.reject(new Error('there is no server yet')) } as unknown as App
