// What Dojang's whole way costs: the stamp POST and the card GET, each against node:http that says the same bytes and keeps nothing.
import { type Comparison, compare } from './compare.ts'
import { freshKey, putLoad } from './http-load.ts'
import { type Answer, ask, type Server, startDojang, startRaw } from './servers.ts'

/** A browser that has been stamped once: its cookies, and the token of its page. */
type Customer = { cookie: string; token: string }

const connections = 32 // a café has a few; so many show what a commit shared by all of them brings
const customersMax = 400 // so that no single card is all that is measured
const path = '/cafe/'
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

export async function measureStamps(options: { rounds: number; seconds: number }): Promise<void> {
  const dojang = await startDojang()
  let raw: Server | null = null
  try {
    const customers = await inviteCustomers(dojang.port)
    const [first] = customers
    if (first === undefined) throw new Error('nobody came')
    const page = await ask({ port: dojang.port, method: 'GET', path, headers: { Cookie: first.cookie } })
    const stamped = await postStamp(dojang.port, first)
    raw = await startRaw({ GET: page, POST: stamped })
    console.log(
      `The card page is ${page.body.length} bytes; ${connections} connections, ${customers.length} cards.\n`,
    )
    const servers = { raw: raw.port, Dojang: dojang.port }
    await compare(
      comparisonOf({ title: 'card GET', unit: 'pages', status: 200 }, { ...options, customers, servers }),
    )
    await compare(
      comparisonOf({ title: 'stamp POST', unit: 'stamps', status: 303 }, { ...options, customers, servers }),
    )
    console.log(dojang.verify())
  } finally {
    await raw?.stop()
    await dojang.stop()
  }
}

function comparisonOf(
  what: { title: string; unit: string; status: number },
  how: { rounds: number; seconds: number; customers: Customer[]; servers: Record<string, number> },
): Comparison {
  const contenders = Object.entries(how.servers).map(([name, port]) => {
    const requests = how.customers.map((customer) =>
      what.status === 200 ? getOf(port, customer) : postOf(port, customer),
    )
    const turn = async () => {
      const result = await putLoad({
        port,
        connections,
        seconds: how.seconds,
        requestsMax: 1_000_000,
        requests,
      })
      const others = Object.keys(result.statuses).filter((status) => Number(status) !== what.status)
      if (others.length > 0) throw new Error(`${name} answered ${what.title} with ${others.join(', ')}`)
      return result.requests / result.seconds
    }
    return { name, turn }
  })
  return { title: what.title, unit: what.unit, contenders, rounds: how.rounds }
}

/** People who typed their number once, so that what follows is a known browser's. */
async function inviteCustomers(port: number): Promise<Customer[]> {
  const customers: Customer[] = []
  for (let n = 0; n < customersMax; n++) {
    const blank = await ask({ port, method: 'GET', path, headers: {} })
    const stranger = { cookie: cookiesOf(blank), token: tokenIn(blank) }
    const answer = await postStamp(port, stranger, `010-2000-${String(1000 + n)}`)
    if (answer.status !== 303) throw new Error(`the first stamp was answered with ${answer.status}`)
    const cookie = `${stranger.cookie}; ${cookiesOf(answer, /^card_/)}`
    const page = await ask({ port, method: 'GET', path, headers: { Cookie: cookie } })
    customers.push({ cookie, token: tokenIn(page) })
  }
  return customers
}

function postStamp(port: number, customer: Customer, phone?: string): Promise<Answer> {
  const key = `${Date.now().toString(16).padStart(12, '0')}-${crypto.randomUUID().replaceAll('-', '').slice(0, 22)}`
  const fields = {
    csrf_token: customer.token,
    idempotency_key: key,
    ...(phone === undefined ? {} : { phone }),
  }
  const headers = { ...form, Cookie: customer.cookie, Origin: `http://127.0.0.1:${port}` }
  return ask({ port, method: 'POST', path, headers, body: String(new URLSearchParams(fields)) })
}

function getOf(port: number, { cookie }: Customer): string {
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookie}\r\n\r\n`
}

function postOf(port: number, { cookie, token }: Customer): string {
  const body = `csrf_token=${encodeURIComponent(token)}&idempotency_key=${freshKey}`
  const headers = { Host: `127.0.0.1:${port}`, Origin: `http://127.0.0.1:${port}`, Cookie: cookie, ...form }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST ${path} HTTP/1.1\r\n${lines.join('')}Content-Length: ${body.length}\r\n\r\n${body}`
}

/** `name=value; …` of the cookies that an answer sets. */
function cookiesOf({ headers }: Answer, names = /^/): string {
  return headers
    .filter((_, at) => headers[at - 1]?.toLowerCase() === 'set-cookie')
    .map((text) => text.split(';', 1)[0] ?? '')
    .filter((pair) => names.test(pair))
    .join('; ')
}

function tokenIn({ body }: Answer): string {
  const token = /id="stamp".*?name="csrf_token" value="([^"]+)"/s.exec(Buffer.from(body).toString())?.[1]
  if (token === undefined) throw new Error('the page has no stamp form')
  return token
}
