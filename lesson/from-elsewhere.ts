/** A customer on the road: a request that really comes from another address of this machine. */

import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Hands } from './attack.ts'

// 127.0.0.2 is there on Linux and Windows; macOS has only one IPv4 loopback address, but ::1 besides.
const otherAddresses = ['127.0.0.2', '::1'] as const

/** Posts the stamp form at `page` from another address. Null where this machine has none. */
export async function stampFromElsewhere(
  serve: Hands['serve'],
  page: URL,
): Promise<{ address: string; stamps: number | null } | null> {
  for (const address of otherAddresses) {
    const html = await postFrom(address, serve, page).catch(() => null)
    if (html !== null) return { address, stamps: Number(/data-stamps="(\d+)"/.exec(html)?.[1] ?? Number.NaN) }
  }
  return null
}

async function postFrom(address: string, serve: Hands['serve'], page: URL): Promise<string> {
  const listener = getRequestListener((received, env) =>
    serve(received, 'incoming' in env ? (env.incoming.socket.remoteAddress ?? '') : ''),
  )
  const server = createServer(listener)
  const host = address.includes(':') ? '::1' : '127.0.0.1'
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, host, resolve)
    })
    const { port } = server.address() as AddressInfo
    return await post({ host, port, localAddress: address, path: page.pathname, page })
  } finally {
    server.close()
  }
}

function post(to: {
  host: string
  port: number
  localAddress: string
  path: string
  page: URL
}): Promise<string> {
  const { page, ...options } = to
  const headers = {
    host: page.host,
    origin: page.origin,
    'content-type': 'application/x-www-form-urlencoded',
  }
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, method: 'POST', headers, agent: false }, async (response) => {
      let html = ''
      for await (const chunk of response.setEncoding('utf8')) html += chunk
      resolve(html)
    })
    sent.once('error', reject).end()
  })
}
