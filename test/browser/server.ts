/** Dojang on a spare loopback port: the real program in a process of its own, or a shop of this process with a clock to turn. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { getRequestListener } from '@hono/node-server'
import { guardServer, SERVER_OPTIONS } from '../../src/http/limits.ts'
import type { Shop } from '../shop.ts'

export interface Running {
  /** Such as `http://localhost:41234`. */
  readonly origin: string
  stop(): Promise<void>
}

const dojang = join(import.meta.dirname, '../../bin/dojang.js')

/** `dojang serve` in a data folder of its own, with the café 온기 커피, as an owner would start it. */
export async function startDojang(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-browser-'))
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', DOJANG_DATA: folder, DOJANG_URL: '' }
  const added = spawnSync(
    process.execPath,
    [dojang, 'cafe', 'add', '--slug', 'cafe', '--name', '온기 커피'],
    {
      env,
      encoding: 'utf8',
    },
  )
  if (added.status !== 0) throw new Error(`dojang cafe add: ${added.stderr || added.stdout}`)
  const child = spawn(process.execPath, [dojang, 'serve', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const origin = await originOf(child)
  return {
    origin,
    async stop() {
      const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve([child.exitCode])
      child.kill('SIGTERM')
      const [code] = await ended
      rmSync(folder, { recursive: true })
      if (code !== 0) throw new Error(`dojang serve ended with ${code}`)
    },
  }
}

/** A shop of the tests, listening as the real program does. */
export function serveShop(shop: Shop): Promise<Running> {
  const listener = getRequestListener((request) => shop.app.fetch(request))
  return listenOnLoopback(guardServer(createServer(SERVER_OPTIONS), listener, shop.app.refuse))
}

/** Somebody else's site: answers every request with this page. */
export function serveOtherSite(html: string): Promise<Running> {
  const listener: RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
  }
  return listenOnLoopback(createServer(listener))
}

async function listenOnLoopback(server: ReturnType<typeof createServer>): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Reads what the program says of itself once it serves. */
async function originOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('dojang serve has no voice')
  const lines = createInterface({ input: child.stdout })
  for await (const line of lines) {
    const { serving, urls } = JSON.parse(line) as { serving?: boolean; urls?: string[] }
    if (serving !== true || urls?.[0] === undefined) continue
    child.stdout.resume() // what it says later is let go, or the pipe would fill and hold it up
    return new URL(urls[0]).origin
  }
  throw new Error('dojang serve ended before it served')
}
