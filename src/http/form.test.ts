import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import { noFields, readForm } from './form.ts'

const type = 'application/x-www-form-urlencoded'
const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request('http://localhost/', {
    method: 'POST',
    body,
    headers: { 'content-type': type, ...headers },
    duplex: 'half',
  } as RequestInit)
const read = (body: BodyInit | null, headers?: Record<string, string>) =>
  readForm(post(body, headers), { maxBytes: 1000 })
const reasonOf = async (body: BodyInit | null, headers?: Record<string, string>) => {
  const form = await read(body, headers)
  return form.ok ? 'ok' : form.reason
}

/** A body that counts how much of it was asked for. */
function streamOf(chunks: readonly string[]) {
  const taken = { chunks: 0, isCancelled: false }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[taken.chunks++]
        if (chunk === undefined) controller.close()
        else controller.enqueue(Buffer.from(chunk))
      },
      cancel() {
        taken.isCancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, taken }
}

test('a form is read with its fields in order, plus as space, percent-encoding as UTF-8', async () => {
  const form = await read('phone=010+1234&name=%EB%8F%84%EC%9E%A5&empty=')
  assert.ok(form.ok)
  assert.deepEqual(form.fields.names(), ['phone', 'name', 'empty'])
  assert.deepEqual(
    [form.fields.one('phone'), form.fields.one('name'), form.fields.one('empty'), form.fields.one('none')],
    ['010 1234', '도장', '', null],
  )
})

test('the length is known or it is counted: the fields are the same', async () => {
  const body = 'a=1&b=%EB%8F%84'
  for (const form of [await read(body, { 'content-length': String(body.length) }), await read(body)]) {
    assert.ok(form.ok)
    assert.deepEqual([form.fields.one('a'), form.fields.one('b')], ['1', '도'])
  }
})

test('a field sent twice is repeated, and has no one value', async () => {
  const form = await read('a=1&a=1&b=2')
  assert.ok(form.ok)
  assert.deepEqual(
    [form.fields.one('a'), form.fields.isRepeated('a'), form.fields.isRepeated('b'), form.fields.names()],
    [null, true, false, ['a', 'b']],
  )
})

test('names that mean something to JavaScript are ordinary names', async () => {
  const names = ['__proto__', 'constructor', 'toString', 'then', 'hasOwnProperty']
  for (const name of names) assert.equal(noFields.one(name), null)
  const form = await read(names.map((name) => `${name}=x`).join('&'))
  assert.ok(form.ok)
  for (const name of names)
    assert.deepEqual([form.fields.one(name), form.fields.isRepeated(name)], ['x', false])
})

test('only urlencoded forms in UTF-8 are forms', async () => {
  for (const good of [
    type,
    type.toUpperCase(),
    `${type}; charset=utf-8`,
    `${type};charset="UTF-8"`,
    `${type} ; charset=utf8`,
    `${type}; boundary=x`,
  ]) {
    assert.equal(await reasonOf('a=1', { 'content-type': good }), 'ok', good)
  }
  for (const bad of [
    '',
    'text/plain',
    'application/json',
    'multipart/form-data; boundary=x',
    `${type}x`,
    `${type}; charset=euc-kr`,
    `${type}; charset=`,
    `${type}; charset=utf-8; charset=utf-16`,
    `x; ${type}`,
  ]) {
    assert.equal(await reasonOf('a=1', { 'content-type': bad }), 'not-a-form', bad)
  }
})

test('an encoded body is not a form: unpacked it might be a bomb', async () => {
  for (const encoding of ['gzip', 'br', 'deflate', 'identity, gzip'])
    assert.equal(await reasonOf('a=1', { 'content-encoding': encoding }), 'not-a-form')
  assert.equal(await reasonOf('a=1', { 'content-encoding': 'Identity' }), 'ok')
})

test('a body announced as too large is refused before a byte of it is read', async () => {
  const { stream, taken } = streamOf(['a=1'])
  assert.equal(await reasonOf(stream, { 'content-length': '1001' }), 'too-large')
  assert.equal(taken.chunks, 0)
  assert.equal(await reasonOf('a=1', { 'content-length': '9'.repeat(400) }), 'too-large')
})

test('a body without a length is counted, and left as soon as it is too large', async () => {
  const { stream, taken } = streamOf(Array.from({ length: 1000 }, () => 'x'.repeat(400)))
  assert.equal(await reasonOf(stream), 'too-large')
  assert.deepEqual(taken, { chunks: 3, isCancelled: true })
  assert.equal(await reasonOf(`a=${'x'.repeat(998)}`), 'ok')
  assert.equal(await reasonOf(`a=${'x'.repeat(999)}`), 'too-large')
})

test('a length that lies does not help', async () => {
  assert.equal(await reasonOf(`a=${'x'.repeat(5000)}`, { 'content-length': '3' }), 'too-large')
})

test('what cannot be text is a bad form: NUL, bytes that are no UTF-8, half a character', async () => {
  const bad = ['a=%00', 'a%00=1', 'a=%FF', 'a=%ED%A0%80', 'a=%C0%AF', 'a=\0', '%ff=1']
  for (const body of bad) assert.equal(await reasonOf(body), 'bad-form', body)
  for (const headers of [{}, { 'content-length': '3' }])
    assert.equal(
      await reasonOf(Buffer.from([0x61, 0x3d, 0xff]), headers as Record<string, string>),
      'bad-form',
    )
})

test('a hundred fields are a form, a hundred and one are not', async () => {
  const fields = (count: number) => Array.from({ length: count }, (_, i) => `${i}=`).join('&')
  assert.deepEqual(
    [await reasonOf(fields(100)), await reasonOf(fields(101)), await reasonOf('&'.repeat(900))],
    ['ok', 'bad-form', 'bad-form'],
  )
})

test('the query is no part of the form', async () => {
  const request = new Request('http://localhost/?csrf_token=x&a=1', {
    method: 'POST',
    body: 'b=2',
    headers: { 'content-type': type },
  })
  const form = await readForm(request, { maxBytes: 1000 })
  assert.deepEqual(form.ok && form.fields.names(), ['b'])
})

test('no body is a form without fields', async () => {
  const form = await read(null)
  assert.deepEqual(form.ok && form.fields.names(), [])
})

test('a body that is cut off is a bad form, not an exception', async () => {
  const stream = new ReadableStream({ start: (controller) => controller.error(new Error('gone')) })
  assert.equal(await reasonOf(stream), 'bad-form')
})

test('over a real connection, with a length or in chunks, the fields are the same', async (t) => {
  const server = createServer(
    getRequestListener(async (request) => {
      const form = await readForm(request, { maxBytes: 1000 })
      return new Response(form.ok ? form.fields.one('a') : form.reason)
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const answer = async (body: BodyInit) => {
    const init = { method: 'POST', body, headers: { 'content-type': type }, duplex: 'half' }
    return (await fetch(`http://127.0.0.1:${port}/`, init as RequestInit)).text()
  }
  assert.equal(await answer('a=%41b'), 'Ab')
  assert.equal(await answer(streamOf(['a=%4', '1b']).stream), 'Ab')
  assert.equal(await answer(`a=${'x'.repeat(999)}`), 'too-large')
  assert.equal(await answer(streamOf(['a=', 'x'.repeat(999)]).stream), 'too-large')
})
