// What `npm run bench` runs: comparisons side by side, so that what a change costs or brings is measured and not guessed.
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { measurePostgres } from './postgres.ts'
import { measureScale, scaleFlags } from './scale.ts'
import { assumptions } from './scale-model.ts'
import { measureStamps } from './stamp.ts'
import { measureStateKit } from './state-kit.ts'

type Options = { rounds: number; seconds: number }
type Flags = Readonly<Record<string, unknown>>

const benches: Record<string, { what: string; run: (options: Options, flags: Flags) => Promise<unknown> }> = {
  stamp: {
    what: 'the stamp POST and the card GET against raw node:http with the same bytes',
    run: measureStamps,
  },
  kit: {
    what: 'cookies, signing, CSRF and sessions of the state kit against the packages that do the same',
    run: measureStateKit,
  },
  postgres: {
    what: 'stamps on PostgreSQL in 1, 2 and 4 processes against one bare statement that writes the same rows',
    run: measurePostgres,
  },
  scale: {
    what: 'both engines and the bytes of a row, and from that what runs where at what price: the tables of docs/scale.md',
    run: measureScale,
  },
}

const help = `npm run bench                     all of them
npm run bench -- NAME…            some of them:
${Object.entries(benches)
  .map(([name, { what }]) => `  ${name.padEnd(12)}${what}`)
  .join('\n')}

  --rounds N     turns of each contender that count, 5 unless said (1–50)
  --seconds N    length of each turn, 1 unless said (1–60)
${Object.entries(assumptions)
  .map(([name, { value, what }]) => `  --${`${name} N`.padEnd(13)}scale: ${what}, ${value} unless said`)
  .join('\n')}

Numbers of one machine mean little elsewhere; the ratios and their spread are what to look at.`

const { values, positionals } = parseArguments()
if (values.help) console.log(help)
else {
  const options = { rounds: number('rounds', 50), seconds: number('seconds', 60) }
  for (const name of positionals) if (!(name in benches)) wrongUse(`There is no bench called “${name}”.`)
  console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}`)
  for (const [name, bench] of Object.entries(benches)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    console.log(`\n── ${name}: ${bench.what}`)
    await bench.run(options, values)
  }
}

function parseArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '1' },
        ...scaleFlags,
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    return wrongUse(error instanceof Error ? error.message : String(error))
  }
}

function number(name: 'rounds' | 'seconds', most: number): number {
  const value = Number(values[name])
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  return wrongUse(`--${name} takes a whole number from 1 to ${most}.`)
}

function wrongUse(sentence: string): never {
  console.error(`${sentence}\n\n${help}`)
  process.exit(2)
}
