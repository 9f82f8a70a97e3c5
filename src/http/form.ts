/** Reading a posted form: as text, once, and never more of it than allowed. */

const FIELDS_MAX = 100 // far above any form of people's; below what makes parsing worth an attack (Django: 1000)
const utf8Charset = /^charset[\t ]*=[\t ]*(?:utf-?8|"utf-?8")$/i

export type FormFault = 'too-large' | 'not-a-form' | 'bad-form'
export type Form =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly reason: FormFault }

/** The fields of a form. Any name is an ordinary name, `__proto__` too. */
export interface Fields {
  /** The value of a field that was sent once; null when it was not sent, or sent more than once. */
  one(name: string): string | null
  isRepeated(name: string): boolean
  /** Each name once, in the order sent. */
  names(): readonly string[]
}

/** The fields of a form that could not be read. */
export const noFields: Fields = fieldsOf(new URLSearchParams())

/**
 * Reads an `application/x-www-form-urlencoded` body in UTF-8.
 *
 * `too-large`: more than `maxBytes`, by its Content-Length or, where that is missing, as counted while reading.
 * `not-a-form`: another type, another charset, or encoded (a compressed body is a bomb until it is unpacked).
 * `bad-form`: not UTF-8, a NUL, more than 100 fields, or cut off. U+FFFD is refused with it: it is what undecodable
 * bytes turn into, and no key types it.
 */
export async function readForm(request: Request, { maxBytes }: { readonly maxBytes: number }): Promise<Form> {
  const { headers } = request
  if (!isFormType(headers.get('content-type') ?? '')) return { ok: false, reason: 'not-a-form' }
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity') return { ok: false, reason: 'not-a-form' }

  const announced = headers.get('content-length')
  if (announced !== null && !(Number(announced) <= maxBytes)) return { ok: false, reason: 'too-large' }
  try {
    // With a length that the server holds the client to, text() is the fast way in @hono/node-server: no stream.
    const text = announced === null ? await readCounted(request, maxBytes) : await request.text()
    if (text === null || Buffer.byteLength(text) > maxBytes) return { ok: false, reason: 'too-large' }
    return parseForm(text)
  } catch {
    return { ok: false, reason: 'bad-form' } // cut off by the client
  }
}

function isFormType(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim())
  if (type.toLowerCase() !== 'application/x-www-form-urlencoded') return false
  return parameters.every((parameter) => !/^charset\b/i.test(parameter) || utf8Charset.test(parameter))
}

/** Null when there is more than allowed: the rest is not read. */
async function readCounted(request: Request, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let octets = 0
  for await (const chunk of request.body ?? []) {
    octets += chunk.byteLength
    if (octets > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseForm(text: string): Form {
  if (countFields(text) > FIELDS_MAX) return { ok: false, reason: 'bad-form' }
  const params = new URLSearchParams(text)
  for (const [name, value] of params) {
    if (isDamaged(name) || isDamaged(value)) return { ok: false, reason: 'bad-form' }
  }
  return { ok: true, fields: fieldsOf(params) }
}

/** Counted before parsing, so that 64 kB of `&` cost a scan and nothing else. */
function countFields(text: string): number {
  let count = 1
  for (let at = text.indexOf('&'); at !== -1 && count <= FIELDS_MAX; at = text.indexOf('&', at + 1)) count++
  return count
}

function isDamaged(text: string): boolean {
  return text.includes('\0') || text.includes('\ufffd')
}

function fieldsOf(params: URLSearchParams): Fields {
  const values = new Map<string, string>()
  const repeated = new Set<string>()
  for (const [name, value] of params) {
    if (values.has(name)) repeated.add(name)
    values.set(name, value)
  }
  return {
    one: (name) => (repeated.has(name) ? null : (values.get(name) ?? null)),
    isRepeated: (name) => repeated.has(name),
    names: () => [...values.keys()],
  }
}
