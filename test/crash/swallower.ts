// A way to the database that can swallow everything, as a network does that has lost its way: nobody is refused, nothing comes back.
// Given free again, what was on its way arrives late.
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Swallower {
  readonly port: number
  /** Connections that are open on our side. */
  readonly open: ReadonlySet<Socket>
  swallow(): void
  setFree(): void
  close(): Promise<void>
}

export async function swallowerBefore(port: number): Promise<Swallower> {
  const open = new Set<Socket>()
  const pairs = new Set<readonly [Socket, Socket]>()
  let isSwallowing = false
  const server = createServer({ pauseOnConnect: true }, (here) => {
    const there = connect(port, '127.0.0.1')
    const pair = [here, there] as const
    open.add(here)
    pairs.add(pair)
    here.on('close', () => open.delete(here)).on('error', () => {})
    there.on('close', () => pairs.delete(pair)).on('error', () => {})
    here.pipe(there).pipe(here)
    here.on('close', () => isSwallowing || there.destroy())
    there.on('close', () => here.destroy())
    if (isSwallowing) for (const end of pair) hold(end)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as { port: number }).port,
    open,
    swallow() {
      isSwallowing = true
      for (const end of [...pairs].flat()) hold(end)
    },
    setFree() {
      isSwallowing = false
      for (const [here, there] of pairs) {
        release(here)
        release(there)
        if (here.destroyed) there.end()
      }
    },
    async close() {
      for (const end of [...pairs].flat()) end.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Nothing more is read from it; what it sends waits in the kernel, as on a line that lost its way. */
function hold(end: Socket): void {
  end.pause()
  end.cork()
}

function release(end: Socket): void {
  end.uncork()
  end.resume()
}
