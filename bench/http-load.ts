// A small HTTP load, kept alive on loopback, in a process of its own. Our own because each stamp needs a body with a key
// that no other has, made as it goes; the usual tools send bodies that were made before, or spend more than we measure.
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

export type Load = {
  port: number
  connections: number
  /** Ends at whichever comes first. */
  seconds: number
  requestsMax: number
  /** Whole requests as they go over the wire, taken in turn; each `freshKey` in them becomes a key that no other has. */
  requests: readonly string[]
}

/** Stands in a request for an idempotency key, and is as long as one. */
export const freshKey = '{a key made as the request leaves.}'

export type LoadResult = {
  requests: number
  seconds: number
  /** How many answers had each status. */
  statuses: Record<number, number>
  /** Milliseconds from request to whole answer. */
  latencyMs: { median: number; p99: number; most: number }
}

const secondsMax = 60
const requestsMax = 2_000_000
const host = '127.0.0.1' // and nowhere else

/** Puts the load on a server of this machine, from another process. @throws Error when a connection breaks. */
export function putLoad(load: Load): Promise<LoadResult> {
  const child = fork(fileURLToPath(import.meta.url), { serialization: 'advanced' })
  const patience = setTimeout(() => child.kill('SIGKILL'), (Math.min(load.seconds, secondsMax) + 20) * 1000)
  return new Promise<LoadResult>((resolve, reject) => {
    child.on('message', (message: { result: LoadResult } | { problem: string }) => {
      if ('result' in message) resolve(message.result)
      else reject(new Error(message.problem))
    })
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`the load ended early, with ${code}`)))
    child.send(load)
  }).finally(() => {
    clearTimeout(patience)
    child.kill()
  })
}

async function run(load: Load): Promise<LoadResult> {
  const startedAt = performance.now()
  const state: State = {
    requests: load.requests,
    sent: 0,
    sentMax: Math.min(load.requestsMax, requestsMax),
    endAt: startedAt + Math.min(load.seconds, secondsMax) * 1000,
    statuses: {},
    latencies: [],
  }
  await Promise.all(Array.from({ length: load.connections }, () => useConnection(load.port, state)))
  const sorted = Float64Array.from(state.latencies).sort()
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return {
    requests: sorted.length,
    seconds: (performance.now() - startedAt) / 1000,
    statuses: state.statuses,
    latencyMs: { median: at(0.5), p99: at(0.99), most: at(1) },
  }
}

type State = {
  requests: readonly string[]
  sent: number
  sentMax: number
  endAt: number
  statuses: Record<number, number>
  latencies: number[]
}

/** One request after the other on one connection, until the time or the number is up. */
function useConnection(port: number, state: State): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host, noDelay: true })
    let received = ''
    let sentAt = 0
    const send = () => {
      if (performance.now() >= state.endAt || state.sent >= state.sentMax) {
        socket.end()
        resolve()
        return
      }
      received = ''
      sentAt = performance.now()
      const request = state.requests[state.sent % state.requests.length] ?? ''
      state.sent++
      socket.write(request.replace(freshKey, makeKey))
    }
    socket.setEncoding('latin1') // one character a byte, so lengths are right
    socket.on('connect', send)
    socket.on('data', (chunk: string) => {
      received += chunk
      if (!isWhole(received)) return
      const status = Number(received.slice(9, 12))
      state.statuses[status] = (state.statuses[status] ?? 0) + 1
      state.latencies.push(performance.now() - sentAt)
      send()
    })
    socket.on('error', reject)
    socket.on('close', () =>
      reject(new Error(`the server closed a connection after: ${received.slice(0, 300)}`)),
    )
  })
}

/** As a page of Dojang makes them: the time first, then random bits. */
function makeKey(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  return `${time}-${randomBytes(18)
    .toString('base64url')
    .slice(0, freshKey.length - 13)}`
}

/** Whether all of an HTTP/1.1 answer has come (RFC 9112 6.3), for answers that keep the connection. */
export function isWhole(answer: string): boolean {
  const headEnd = answer.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  const head = answer.slice(0, headEnd)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) return answer.length >= headEnd + 4 + Number(length)
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return answer.endsWith('\r\n0\r\n\r\n')
  return /^HTTP\/1\.1 (204|304)/.test(head)
}

if (import.meta.main && process.send !== undefined) {
  const self = process as unknown as ChildProcess
  process.once('message', (load: Load) => {
    run(load).then(
      (result) => self.send({ result }),
      (error: unknown) => self.send({ problem: error instanceof Error ? error.message : String(error) }),
    )
  })
}
