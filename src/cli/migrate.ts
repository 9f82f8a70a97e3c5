/** `dojang migrate`: brings the database to what this version needs, and spreads it over Citus' workers where there are any. */
import { systemRandom } from '../clock.ts'
import { type Migrated, migrateDatabase } from '../store/migrate.ts'
import { type Command, done } from './command.ts'

export const migrateTables: Command = {
  name: 'migrate',
  summary: 'Brings the database to what this version needs, before it is served or while it is.',
  usage: '',
  details: [
    'Serving does the same by itself; several at once wait for each other. With the Citus extension in the PostgreSQL database',
    'the tables are spread over its workers, each café on one of them; run it again after a version with new tables.',
  ],
  options: {},
  positionalsMax: 0,
  async run(call) {
    const migrated = await migrateDatabase(call.config(), systemRandom)
    return done(wordsFor(migrated), { ...migrated })
  },
}

function wordsFor({ engine, ran, spread }: Migrated): string {
  const steps =
    ran.length === 0
      ? 'Nothing was missing: the tables are as this version needs them.'
      : `Migrated: ${ran.join(', ')}.`
  if (engine === 'sqlite') return steps
  if (spread === null) return `${steps}\nThe database has no Citus, so its tables are plain.`
  return [
    steps,
    `By café over Citus' workers: ${spread.byCafe.join(', ')}.`,
    `The same on each: ${spread.everywhere.join(', ')}.`,
  ].join('\n')
}
