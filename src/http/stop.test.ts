import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { judgesTimes } from '../../test/effort.ts'
import { guardServer, SERVER_OPTIONS } from './limits.ts'
import { stopServer } from './stop.ts'

async function open(answerAfterMs: number) {
  const server = guardServer(createServer(SERVER_OPTIONS), (_, response) => {
    void setTimeout(answerAfterMs).then(() => response.end('served'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

/** One request on a connection that is kept: what came of it, and whether another may follow. */
function ask(port: number, agent: Agent): Promise<{ text: string; isLast: boolean }> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', agent }, (response) => {
      let text = ''
      response.on('data', (data) => (text += data))
      response.on('end', () => resolve({ text, isLast: response.headers.connection === 'close' }))
    })
    asked.on('error', reject).end()
  })
}

test('a stop under load fails nobody who is connected: each is answered, told to go, and it takes no time', async () => {
  const { server, port } = await open(5)
  let answered = 0
  const clients = Array.from({ length: 8 }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (;;) {
      const { text, isLast } = await ask(port, agent)
      assert.equal(text, 'served')
      answered++
      if (isLast) return agent.destroy()
    }
  })
  await setTimeout(100)
  const before = answered
  const startedMs = Date.now()
  await Promise.all([stopServer(server), ...clients])
  assert.ok(answered > before)
  if (judgesTimes) assert.ok(Date.now() - startedMs < 3_000)
  await assert.rejects(ask(port, new Agent()), { code: 'ECONNREFUSED' })
})

test('what is in hand at a stop is finished, and connections that nobody uses do not hold it up', async () => {
  const { server, port } = await open(700)
  const idle = connect(port, '127.0.0.1')
  idle.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(idle, 'data')
  const slow = ask(port, new Agent({ keepAlive: true }))
  await setTimeout(50)
  const startedMs = Date.now()
  await Promise.all([stopServer(server), once(idle, 'close')])
  assert.equal((await slow).text, 'served')
  if (judgesTimes) assert.ok(Date.now() - startedMs < 4_000)
})
