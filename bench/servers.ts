// The two servers that a comparison runs side by side: Dojang as it is, and node:http that only says what Dojang said.
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type Server = { port: number; stop: () => Promise<void> }

export type DojangServer = Server & {
  /** Recomputes every balance from the ledger, beside the running server. @returns what it proved, in words */
  verify: () => string
}

/** An answer to give again: node:http adds Date and Connection by itself. */
export type Answer = { status: number; headers: string[]; body: Uint8Array }

const root = join(import.meta.dirname, '..')

/** A Dojang of its own, with nothing in it, on the disk of this checkout: /tmp may be memory, where syncing costs nothing. */
export async function startDojang(): Promise<DojangServer> {
  mkdirSync(join(root, 'data'), { recursive: true, mode: 0o700 })
  const folder = mkdtempSync(join(root, 'data/bench-'))
  const port = await freePort()
  const given = {
    PORT: String(port),
    HOST: '127.0.0.1',
    DOJANG_DATA: folder,
    LOG_LEVEL: 'error',
    DOJANG_URL: '',
  }
  const env = { ...process.env, ...given, NODE_ENV: 'production' }
  const program = join(root, 'bin/dojang.js')
  const child = spawn(process.execPath, [program, 'serve', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = async () => {
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  const isServing = await Promise.race([
    new Promise((resolve) => createInterface(child.stdout).once('line', () => resolve(true))),
    new Promise((resolve) => child.once('exit', () => resolve(false))),
  ])
  if (!isServing) {
    await stop()
    throw new Error('Dojang did not start')
  }
  const verify = () => execFileSync(process.execPath, [program, 'verify'], { env, encoding: 'utf8' }).trim()
  return { port, stop, verify }
}

/** node:http that reads the whole request and gives one answer per method: the least that any server does. */
export async function startRaw(answers: Record<string, Answer>): Promise<Server> {
  const child = fork(fileURLToPath(import.meta.url), { serialization: 'advanced' })
  child.send(answers)
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)))
    child.once('exit', () => reject(new Error('the raw server did not start')))
  })
  return { port, stop: () => end(child) }
}

/** Asks once, for the answer byte by byte. */
export function ask(input: {
  port: number
  method: string
  path: string
  headers: Record<string, string>
  body?: string
}): Promise<Answer> {
  const { body, ...options } = input
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, host: '127.0.0.1' }, async (response) => {
      const body = Buffer.concat(await response.toArray())
      const headers = response.rawHeaders.filter(
        (_, at, all) => !/^(date|connection|keep-alive)$/i.test(all[at - (at % 2)] ?? ''),
      )
      resolve({ status: response.statusCode ?? 0, headers, body })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

function serveRaw(answers: Record<string, Answer>): void {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const answer = answers[request.method ?? '']
      if (answer === undefined) return response.writeHead(404).end()
      Buffer.concat(chunks).toString()
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createTcpServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

if (import.meta.main && process.send !== undefined) process.once('message', serveRaw)
