import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { freshKey, isWhole, putLoad } from './http-load.ts'

test('requests go in turn, each with its own key, and the count is kept to', async () => {
  const seen: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push(`${request.url} ${body}`)
    response.statusCode = request.url === '/a' ? 200 : 303
    response.end(response.statusCode === 200 ? '도장' : undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const requests = ['/a', '/b'].map(
    (path) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${freshKey.length}\r\n\r\n${freshKey}`,
  )
  const result = await putLoad({ port, connections: 4, seconds: 10, requestsMax: 100, requests })
  server.close()
  assert.equal(result.requests, 100)
  assert.deepEqual(result.statuses, { 200: 50, 303: 50 })
  assert.equal(new Set(seen.map((line) => line.slice(3))).size, 100)
  for (const line of seen) assert.match(line, /^\/[ab] [0-9a-f]{12}-[\w-]{22}$/)
})

test('an answer is whole when its last byte has come', () => {
  const head = 'HTTP/1.1 200 OK\r\n'
  assert.equal(isWhole(`${head}Content-Length: 2\r\n`), false)
  assert.equal(isWhole(`${head}Content-Length: 2\r\n\r\na`), false)
  assert.equal(isWhole(`${head}Content-Length: 2\r\n\r\nab`), true)
  assert.equal(isWhole(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n`), false)
  assert.equal(isWhole(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n`), true)
  assert.equal(isWhole('HTTP/1.1 204 No Content\r\n\r\n'), true)
})
