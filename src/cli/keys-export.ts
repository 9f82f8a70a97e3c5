/** `dojang keys export`: the key that the database needs, to be kept apart from its backups. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { keyFileOf } from '../store/data-folder.ts'
import { type Command, done, textOf, WrongUse } from './command.ts'
import { withStore } from './with-store.ts'

export const exportKeys: Command = {
  name: 'keys export',
  summary: 'Writes the key to a file of its own, to be kept apart from the backups.',
  usage: 'FILE | --print',
  details: [
    'FILE, --to FILE  a new file that only you can read; one that is there already is never overwritten',
    '--print          shows the key instead',
    'Whoever has both the key and a backup can read every phone number; without the key nobody can, you included.',
  ],
  options: { to: { type: 'string' }, print: { type: 'boolean' } },
  positionalsMax: 1,
  firstWordIs: 'to',
  async run(call) {
    const to = textOf(call, 'to')
    const isPrinted = call.options.print === true
    if ((to === undefined || to === '') === !isPrinted)
      throw new WrongUse('Say where to: a FILE, or --print.')
    const settings = call.config()
    return withStore(call, async ({ databaseKey }) => {
      if (isPrinted || to === undefined) return done(databaseKey, { key: databaseKey })
      const file = resolve(to)
      writeFileSync(file, `${databaseKey}\n`, { mode: 0o600, flag: 'wx', flush: true })
      return done(
        `Wrote the key to ${file}. Keep it apart from the backups; to use it again, put it back at ${keyFileOf(settings)}.`,
        { file },
      )
    })
  },
}
