import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import type { App } from './app.ts'
import { listenerOf } from './main.ts'

/** An app that says where it was asked from. */
const mirror: Pick<App, 'fetch'> = { fetch: async (_request, from) => new Response(from?.address) }

async function addressSeen(trustProxy: readonly string[], forwardedFor: string): Promise<string> {
  const server = createServer(listenerOf(mirror, { trustProxy })).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      headers: { 'x-forwarded-for': forwardedFor },
    })
    return await response.text()
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

describe('the address that the app is told', () => {
  it('is the connection’s own, whatever a client writes', async () => {
    assert.equal(await addressSeen([], '203.0.113.7'), '127.0.0.1')
    assert.equal(await addressSeen(['10.0.0.0/8'], '203.0.113.7'), '127.0.0.1')
  })

  it('is what a proxy of ours has seen', async () => {
    assert.equal(await addressSeen(['loopback'], '198.51.100.1, 203.0.113.7'), '203.0.113.7')
  })
})
