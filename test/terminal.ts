// Runs the real `dojang` in a data folder of its own, as an operator would type it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { runCommand } from '../src/cli/run-command.ts'
import { terminalOn } from '../src/cli/terminal.ts'

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
  /** What `--json` printed. */
  readonly json: Record<string, unknown>
}

export class Operator implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'dojang-cli-'))
  readonly data = join(this.folder, 'data')
  readonly #environment: Record<string, string>

  constructor(environment: Record<string, string> = {}) {
    this.#environment = environment
  }

  /** The real program, in a process of its own. */
  async run(...args: string[]): Promise<Ran> {
    const child = this.spawn(...args)
    const [out, err] = [collect(child.stdout), collect(child.stderr)]
    const [code] = await once(child, 'close')
    return ranAs(args, code, out(), err())
  }

  /** The same in this process: for the many cases that differ in nothing but what is typed. */
  async runHere(...args: string[]): Promise<Ran> {
    const [out, err] = [new PassThrough(), new PassThrough()]
    const said = [collect(out), collect(err)] as const
    const code = await runCommand(args, terminalOn(out, err, Date.now), this.#settings())
    return ranAs(args, code, said[0](), said[1]())
  }

  spawn(...args: string[]) {
    const cache = join(import.meta.dirname, '../node_modules/.cache/compiled') // or each start compiles all anew
    const env = { ...this.#settings(), PATH: process.env.PATH, NODE_COMPILE_CACHE: cache }
    return spawn(process.execPath, [join(import.meta.dirname, '../bin/dojang.js'), ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  #settings() {
    return { DOJANG_DATA: this.data, PORT: '0', LOG_LEVEL: 'silent', ...this.#environment }
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function ranAs(args: readonly string[], code: number | null, out: string, err: string): Ran {
  return { code, out, err, json: args.includes('--json') ? JSON.parse(out) : {} }
}

export function collect(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  return () => text
}
