/** The café's root secret: from the environment, or from a key file made at the first start, outside the database. */
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../clock.ts'
import type { Config } from '../config.ts'

export interface Keys {
  /** Signs and seals from now on. */
  readonly current: string
  /** Still believed, newest first. */
  readonly fallbacks: readonly string[]
  /** Where the key lies, in words for the operator. */
  readonly place: string
}

/** A key that is missing, exposed or broken: the message says what to do. */
export class KeyProblem extends Error {}

const SECRET_BYTES = 32 // 256 bits

export function databaseFileOf(config: Config): string {
  return join(config.dataFolder, 'dojang.db')
}

export function keyFileOf(config: Config): string {
  return join(config.dataFolder, 'dojang.key')
}

/** @throws KeyProblem */
export function readKeys(config: Config, random: Random): Keys {
  if (config.secret !== null) {
    return { current: config.secret, fallbacks: config.secretFallbacks, place: 'DOJANG_SECRET' }
  }
  const file = keyFileOf(config)
  if (!existsSync(file)) makeKeyFile(file, config, random)
  return { current: readKeyFile(file), fallbacks: [], place: file }
}

function makeKeyFile(file: string, config: Config, random: Random): void {
  if (existsSync(databaseFileOf(config))) {
    throw new KeyProblem(
      `The database is here, but its key is not: put the key file back at ${file}, or set DOJANG_SECRET to the key it was made with.`,
    )
  }
  const secret = Buffer.from(random.bytes(SECRET_BYTES)).toString('base64url')
  writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true })
  chmodSync(file, 0o600) // whatever the umask says
}

function readKeyFile(file: string): string {
  const isExposed = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
  if (isExposed) throw new KeyProblem(`Others on this machine can read ${file}: run chmod 600 ${file} and start again.`)
  const secret = readFileSync(file, 'utf8').trim()
  if (Buffer.byteLength(secret) < SECRET_BYTES) {
    throw new KeyProblem(`The key in ${file} is too short or damaged: put back the copy that dojang keys export wrote.`)
  }
  return secret
}
