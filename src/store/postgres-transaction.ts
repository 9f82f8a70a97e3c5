/** A transaction as one command of a group sees it: what every stamp does goes in step with the others, the rest goes straight. */
import type { Card } from '../rules/card.ts'
import { answerOf } from './answers.ts'
import { browserOf, freshBrowser } from './browsers.ts'
import { cardOf, freshCard } from './cards.ts'
import type { Group, Run } from './postgres-run.ts'
import { GatheredWrites } from './postgres-writes.ts'
import { columns, type Database, type Row } from './sql.ts'
import { type Tx, transactionOn } from './store.ts'

export function transactionFor(group: Group, run: Run): Tx {
  const straight = transactionOn(straightOn(group, run), group.vault)
  return {
    ...straight,
    answers: { ...straight.answers, ...answersInStep(group, run) },
    audits: {
      async append(cafeId, line) {
        if (group.cafeId !== null) expectCafe(group, cafeId)
        run.audits.push({ cafeId, line })
        run.topics.add('audits')
      },
    },
    browsers: { ...straight.browsers, ...browsersInStep(group, run) },
    cards: { ...straight.cards, ...cardsInStep(group, run) },
    entries: {
      ...straight.entries,
      async append(step) {
        expectCafe(group, step.card.cafeId)
        run.writes.append(step)
        run.locked.set(step.card.id, step.card)
      },
    },
    async tell(cafeId, topic) {
      if (group.cafeId !== null) expectCafe(group, cafeId) // one that makes a café tells nobody: who would listen?
      run.topics.add(topic)
    },
  }
}

/** A transaction of one café that asks for another's rows is a mistake of ours, and on shards would not even be possible. */
function expectCafe(group: Group, cafeId: number): void {
  if (cafeId !== group.cafeId)
    throw new Error(`a transaction of café ${group.cafeId} asked for café ${cafeId}`)
}

function answersInStep(group: Group, run: Run): Pick<Tx['answers'], 'find' | 'keep'> {
  return {
    async find(cafeId, key) {
      expectCafe(group, cafeId)
      run.hold(group, `key ${key}`)
      const row = await group.questions.ask('answer', key)
      return row && answerOf(row, group.vault)
    },
    async keep(cafeId, key, asker, request, answer) {
      expectCafe(group, cafeId)
      run.writes.answers.push({ ...answer, key, asker, digest: group.vault.digest(request) })
      return 1
    },
  }
}

function browsersInStep(group: Group, run: Run): Pick<Tx['browsers'], 'find' | 'bind' | 'forget'> {
  return {
    /** Its card is locked first: what a browser has of its own changes with the card. */
    async find(cafeId, id) {
      expectCafe(group, cafeId)
      const { bound, browsers, forgotten } = run.writes
      const gathered = forgotten.has(id) ? null : (bound.get(id)?.browser ?? browsers.get(id))
      if (gathered !== undefined) return gathered
      const row = await group.questions.ask('browser', id)
      if (row === null) return null
      keepLocked(group, run, row)
      return row.own === null ? null : browserOf(browserRowOf(row)) // forgotten while its card was waited for
    },
    async bind(cafeId, id, cardId, promisedVersion, atMs) {
      expectCafe(group, cafeId)
      const browser = freshBrowser(cafeId, id, cardId, promisedVersion)
      run.writes.bound.set(id, { browser, atMs })
      return browser
    },
    /** Under its card's lock too: who deletes it while another process waits for the card would wait in a ring. */
    async forget(cafeId, id) {
      expectCafe(group, cafeId)
      const row = await group.questions.ask('browser', id)
      if (row === null) return 0
      keepLocked(group, run, row)
      run.writes.forgotten.add(id)
      return 1
    },
  }
}

function cardsInStep(group: Group, run: Run): Pick<Tx['cards'], 'lock' | 'lockOrOpen'> {
  return {
    async lock(cafeId, id) {
      expectCafe(group, cafeId)
      return lockCard(group, run, id)
    },
    async lockOrOpen(cafeId, phone, opening) {
      expectCafe(group, cafeId)
      const phoneLookup = group.vault.lookup(cafeId, phone)
      const phoneSealed = group.vault.seal(cafeId, opening.id, phone)
      const lastFourLookup = group.vault.lastFourLookup(cafeId, phone)
      run.hold(group, `phone ${phoneLookup.toString('hex')}`)
      const row = await group.questions.ask('phone', phoneLookup)
      if (row !== null) return keepLocked(group, run, row)
      const card = freshCard(cafeId, opening)
      const code = group.vault.cardCode(cafeId, card.id)
      const { atMs } = opening
      run.writes.opened.set(card.id, { card, phoneLookup, phoneSealed, lastFourLookup, code, atMs })
      return card
    },
  }
}

async function lockCard(group: Group, run: Run, id: string): Promise<Card | null> {
  run.hold(group, `card ${id}`)
  const known = run.locked.get(id)
  if (known !== undefined) return known
  const row = await group.questions.ask('card', id)
  return row && keepLocked(group, run, row)
}

/**
 * The card as the database has just locked it, or as this command has left it since. The first of a group are waited for, in the order of
 * their ids; later ones must be free. Cards never go: one without a balance is one not free.
 */
function keepLocked(group: Group, run: Run, row: Row): Card {
  const id = columns(row).uuid('card_id')
  run.hold(group, `card ${id}`)
  const known = run.locked.get(id)
  if (known !== undefined) return known
  if (row.balance === null) run.meetElsewhere(group, id)
  const card = cardOf({ ...row, id })
  run.locked.set(id, card)
  return card
}

function browserRowOf(row: Row): Row {
  const { browser_id, browser_promised_version, browser_last_entry_id } = row
  return {
    ...row,
    id: browser_id,
    promised_version: browser_promised_version,
    last_entry_id: browser_last_entry_id,
  }
}

/** Statements of one command alone. What it has gathered goes before, so that it reads what it wrote. */
function straightOn(group: Group, run: Run): Database {
  const straight = async <T>(ask: () => Promise<T>, isWrite: boolean): Promise<T> => {
    if (group.isOver) throw new Error('the transaction is over')
    const asked = group.turn.then(() => sendGathered(group, run)).then(ask)
    group.turn = asked.catch(() => {})
    if (isWrite) run.hasSent = true
    group.direct.add(asked)
    return asked.finally(() => group.direct.delete(asked))
  }
  return {
    engine: 'postgres',
    all: (statement) => straight(() => group.db.all(statement), isWriting(statement.strings)),
    first: (statement) => straight(() => group.db.first(statement), isWriting(statement.strings)),
    run: (statement) => straight(() => group.db.run(statement), true),
  }
}

async function sendGathered(group: Group, run: Run): Promise<void> {
  if (run.writes.isEmpty) return
  run.hasSent = true
  const { writes } = run
  run.writes = new GatheredWrites()
  await group.send([writes])
}

/** `INSERT … RETURNING` is asked as a question, and writes. */
function isWriting(strings: TemplateStringsArray): boolean {
  return /^\s*(INSERT|UPDATE|DELETE)\b/i.test(strings[0] ?? '')
}
