/** `npm run lesson`: serves the lesson on this machine until Ctrl-C. Nothing is written anywhere. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { guardServer, SERVER_OPTIONS } from '../src/http/limits.ts'
import { createLesson } from './app.ts'
import { lessonHost } from './places.ts'
import { endProcess } from './restartable.ts'
import { readSettings, type Settings } from './settings.ts'

const help = `npm run lesson        serves the lesson: where a café may keep the number of stamps, eight ways, each to be broken
npm run lesson -- --help

PORT  8001         another port
HOST  127.0.0.1    or ::1, localhost: it serves this machine only`

/** Starts to listen. @throws the listening error, with its `code` */
export async function serveLesson(
  settings: Omit<Settings, 'isUnderNpm'>,
): Promise<{ origin: string; stop(): Promise<void> }> {
  const lesson = createLesson()
  const listener = getRequestListener((request, env) =>
    lesson.fetch(request, 'incoming' in env ? (env.incoming.socket.remoteAddress ?? '') : ''),
  )
  const server = guardServer(createServer(SERVER_OPTIONS), listener)
  await listen(server, settings)
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://${lessonHost()}:${port}`,
    async stop() {
      server.close()
      server.closeAllConnections()
      await endProcess()
    },
  }
}

function listen(server: Server, { port, host }: Omit<Settings, 'isUnderNpm'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => resolve())
  })
}

async function main(): Promise<number> {
  try {
    const settings = readSettings(process.env)
    const { origin, stop } = await serveLesson(settings)
    console.log(`\n  도장 수업 · The lesson\n\n  ${origin}/\n\n  Ctrl-C: 끝내기 · end\n`)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => void stop().then(() => process.exit(0)))
    }
    if (settings.isUnderNpm) stopWhenAbandoned()
    return 0
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    console.error(
      code === 'EADDRINUSE' ? 'This port is in use: set another, for example PORT=8002.' : message,
    )
    return 1
  }
}

function stopWhenAbandoned(): void {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 200).unref()
}

if (import.meta.main) {
  const options = process.argv.slice(2)
  if (options.some((option) => option === '--help' || option === '-h')) console.log(help)
  else if (options.length > 0) {
    console.error(`The lesson takes no ${options[0]}.\n\n${help}`)
    process.exitCode = 2
  } else process.exitCode = await main()
}
