/** Problems that come from outside and are no mistake of ours: one sentence each, that says what to do. */
import { ConfigError } from '../config.ts'
import { FolderProblem } from '../store/data-folder.ts'
import { KeyProblem } from '../store/keys.ts'
import { MoveRefused, NotServedHere } from '../store/move/mark.ts'
import { RestoreRefused } from '../store/restore.ts'
import { AlreadyServing } from '../store/serve-lock.ts'
import { UnreadableColumn } from '../store/sql.ts'
import { WrongKey } from '../store/sqlite.ts'
import { DamagedDatabase, isDamagedFile } from '../store/sqlite-connection.ts'
import { NotOfThisEngine, StoreMoved, StoreUnavailable } from '../store/store.ts'
import { EXIT_REFUSED, EXIT_WRONG_USE, WrongUse } from './command.ts'

export interface Problem {
  readonly reason: string
  readonly sentence: string
  readonly exitCode: number
}

/** @returns null for what nobody expected: a mistake of ours */
export function problemOf(error: unknown): Problem | null {
  if (!(error instanceof Error)) return null
  if (error instanceof WrongUse)
    return { reason: 'wrong-use', sentence: error.message, exitCode: EXIT_WRONG_USE }
  if (error instanceof ConfigError) return refusal('settings', error.message)
  if (error instanceof FolderProblem) return refusal('folder', error.message)
  if (error instanceof KeyProblem) return refusal('key', error.message)
  if (error instanceof WrongKey) return refusal('wrong-key', error.message)
  if (error instanceof AlreadyServing) return refusal('already-serving', error.message)
  if (error instanceof RestoreRefused) return refusal('not-restored', error.message)
  if (error instanceof NotOfThisEngine) return refusal('not-of-this-engine', error.message)
  if (error instanceof DamagedDatabase) return refusal('damaged', error.message)
  if (error instanceof MoveRefused) return refusal('not-moved', error.message)
  if (error instanceof NotServedHere) return refusal('not-served-here', error.message)
  if (error instanceof StoreMoved) return refusal('moved', error.message)
  if (error instanceof StoreUnavailable) {
    return refusal(
      'unavailable',
      `The database cannot be used now (${error.message}): mend that, or try again in a moment.`,
    )
  }
  if (error instanceof UnreadableColumn || isDamagedFile(error)) {
    return refusal(
      'damaged',
      `The database is damaged (${error.message}): bring back a backup with dojang restore FILE.`,
    )
  }
  return machineProblem(error)
}

function machineProblem(error: NodeJS.ErrnoException & { port?: number; address?: string }): Problem | null {
  const { code, path, port, address } = error
  const words: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${address} is in use: stop the other program, or choose another port, as in PORT=${Number(port) + 1}.`,
    EADDRNOTAVAIL: `${address} is no address of this machine: set HOST to one that is, or to 0.0.0.0 for all of them.`,
    ENOTFOUND:
      'The name in HOST is not known here: set HOST to an address of this machine, such as 127.0.0.1.',
    ENOSPC: 'The disk is full: make room and try again.',
    ENOENT: `${path} is not there: look at the name again.`,
    EISDIR: `${path} is a folder: give a file.`,
    ENOTDIR: `${path} is not in a folder: look at the name again.`,
    EEXIST: `${path} is there already: give another name.`,
    EROFS: `${path} is on a disk that cannot be written: give another place.`,
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return refusal(
      'not-allowed',
      port === undefined
        ? `${path} may not be touched by this user: mend its owner, or run as the user who owns it.`
        : `Port ${port} may not be opened by this user: choose one above 1023, as in PORT=8000.`,
    )
  }
  const sentence = code === undefined ? undefined : words[code]
  return sentence === undefined ? null : refusal(String(code).toLowerCase(), sentence)
}

function refusal(reason: string, sentence: string): Problem {
  return { reason, sentence, exitCode: EXIT_REFUSED }
}
