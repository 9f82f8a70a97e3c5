/** The real program in a data folder that was never used, as an owner starts it on the first day: its setup link, its log, and afterwards its ledger. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemRandom } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { openStore } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'

export interface NewCafe {
  readonly origin: string
  readonly setupUrl: string
  /** All that the program has said so far, on both its voices. */
  log(): string
  /** What `dojang verify --json` finds, beside the running server. */
  verify(): Verified
  /** Stops the program, and reads what it has left on the disk. */
  close<T>(read: (store: Store) => Promise<T>): Promise<T>
  /** Whatever still runs or lies there. */
  end(): void
}

/** As much of what it says as is looked at. */
interface Verified {
  readonly ok: boolean
  readonly cafes: readonly { readonly cards: number; readonly entries: number; readonly stamps: number }[]
}

const dojang = join(import.meta.dirname, '../../bin/dojang.js')

export async function startNewCafe(): Promise<NewCafe> {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-queue-'))
  const own = { PORT: '0', HOST: '127.0.0.1', DOJANG_DATA: folder, DOJANG_URL: '', LOG_LEVEL: 'trace' }
  const env = { ...process.env, ...own }
  const child = spawn(process.execPath, [dojang, 'serve', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  const { origin, setupUrl } = await startOf(child, said)
  return {
    origin,
    setupUrl,
    log: () => said.join('\n'),
    verify() {
      const { stdout, stderr } = spawnSync(process.execPath, [dojang, 'verify', '--json'], {
        env,
        encoding: 'utf8',
      })
      return JSON.parse(stdout || stderr)
    },
    async close(read) {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const [code] = await ended
      assert.equal(code, 0, `dojang serve ended with ${code}`)
      const { store } = await openStore(readConfig(own), systemRandom)
      return read(store).finally(() => store.close())
    },
    end() {
      if (child.exitCode === null) child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Where it serves and is set up, from its first words. Both voices are kept to the end. */
function startOf(child: ChildProcess, said: string[]): Promise<{ origin: string; setupUrl: string }> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('dojang serve has no voice')
  createInterface({ input: stderr }).on('line', (line) => said.push(line))
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`dojang serve ended with ${code}:\n${said.join('\n')}`)))
    createInterface({ input: stdout }).on('line', (line) => {
      said.push(line)
      const { serving, urls, setupUrl } = JSON.parse(line) as {
        serving?: boolean
        urls?: string[]
        setupUrl?: string
      }
      if (serving === true && urls?.[0] !== undefined && setupUrl !== undefined)
        resolve({ origin: new URL(urls[0]).origin, setupUrl })
    })
  })
}
