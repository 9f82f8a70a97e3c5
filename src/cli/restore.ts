/** `dojang restore`: puts a backup in the database's place, once everything about it has been checked. */
import { resolve } from 'node:path'
import { systemClock, systemRandom } from '../clock.ts'
import { restoreDatabase } from '../store/restore.ts'
import { type Command, done, WrongUse } from './command.ts'
import { fileTime, localTime } from './when.ts'

export const restoreBackup: Command = {
  name: 'restore',
  summary: 'Puts a backup in the database’s place; not while it is served.',
  usage: 'FILE',
  details: [
    'The file is checked first: whole, made by this version or an older one, and with the key that is here.',
    'The replaced database is kept in the folder backups of the data folder.',
  ],
  options: {},
  positionalsMax: 1,
  async run({ positionals, config }) {
    const [file] = positionals
    if (!file) throw new WrongUse('Say which backup: dojang restore FILE.')
    const asideName = `replaced-${fileTime(systemClock())}.db`
    const restored = await restoreDatabase(config(), { file: resolve(file), asideName, random: systemRandom })
    const { cafes, cards, entries, newestAtMs, aside } = restored
    const newest = newestAtMs === null ? '' : `, the newest from ${localTime(newestAtMs, 'UTC')} UTC`
    const kept = aside === null ? '' : `\nThe database from before is kept: ${aside}`
    return done(
      `Restored ${file}: cafés ${cafes}, cards ${cards}, entries ${entries}${newest}.${kept}\nProve it with dojang verify, then start again.`,
      { file: resolve(file), ...restored },
    )
  },
}
