/** Runs one command: finds it, gives it its options, and says how it went in words or as JSON. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Environment, readConfig } from '../config.ts'
import { type Call, type Command, EXIT_DONE, EXIT_REFUSED, type Reply, WrongUse } from './command.ts'
import { problemOf } from './expected-problems.ts'
import { commands, helpForAll, helpForOne } from './help.ts'
import type { Terminal } from './terminal.ts'

const COMMON = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

/** @returns the exit code: 0 done, 1 refused with the reason, 2 wrong use */
export async function runCommand(
  args: readonly string[],
  terminal: Terminal,
  environment?: Environment,
): Promise<number> {
  const isJson = args.includes('--json')
  try {
    return tell(terminal, isJson, await replyTo(args, terminal, environment))
  } catch (error) {
    return tellProblem(terminal, isJson, error)
  }
}

async function replyTo(
  args: readonly string[],
  terminal: Terminal,
  environment?: Environment,
): Promise<Reply> {
  if (args[0] === '--version') return versionReply()
  const words = args.filter((arg) => !arg.startsWith('-'))
  const isAsked =
    words[0] === 'help' || args.some((arg) => arg === '--help' || arg === '-h') || args.length === 0
  if (isAsked) return helpReply(words[0] === 'help' ? words.slice(1) : words)
  const command = findCommand(args)
  const given = readOptions(command, args.slice(command.name.split(' ').length))
  return command.run({ ...given, terminal, config: () => readConfig(environment) })
}

function findCommand(args: readonly string[]): Command {
  const found = commands.find((command) =>
    command.name.split(' ').every((word, place) => args[place] === word),
  )
  if (found !== undefined) return found
  const family = commands.filter((command) => command.name.startsWith(`${args[0]} `)).map(({ name }) => name)
  throw new WrongUse(
    family.length > 0
      ? `Say which: ${family.map((name) => `dojang ${name}`).join(', ')}.`
      : `There is no command "${args[0]}": see dojang help.`,
  )
}

function readOptions(command: Command, args: readonly string[]): Pick<Call, 'options' | 'positionals'> {
  const { values, positionals } = parseStrictly(command, args)
  const tooMuch = positionals[command.positionalsMax]
  if (tooMuch !== undefined) {
    throw new WrongUse(`"${tooMuch}" is too much: dojang ${command.name} ${command.usage}`.trimEnd())
  }
  const { help: _, ...given } = values
  const options = withFirstWord(command, given, positionals)
  return { options, positionals }
}

/** The first word as the option that it stands for; together with that option it is one too many. */
function withFirstWord(
  { firstWordIs }: Command,
  given: Call['options'],
  [word]: readonly string[],
): Call['options'] {
  if (firstWordIs === undefined || word === undefined) return given
  if (given[firstWordIs] !== undefined)
    throw new WrongUse(`"${word}" and --${firstWordIs} say the same: give one of them.`)
  return { ...given, [firstWordIs]: word }
}

function parseStrictly(command: Command, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { ...command.options, ...COMMON }, allowPositionals: true })
  } catch (error) {
    const [sentence] = (error as Error).message.split(/(?<=')\. |\n/)
    throw new WrongUse(`${sentence}: see dojang help ${command.name}.`)
  }
}

function helpReply(words: readonly string[]): Reply {
  const about = commands.filter(
    ({ name }) =>
      words.length > 0 && (name === words.slice(0, 2).join(' ') || name.split(' ')[0] === words[0]),
  )
  const exact = about.filter(({ name }) => name === words.slice(0, 2).join(' '))
  if (words.length > 0 && about.length === 0)
    throw new WrongUse(`There is no command "${words[0]}": see dojang help.`)
  const shown = exact.length > 0 ? exact : about
  const text = words.length === 0 ? helpForAll() : shown.map(helpForOne).join('\n\n')
  const listed = words.length === 0 ? commands : shown
  return {
    ok: true,
    words: text,
    facts: {
      commands: listed.map(({ name, usage, summary, details }) => ({ name, usage, summary, details })),
    },
  }
}

function versionReply(): Reply {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return {
    ok: true,
    words: `dojang ${version} (Node ${process.versions.node})`,
    facts: { version, node: process.versions.node },
  }
}

function tell(terminal: Terminal, isJson: boolean, reply: Reply): number {
  const { ok, words, facts } = reply
  if (isJson) {
    const refusal = ok ? {} : { reason: reply.reason, message: words }
    terminal.say(JSON.stringify({ ok, ...refusal, ...facts }))
  } else if (words !== '') {
    if (ok) terminal.say(words)
    else terminal.complain(words)
  }
  return ok ? EXIT_DONE : EXIT_REFUSED
}

function tellProblem(terminal: Terminal, isJson: boolean, error: unknown): number {
  const problem = problemOf(error)
  if (problem === null) {
    const trace = error instanceof Error ? error.stack : String(error)
    terminal.complain(`Dojang has made a mistake of its own, sorry: please report what follows.\n${trace}`)
    return EXIT_REFUSED
  }
  const { reason, sentence, exitCode } = problem
  if (isJson) terminal.say(JSON.stringify({ ok: false, reason, message: sentence }))
  else terminal.complain(sentence)
  return exitCode
}
