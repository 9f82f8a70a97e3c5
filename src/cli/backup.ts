/** `dojang backup`: a whole copy of the database, while it is in use. */
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemClock } from '../clock.ts'
import { openBackupFolder } from '../store/data-folder.ts'
import { type Command, done, refused, textOf } from './command.ts'
import { fileTime } from './when.ts'
import { withStore } from './with-store.ts'

export const backUp: Command = {
  name: 'backup',
  summary: 'Copies the database as it stands, without the key.',
  usage: '[FILE]',
  details: [
    'FILE, --to FILE  where to; a file with the time in its name, in the folder backups of the data folder, if left out',
    'The key is not in it: dojang keys export writes that apart, and the one is of no use without the other.',
  ],
  options: { to: { type: 'string' } },
  positionalsMax: 1,
  firstWordIs: 'to',
  async run(call) {
    const to = textOf(call, 'to')
    return withStore(call, async ({ store }) => {
      const file = to
        ? resolve(to)
        : join(openBackupFolder(call.config()), `dojang-${fileTime(systemClock())}.db`)
      if (existsSync(file))
        return refused('file-exists', `${file} is there already: give another name.`, { file })
      const bar = call.terminal.progress('Copying')
      await store.backUp(file, bar.show).finally(bar.end)
      const bytes = statSync(file).size
      return done(
        `Backed up to ${file} (${Math.ceil(bytes / 1024)} kB).\nIt holds no key: keep what dojang keys export writes in another place.`,
        { file, bytes },
      )
    })
  },
}
