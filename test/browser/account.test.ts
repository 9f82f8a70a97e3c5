// An owner with a real browser and its authenticator: setup, a passkey, out, and in again by it alone and after the password.
import { strict as assert } from 'node:assert'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { routes } from '../../src/routes.ts'
import { openShop, type Shop } from '../shop.ts'
import { EMAIL, ownerLink, PASSWORD, SETUP_ANSWERS } from '../sign-in.ts'
import { findViolations } from './axe.ts'
import { launchChromium } from './chromium.ts'
import { type Running, serveShop } from './server.ts'

const HOME = routes.owner.home.href({ cafe: 'cafe' })
const SECURITY = routes.owner.security.href({ cafe: 'cafe' })

let shop: Shop
let running: Running
let browser: Browser
before(async () => {
  shop = await openShop()
  running = await serveShop(shop)
  browser = await launchChromium()
})
after(async () => {
  await browser?.close()
  await running?.stop()
  await shop?.close()
})

it('an owner sets the café up, adds a passkey, signs out, and is in again with the screen lock', async () => {
  const page = await (await browser.newContext({ locale: 'ko-KR' })).newPage()
  page.setDefaultTimeout(30_000) // a deadline for a stuck page, generous to a busy machine
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const phone = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
  } as const
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { ...phone, isUserVerified: true } })
  const isSound = async () => assert.deepEqual(await findViolations(page), [])

  await page.goto(running.origin + (await ownerLink(shop)))
  assert.equal(new URL(page.url()).search, '', 'the token is gone from the address')
  await isSound()
  for (const name of ['branch', 'owner', 'email', 'password'] as const)
    await page.fill(`#${name}`, SETUP_ANSWERS[name])
  await page.click('#setup button.main')
  await page.waitForURL(`**${HOME}`)

  await page.goto(running.origin + SECURITY)
  await page.fill('#add-passkey #name', '내 휴대폰')
  await page.click('#add-passkey button')
  await page.waitForSelector('#passkeys .rows')
  await isSound()

  await page.click('.here button')
  await page.waitForSelector('#sign-in')
  await isSound()
  const cookies = await page.context().cookies()
  assert.ok(!cookies.some(({ name }) => name === 'owner_cafe'), 'nothing of the session is left')
  await page.click('#passkey button')
  await page.waitForSelector('.here')

  await page.click('.here button')
  await page.waitForSelector('#sign-in')
  await page.fill('#email', EMAIL)
  await page.fill('#password', PASSWORD)
  await page.click('#sign-in button.main')
  await page.waitForURL(`**${routes.owner.secondFactor.href({ cafe: 'cafe' })}`)
  await isSound()
  await page.click('#passkey button')
  await page.waitForSelector('.here')
})
