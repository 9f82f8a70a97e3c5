/** The café's root secret: from the environment, or from a key file made at the first start, outside the database. */
import { hkdfSync } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import type { Random } from '../clock.ts'
import { databaseFileOf, keyFileOf, type StoreSettings } from './data-folder.ts'

export interface Keys {
  /** Signs and seals from now on. */
  readonly current: string
  /** Still believed, newest first. */
  readonly fallbacks: readonly string[]
  /** Where the key lies, in words for the operator. */
  readonly place: string
}

/** A key that is missing, exposed or broken: the message says what to do. */
export class KeyProblem extends Error {
  override readonly name = 'KeyProblem'
}

const SECRET_BYTES = 32 // 256 bits

/** The keys in use; the first start makes the key file. @throws KeyProblem */
export function readKeys(settings: StoreSettings, random: Random): Keys {
  if (settings.secret === null && !existsSync(keyFileOf(settings))) makeKeyFile(settings, random)
  return readKeysThere(settings)
}

/** The keys in use, and a refusal when there are none yet. @throws KeyProblem */
export function readKeysThere(settings: StoreSettings): Keys {
  if (settings.secret !== null) {
    return { current: settings.secret, fallbacks: settings.secretFallbacks, place: 'DOJANG_SECRET' }
  }
  const file = keyFileOf(settings)
  if (!existsSync(file)) throw missing(settings)
  return { current: readKeyFile(file), fallbacks: [], place: file }
}

/** What counter codes are made with (rules/counter-code.ts): a key of its own, for the pages, which open no numbers. */
export function counterCodeKeyOf({ current }: Pick<Keys, 'current'>): Buffer {
  return Buffer.from(hkdfSync('sha256', current, '', 'dojang counter code v1', 32))
}

function makeKeyFile(settings: StoreSettings, random: Random): void {
  if (existsSync(databaseFileOf(settings))) throw missing(settings)
  const file = keyFileOf(settings)
  const secret = Buffer.from(random.bytes(SECRET_BYTES)).toString('base64url')
  const draft = `${file}.${Buffer.from(random.bytes(6)).toString('hex')}`
  writeFileSync(draft, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true })
  chmodSync(draft, 0o600) // whatever the umask says
  try {
    linkSync(draft, file) // whole or not at all, and never over the key of another first start
  } catch {
    if (!existsSync(file)) renameSync(draft, file) // a file system without links
  } finally {
    rmSync(draft, { force: true })
  }
}

function missing(settings: StoreSettings): KeyProblem {
  return new KeyProblem(
    `The key of the database is not here: put the key file back at ${keyFileOf(settings)}, or set DOJANG_SECRET to the key it was made with.`,
  )
}

function readKeyFile(file: string): string {
  const isExposed = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
  if (isExposed)
    throw new KeyProblem(`Others on this machine can read ${file}: run chmod 600 ${file} and start again.`)
  const secret = readText(file).trim()
  if (Buffer.byteLength(secret) < SECRET_BYTES) {
    throw new KeyProblem(
      `The key in ${file} is too short or damaged: put back the copy that dojang keys export wrote.`,
    )
  }
  return secret
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new KeyProblem(`The key in ${file} cannot be read: run dojang as the user who owns it.`, { cause })
  }
}
