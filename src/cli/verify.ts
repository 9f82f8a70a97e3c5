/** `dojang verify`: proves the ledger and the audit log, or names the rows that are wrong. */
import { type Proof, proveLedger } from '../store/proof.ts'
import { type Command, done, refused } from './command.ts'
import { withStore } from './with-store.ts'

export const verifyLedger: Command = {
  name: 'verify',
  summary: 'Computes every balance and every audit log anew, and says what that proved.',
  usage: '',
  details: ['Exits 1 and names the first bad rows when something is not as it must be.'],
  options: {},
  positionalsMax: 0,
  run: (call) =>
    withStore(call, async ({ store, keys }) => {
      const bar = call.terminal.progress('Verifying')
      const proof = await proveLedger(store, bar.show).finally(bar.end)
      const facts = { ...proof, key: keys.place }
      return proof.faultCount === 0
        ? done(wordsFor(proof, keys.place), facts)
        : refused('ledger-damaged', blameFor(proof), facts)
    }),
}

/** What the engine itself was asked, and where to turn when something is wrong. */
const ENGINE_WORDS = {
  sqlite: { whole: 'The file is whole.', back: 'bring back the last good backup with dojang restore FILE.' },
  postgres: {
    whole: 'No row points nowhere, and the guards of ledger and audit log stand.',
    back: 'bring back the last good dump with pg_restore, into a database of its own.',
  },
} as const

function wordsFor({ engine, cafes }: Proof, keyPlace: string): string {
  const number = new Intl.NumberFormat('en')
  const lines = cafes.map(
    ({ slug, cards, entries, browsers, stamps, audits }) =>
      `  ${slug}: ${number.format(entries)} entries on ${number.format(cards)} cards come to ${number.format(stamps)} stamps, known to ${number.format(browsers)} browsers; ${number.format(audits)} ${audits === 1 ? 'line' : 'lines'} in the audit log`,
  )
  return [
    'Proved:',
    ...(lines.length > 0 ? lines : ['  there is no café yet']),
    '  Each card’s balance is the sum of its entries, and each line continues the one before it.',
    '  Every entry stands in one history. No browser owns more than its card has. Nothing is undone twice.',
    '  Each audit log is as it was written, line by line and to its end.',
    `  Every number opens, and is found again, with the key in ${keyPlace}. ${ENGINE_WORDS[engine].whole}`,
  ].join('\n')
}

function blameFor({ engine, faults, faultCount }: Proof): string {
  const lines = faults.map(({ cafe, row, what }) => `  ${cafe === null ? '' : `${cafe}: `}${row} ${what}`)
  const rest = faultCount - faults.length
  return [
    faultCount === 1 ? 'One thing is not as it must be:' : `${faultCount} things are not as they must be:`,
    ...lines,
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    `Keep this database as it is, and ${ENGINE_WORDS[engine].back}`,
  ].join('\n')
}
