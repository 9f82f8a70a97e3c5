/** A clean stop: what is in hand is answered, and whoever keeps a connection is told not to come back on it. */
import type { Server } from 'node:http'
import { Server as TcpServer } from 'node:net'

const STOP_WITHIN_MS = 8_000 // then connections are cut: a service manager kills after 10 s
const IDLE_GRACE_MS = 500 // a busy client's next request is on its way; cut at once, it would fail unanswered

/**
 * Takes no new connections, answers what still comes on open ones with `Connection: close` (see `guardServer`), and
 * hangs up on those that stay idle. Resolves when none is left, at the latest after 8 s.
 */
export function stopServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_GRACE_MS)
    const cut = setTimeout(() => server.closeAllConnections(), STOP_WITHIN_MS)
    // Not http's own close(): it hangs up on idle connections at once, also on those a request is travelling on.
    TcpServer.prototype.close.call(server, () => {
      clearInterval(sweep)
      clearTimeout(cut)
      resolve()
    })
  })
}
