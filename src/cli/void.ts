/** `dojang void`: undoes one line of the ledger by another, with a reason; or lists a card's lines, to find it. */
import { systemClock, systemRandom } from '../clock.ts'
import { voidEntry } from '../commands/void-entry.ts'
import { operatorLine } from '../rules/audit.ts'
import type { Entry } from '../rules/entry.ts'
import { isId } from '../rules/id.ts'
import { maskPhone, parsePhone } from '../rules/phone.ts'
import { REASON_LENGTH_MAX, readReason } from '../rules/reason.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Reads } from '../store/store.ts'
import { noSuchCafe } from './cafe.ts'
import { type Command, done, type Reply, refused, textOf, WrongUse } from './command.ts'
import { localTime } from './when.ts'
import { withStore } from './with-store.ts'

const LINES_SHOWN = 10

const REFUSALS = {
  'no-such-entry': 'There is no such line in this café: dojang void --phone NUMBER lists a card’s lines.',
  'already-undone': 'That line is undone already.',
  'already-spent': 'The stamps of that line are spent: undo the redeem first, if it was a mistake as well.',
  'not-undoable': 'Only a stamp or a redeem can be undone.',
  'undo-too-late': 'It is too late to undo that line by one tap.',
  'not-yours': 'That line is another person’s.',
  'reason-missing': 'Say why: --reason TEXT.',
} as const

export const voidLine: Command = {
  name: 'void',
  summary: 'Undoes one stamp or redeem, with a reason; or lists a card’s last lines.',
  usage: 'ENTRY --reason TEXT [--cafe SLUG] | --phone NUMBER [--cafe SLUG]',
  details: [
    'ENTRY           the line’s id',
    '--reason TEXT   why; it stays in the ledger, so leave names and numbers out of it',
    '--phone NUMBER  lists the last ten lines of this number’s card, with their ids',
    '--cafe SLUG     which café; cafe if left out',
  ],
  options: { reason: { type: 'string' }, cafe: { type: 'string' }, phone: { type: 'string' } },
  positionalsMax: 1,
  async run(call) {
    const [entryId] = call.positionals
    const phone = textOf(call, 'phone')
    if ((entryId === undefined) === (phone === undefined)) {
      throw new WrongUse(
        'Say which line: dojang void ENTRY --reason TEXT; or find it: dojang void --phone NUMBER.',
      )
    }
    const slug = textOf(call, 'cafe') ?? 'cafe'
    const reason = entryId === undefined ? '' : reasonOf(textOf(call, 'reason'))
    const undoneId = entryId?.toLowerCase() ?? ''
    if (entryId !== undefined && !isId(undoneId)) throw new WrongUse(`"${entryId}" is no entry’s id.`)
    return withStore(call, async ({ store }) => {
      const cafe = await store.cafes.findBySlug(slug)
      if (cafe === null) return noSuchCafe(slug)
      if (phone !== undefined) return listLines(store, cafe, phone)
      const input = {
        undoneId,
        entryId: systemRandom.uuid(),
        reason,
        cafe,
        atMs: systemClock(),
      }
      const outcome = await store.transaction(cafe.id, async (tx) => {
        const undone = await voidEntry(tx, { kind: 'operator', cafeId: cafe.id }, input)
        if (undone.ok) await tx.audits.append(cafe.id, operatorLine('undo', input.atMs, undoneId))
        return undone
      })
      return outcome.ok ? replyAbout(store, cafe, outcome) : refused(outcome.reason, REFUSALS[outcome.reason])
    })
  },
}

async function replyAbout(
  store: Reads,
  cafe: Cafe,
  { entry, undone }: { entry: Entry; undone: Entry },
): Promise<Reply> {
  const phone = await maskedPhoneOf(store, cafe.id, entry.cardId)
  const what = `${undone.kind} of ${signed(undone.stamps)} from ${localTime(undone.atMs, cafe.timeZone)}`
  return done(`Undone on ${phone}: the ${what}. The card has ${entry.balance} stamps now.`, {
    cafe: cafe.slug,
    phone,
    undone: undone.id,
    entry: entry.id,
    stamps: entry.stamps,
    balance: entry.balance,
  })
}

async function listLines(store: Reads, cafe: Cafe, text: string): Promise<Reply> {
  const phone = parsePhone(text, cafe.country)
  if (phone === null) throw new WrongUse('--phone takes a phone number, as in 010-0000-1234.')
  const card = await store.cards.findByPhone(cafe.id, phone)
  const masked = maskPhone(phone)
  if (card === null) return refused('no-such-card', `${masked} has no card at ${cafe.slug}.`)
  const from = card.lastEntryId
  const entries = from === null ? [] : await store.entries.historyOfCard(cafe.id, from, LINES_SHOWN)
  const lines = await Promise.all(entries.map((entry) => lineOf(store, cafe, entry)))
  const words = lines.map(
    ({ id, at, kind, stamps, balance, isUndone, reason }) =>
      `  ${id}  ${at}  ${kind.padEnd(6)} ${signed(stamps).padStart(4)} → ${String(balance).padStart(3)}${isUndone ? '  undone' : ''}${reason === null ? '' : `  “${reason}”`}`,
  )
  return done(
    [`${masked} at ${cafe.slug} has ${card.balance} stamps; newest line first:`, ...words].join('\n'),
    {
      cafe: cafe.slug,
      phone: masked,
      balance: card.balance,
      lines,
    },
  )
}

async function lineOf(store: Reads, cafe: Cafe, { id, kind, stamps, balance, reason, atMs }: Entry) {
  const isUndone = await store.entries.isUndone(cafe.id, id)
  return { id, at: localTime(atMs, cafe.timeZone), atMs, kind, stamps, balance, isUndone, reason }
}

async function maskedPhoneOf(store: Reads, cafeId: number, cardId: string): Promise<string> {
  const phone = await store.cards.phoneOf(cafeId, cardId)
  return phone === null ? 'a card' : maskPhone(phone)
}

/** No number may lie in the database in clear, so none may hide in a reason. @throws WrongUse */
function reasonOf(text = ''): string {
  const read = readReason(text)
  if (!read.ok)
    throw new WrongUse(
      read.reason === 'number-in-text'
        ? '--reason must not hold a phone number: it stays in the ledger in clear.'
        : `--reason takes up to ${REASON_LENGTH_MAX} characters, on one line.`,
    )
  if (read.reason === null) throw new WrongUse('Say why: --reason TEXT, as in --reason "stamped twice".')
  return read.reason
}

function signed(stamps: number): string {
  return stamps > 0 ? `+${stamps}` : `−${-stamps}`
}
