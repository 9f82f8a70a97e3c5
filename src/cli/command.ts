/** What a command of the command line is: its words, its options, and a reply that says the same to people and programs. */
import type { ParseArgsOptionsConfig } from 'node:util'
import type { Config } from '../config.ts'
import type { Terminal } from './terminal.ts'

export interface Command {
  /** One word, or two as in `cafe add`. */
  readonly name: string
  /** What it does, in one line of the list. */
  readonly summary: string
  /** What follows the name, as in `FILE [--json]`. */
  readonly usage: string
  /** A line for each option, and what else is worth knowing. */
  readonly details: readonly string[]
  readonly options: ParseArgsOptionsConfig
  readonly positionalsMax: number
  /** The option that the first word without a dash stands for, where it can be meant for nothing else. */
  readonly firstWordIs?: string
  /** @throws WrongUse, or one of the problems that expected-problems.ts knows */
  run(call: Call): Promise<Reply>
}

export interface Call {
  /** The options given, without those that every command has. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
  readonly terminal: Terminal
  /** @throws ConfigError */
  readonly config: () => Config
}

/** `words` for people and `facts` for programs: both say the same. */
export type Reply =
  | { readonly ok: true; readonly words: string; readonly facts: Facts }
  | { readonly ok: false; readonly reason: string; readonly words: string; readonly facts?: Facts }

export type Facts = Readonly<Record<string, unknown>>

/** The command was called in a way that it has not got: the message says which it has. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'
}

export const EXIT_DONE = 0
export const EXIT_REFUSED = 1
export const EXIT_WRONG_USE = 2

export function done(words: string, facts: Facts): Reply {
  return { ok: true, words, facts }
}

export function refused(reason: string, words: string, facts: Facts = {}): Reply {
  return { ok: false, reason, words, facts }
}

/** An option's text, or undefined when it was not given. */
export function textOf(call: Call, name: string): string | undefined {
  const value = call.options[name]
  return typeof value === 'string' ? value : undefined
}
