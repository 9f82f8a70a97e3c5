/** Argon2id as text that says how it was made: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash` (the PHC string format, RFC 9106). */
import { type Argon2Parameters, argon2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Random } from '../clock.ts'
import { createGate } from './hashing-gate.ts'

/** A key that the hash cannot be tried without, and the name by which it is found again. */
export interface Pepper {
  readonly id: string
  readonly key: Uint8Array
}

const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const // KiB; the least that OWASP allows: 19 MiB for 50 ms
const SALT_BYTES = 16 // RFC 9106 3.1
const HASH_BYTES = 32
const FORM =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})(?:,keyid=([\w+/]+))?\$([\w+/]{11,86})\$([\w+/]{22,86})$/

/** One for all passwords and PINs of the process: two cores, and 19 MiB each (safety.md R15). */
const throughGate = createGate({ atOnce: 2, waiting: 16 })
const hash = promisify(argon2)

/** @throws Busy */
export async function hashSecret(random: Random, text: string, pepper: Pepper | null): Promise<string> {
  const salt = Buffer.from(random.bytes(SALT_BYTES))
  const made = await throughGate(() => hash('argon2id', parametersOf(text, salt, pepper)))
  const keyId = pepper === null ? '' : `,keyid=${pepper.id}`
  const { memory, passes, parallelism } = COST
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}${keyId}$${textOf(salt)}$${textOf(made)}`
}

/** @param peppers of which the text names the one that it was made with. @throws Busy */
export async function verifySecret(
  text: string,
  stored: string,
  peppers: readonly Pepper[],
): Promise<boolean> {
  const read = readStored(stored)
  const pepper = read.keyId === null ? null : peppers.find(({ id }) => id === read.keyId)
  const expected = Buffer.from(read.hash, 'base64')
  const parameters = { ...parametersOf(text, Buffer.from(read.salt, 'base64'), pepper ?? null), ...read.cost }
  const made = await throughGate(() => hash('argon2id', { ...parameters, tagLength: expected.length }))
  return pepper !== undefined && timingSafeEqual(made, expected)
}

/** Whether it was made for less, or with another key, than it would be now. */
export function isStale(stored: string, pepper: Pepper | null): boolean {
  const { cost, keyId } = readStored(stored)
  const { memory, passes, parallelism } = COST
  const costsLess = cost.memory < memory || cost.passes < passes || cost.parallelism < parallelism
  return costsLess || keyId !== (pepper?.id ?? null)
}

function parametersOf(text: string, nonce: Buffer, pepper: Pepper | null): Argon2Parameters {
  const secret = pepper === null ? {} : { secret: pepper.key }
  return { message: Buffer.from(text), nonce, tagLength: HASH_BYTES, ...COST, ...secret }
}

function readStored(stored: string) {
  const [, memory, passes, parallelism, keyId, salt, made] = FORM.exec(stored) ?? []
  if (salt === undefined || made === undefined) throw new Error('what is stored for a secret is no argon2id')
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return { cost, keyId: keyId ?? null, salt, hash: made }
}

/** Base64 without padding, as the format has it. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '')
}
