import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { findViolations } from './axe.ts'
import { launchChromium } from './chromium.ts'

const sound = `<!doctype html><html lang="ko"><title>도장</title><main><h1>도장</h1><p>한 잔 더</p></main></html>`
const broken = sound
  .replace('<p>', '<p style="color:#999"><input><img src="data:,">')
  .replace(' lang="ko"', '')

const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  )
  response.end(request.url === '/broken' ? broken : sound)
})
let browser: Browser

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await launchChromium()
})
after(async () => {
  await browser?.close()
  server.close()
})

test('axe finds what is wrong with a broken page and nothing on a sound one, under a strict CSP', async () => {
  const page = await browser.newPage()
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await page.goto(`${home}/`)
  assert.deepEqual(await findViolations(page), [])
  await page.goto(`${home}/broken`)
  const found = (await findViolations(page)).join('\n')
  for (const rule of ['color-contrast', 'html-has-lang', 'image-alt', 'label'])
    assert.match(found, new RegExp(`^${rule} `, 'm'))
  await page.close()
})
