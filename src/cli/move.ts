/** `dojang move`: takes every café from SQLite to PostgreSQL, or back, while they are served. */
import { resolve } from 'node:path'
import { systemClock, systemRandom } from '../clock.ts'
import { settingFor } from '../store/move/mark.ts'
import { cancelMove, type Moved, moveDatabase } from '../store/move/move.ts'
import type { Destination } from '../store/move/sides.ts'
import { type Call, type Command, done, type Reply, textOf, WrongUse } from './command.ts'
import { fileTime } from './when.ts'

export const moveCafes: Command = {
  name: 'move',
  summary: 'Takes every café to PostgreSQL, or back to SQLite, while they are served.',
  usage: '--to postgres://USER:PASSWORD@HOST/DATABASE | --to sqlite:[FOLDER] | --cancel',
  details: [
    '--to postgres://…   an empty database; from the data folder, so DATABASE_URL is not set',
    '--to sqlite:FOLDER  a data folder, DOJANG_DATA if left out; from the database in DATABASE_URL',
    '--cancel            gives up a move that is not finished',
    'Customers are served all the while. At the end nothing can be written for a moment: the last rows are copied, both sides are',
    'proved to be the same, and from then on the old one only reads. Stopped in between, it goes on when it is run again.',
    'The key stays what it is.',
  ],
  options: { to: { type: 'string' }, cancel: { type: 'boolean' } },
  positionalsMax: 0,
  async run(call) {
    const to = textOf(call, 'to')
    if ((to === undefined) === (call.options.cancel !== true))
      throw new WrongUse('Say where to: --to postgres://… or --to sqlite:FOLDER; or --cancel.')
    const settings = call.config()
    if (to === undefined) {
      await cancelMove(settings, systemRandom)
      return done('Given up: nothing was switched, and the cafés stay where they are.', { cancelled: true })
    }
    const bar = call.terminal.progress('Moving')
    const destination = readDestination(to, settings.dataFolder)
    const asideName = `moved-${fileTime(systemClock())}.db`
    const parts = { random: systemRandom, clock: systemClock, onProgress: bar.show }
    const moved = await moveDatabase({ settings, to: destination, asideName, ...parts }).finally(bar.end)
    return replyAbout(call, moved, destination)
  },
}

function readDestination(text: string, dataFolder: string): Destination {
  if (/^postgres(ql)?:\/\/[^/?#]+/.test(text)) return { engine: 'postgres', url: text }
  const folder = text.match(/^sqlite:(.*)$/)?.[1]
  if (folder !== undefined) return { engine: 'sqlite', folder: folder === '' ? dataFolder : resolve(folder) }
  // Never said back: it may hold a password.
  throw new WrongUse('--to takes an address such as postgres://dojang@localhost/dojang, or sqlite:FOLDER.')
}

function replyAbout(call: Call, { place, tables, stoodStillMs, aside }: Moved, to: Destination): Reply {
  const setting = settingFor(place)
  const { dataFolder, secret } = call.config()
  const keyWords =
    to.engine === 'sqlite' && secret === null && to.folder !== dataFolder
      ? [`The key stays in ${dataFolder}: copy dojang.key to ${to.folder} first.`]
      : []
  const asideWords = aside === null ? [] : [`The database that was there before is kept: ${aside}`]
  const words = [
    `Moved to ${place}.`,
    ...(tables === null ? ['It was all there already.'] : [proofWords(tables), stillWords(stoodStillMs)]),
    ...asideWords,
    ...keyWords,
    `The old database only reads from now on: stop Dojang, and ${setting}.`,
  ]
  return done(words.join('\n'), { place, tables, stoodStillMs, aside, setting })
}

function proofWords(tables: NonNullable<Moved['tables']>): string {
  const number = new Intl.NumberFormat('en')
  const of = (name: string) => tables.find(({ table }) => table === name)
  const count = (name: string) => number.format(of(name)?.rows ?? 0)
  return [
    `Proved: ${count('cafes')} cafés, ${count('cards')} cards and ${count('entries')} entries, ${number.format(of('cards')?.sum ?? 0)} stamps on the cards;`,
    `all ${tables.length} tables have the same rows on both sides.`,
  ].join(' ')
}

function stillWords(stoodStillMs: number): string {
  const time = stoodStillMs < 1_000 ? `${stoodStillMs} ms` : `${(stoodStillMs / 1_000).toFixed(1)} s`
  return `Nothing could be written for ${time}; customers saw it as a wait.`
}
