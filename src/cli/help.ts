/** Every command there is, and what `dojang help` says about them. */
import { backUp } from './backup.ts'
import { addCafe, listCafes, setCafe } from './cafe.ts'
import type { Command } from './command.ts'
import { listDevices, pairDevice, revokeDevice } from './device.ts'
import { exportKeys } from './keys-export.ts'
import { migrateTables } from './migrate.ts'
import { moveCafes } from './move.ts'
import { addOwner, resetOwner } from './owner.ts'
import { restoreBackup } from './restore.ts'
import { seedCafe } from './seed/seed.ts'
import { serveCafes } from './serve.ts'
import { verifyLedger } from './verify.ts'
import { voidLine } from './void.ts'

export const commands: readonly Command[] = [
  serveCafes,
  addCafe,
  listCafes,
  setCafe,
  addOwner,
  resetOwner,
  pairDevice,
  listDevices,
  revokeDevice,
  voidLine,
  verifyLedger,
  backUp,
  restoreBackup,
  exportKeys,
  migrateTables,
  moveCafes,
  seedCafe,
]

export function helpForAll(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2
  return [
    'dojang: stamp cards that a café hosts itself',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    'dojang help COMMAND says more of one. Each works beside a running server (but for restore), answers in words or with',
    '--json, and exits 0 (done), 1 (refused, with the reason) or 2 (wrong use).',
    'Settings come from the environment: PORT, HOST, DOJANG_URL, DOJANG_DATA, DATABASE_URL, DOJANG_SECRET,',
    'DOJANG_SECRET_FALLBACKS, TRUST_PROXY, LOG_LEVEL.',
  ].join('\n')
}

export function helpForOne({ name, usage, summary, details }: Command): string {
  return [`dojang ${name} ${usage}`.trim(), '', summary, ...details.map((line) => `  ${line}`)].join('\n')
}
