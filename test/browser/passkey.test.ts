// A real browser and its authenticator against what the server makes of them: what our own test authenticator only imitates.
import { strict as assert } from 'node:assert'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { systemRandom } from '../../src/clock.ts'
import {
  askForPasskey,
  claimOf,
  offerPasskey,
  type PasskeySite,
  passkeySiteOf,
  takePasskey,
  verifyPasskey,
} from '../../src/sign-in/passkey.ts'
import { squeezeScript } from '../../src/ui/script.ts'
import { launchChromium } from './chromium.ts'

const script = squeezeScript(
  readFileSync(join(import.meta.dirname, '../../src/sign-in/passkey.browser.js'), 'utf8'),
)
const person = { id: randomUUID(), name: 'Mina', email: 'mina@ongi.example' }

describe('a passkey in a real browser', () => {
  let browser: Browser
  let asked: { what: string; options: object } = { what: 'create', options: {} }
  let posted: string[] = []
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') posted.push(new URLSearchParams(await text(request)).get('passkey') ?? '')
    const options = JSON.stringify(asked.options).replaceAll('"', '&quot;')
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>passkey</title><p id="posted">${posted.length}</p>
      <form method="post" data-passkey="${asked.what}" data-options="${options}"><input type="hidden" name="passkey">
      <button>go</button><p data-passkey-failed hidden>no</p></form><script>${script}</script>`)
  })
  let site: PasskeySite

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`
    const found = passkeySiteOf(null, `${origin}/`)
    assert.ok(found)
    site = found
    browser = await launchChromium()
  })
  after(async () => {
    await browser.close()
    server.close()
    server.closeAllConnections()
  })

  async function phone(isUserVerified: boolean): Promise<Page> {
    const page = await (await browser.newContext()).newPage()
    const session = await page.context().newCDPSession(page)
    await session.send('WebAuthn.enable')
    const kind = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
    } as const
    await session.send('WebAuthn.addVirtualAuthenticator', { options: { ...kind, isUserVerified } })
    posted = []
    return page
  }

  async function answerOf(page: Page, what: string, options: object): Promise<string> {
    asked = { what, options }
    await page.goto(site.origin)
    const place = posted.length
    await page.getByRole('button').click()
    await page.waitForFunction(
      (count) => document.querySelector('#posted')?.textContent === count,
      String(place + 1),
    )
    return posted[place] ?? ''
  }

  it('is made and signs in, found by the browser itself', async () => {
    const page = await phone(true)
    const offered = await offerPasskey(site, systemRandom, { cafeName: '온기 커피', person, has: [] })
    const made = await answerOf(page, 'create', offered)
    const taken = await takePasskey(site, { answer: made, challenge: offered.challenge })
    assert.ok(taken, made)
    const passkey = { ...taken, personId: person.id, name: 'phone', createdAtMs: 1, usedAtMs: null }

    const asking = await askForPasskey(site, systemRandom)
    const answer = await answerOf(page, 'get', asking)
    assert.equal(claimOf(answer)?.id, passkey.id)
    assert.notEqual(await verifyPasskey(site, { answer, challenge: asking.challenge, passkey }), null)
    assert.equal(await verifyPasskey(site, { answer, challenge: offered.challenge, passkey }), null)
    await page.context().close()
  })

  it('says so where it cannot be had, and sends nothing', async () => {
    const page = await phone(false)
    asked = { what: 'get', options: await askForPasskey(site, systemRandom) }
    await page.goto(site.origin)
    assert.equal(await page.getByText('no', { exact: true }).isVisible(), false)
    await page.getByRole('button').click()
    await page.getByText('no', { exact: true }).waitFor()
    assert.deepEqual(posted, [])
    await page.context().close()
  })
})
