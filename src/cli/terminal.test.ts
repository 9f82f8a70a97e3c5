import { strict as assert } from 'node:assert'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import { collect } from '../../test/terminal.ts'
import { readConfig } from '../config.ts'
import { startFacts, startScreen } from './start-screen.ts'
import { terminalOn } from './terminal.ts'
import { fileTime, localTime } from './when.ts'

describe('a progress bar', () => {
  it('grows on a terminal, not too often, and leaves the line as it found it', () => {
    const { terminal, said, clock } = paper({ isTTY: true })
    const bar = terminal.progress('Copying')
    for (let share = 0; share <= 100; share += 1) {
      clock.nowMs += 10
      bar.show(share / 100)
    }
    bar.end()
    const drawn = said().split('\r').slice(1)
    assert.ok(drawn.length < 20, `${drawn.length} times drawn`)
    assert.match(String(drawn.at(-2)), /Copying █{30} 100 %/)
    assert.equal(drawn.at(-1), '\x1b[K')
  })

  it('is silent where nobody watches', () => {
    const { terminal, said } = paper({ isTTY: false })
    const bar = terminal.progress('Copying')
    bar.show(0.5)
    bar.end()
    assert.equal(said(), '')
  })
})

describe('the start screen', () => {
  const started = { port: 8000, slugs: ['cafe'], keyPlace: 'data/dojang.key' }
  const screenFor = (environment: Record<string, string>, slugs = ['cafe'], isTty = true) => {
    const links = slugs.map((slug) => ({ slug, path: `/setup/?token=${slug}` }))
    const config = readConfig({ DOJANG_DATA: '/tmp/d', ...environment })
    const facts = startFacts(config, { ...started, slugs }, { links, more: 0 })
    return { facts, screen: startScreen(facts, { isTty }) }
  }

  it('says where to open it, that it is on trial, and where data and key lie', () => {
    const { screen } = screenFor({})
    for (const part of ['http://localhost:8000/cafe/', 'On trial', '/tmp/d', 'data/dojang.key']) {
      assert.ok(screen.includes(part), part)
    }
  })

  it('says how the trial ends, by a link for each of a few cafés, and how many more there are', () => {
    assert.match(screenFor({}).screen, /Set up http:\/\/localhost:8000\/setup\/\?token=cafe\n/)
    const several = screenFor({}, ['cafe', 'ongi'])
    assert.match(several.screen, /Set up cafe {2}http:.*token=cafe\n.* ongi {2}http:.*token=ongi\n/)
    assert.deepEqual(Object.keys(several.facts.setupUrls ?? {}), ['cafe', 'ongi'])
    assert.match(startScreen({ ...several.facts, moreOnTrial: 7 }, { isTty: true }), /and 7 more/)
  })

  it('says nothing of a trial where every café has its owner', () => {
    const config = readConfig({ DOJANG_DATA: '/tmp/d' })
    const facts = startFacts(config, started, { links: [], more: 0 })
    assert.equal(facts.setupUrl, undefined)
    assert.doesNotMatch(startScreen(facts, { isTty: true }), /trial/i)
  })

  it('leads to the list of cafés where there are several', () => {
    assert.deepEqual(screenFor({}, ['cafe', 'ongi']).facts.urls, ['http://localhost:8000/'])
  })

  it('shows a code to scan where phones can reach it, and only there', () => {
    assert.match(
      screenFor({ HOST: '192.168.0.7' }).screen,
      /http:\/\/192\.168\.0\.7:8000\/cafe\/\n\n.*[█▀▄]/s,
    )
    assert.doesNotMatch(screenFor({}).screen, /[█▀▄]/)
  })

  it('shows the code of a café’s own network also where the screen is kept in a log', () => {
    assert.match(screenFor({ HOST: '192.168.0.7' }, ['cafe'], false).screen, /[█▀▄]/)
    for (const environment of [{}, { HOST: '::1' }, { DOJANG_URL: 'https://stamps.example.com' }]) {
      assert.doesNotMatch(screenFor(environment, ['cafe'], false).screen, /[█▀▄]/)
    }
  })

  it('gives the public address where there is one', () => {
    const { facts } = screenFor({ DOJANG_URL: 'https://stamps.example.com', HOST: '0.0.0.0' })
    assert.deepEqual(facts.urls, ['https://stamps.example.com/cafe/'])
  })

  it('says which way to https it is on, and where the others are', () => {
    const https = (environment: Record<string, string>) =>
      screenFor(environment).screen.match(/Https (.*)/)?.[1]
    assert.match(String(https({})), /^is not needed on this machine; .*docs\/https-in-the-shop\.md$/)
    assert.match(String(https({ HOST: '192.168.0.7' })), /^no: .*six letters.*no passkeys/)
    assert.match(String(https({ DOJANG_URL: 'http://stamps.example.com' })), /^no:/)
    for (const name of ['cafe.home.arpa', '192.168.0.7', '[fd00::7]:8443', 'dojang'])
      assert.match(String(https({ DOJANG_URL: `https://${name}` })), /^by your own certificate/, name)
    assert.match(String(https({ DOJANG_URL: 'https://stamps.example.com' })), /^yes; set TRUST_PROXY/)
    const behindProxy = { DOJANG_URL: 'https://stamps.example.com', TRUST_PROXY: 'loopback' }
    assert.equal(https(behindProxy), 'yes: camera and passkeys work')
  })

  it('names this machine’s own addresses when it listens on all of them', () => {
    const { facts } = screenFor({ HOST: '0.0.0.0' })
    assert.equal(facts.urls.at(-1), 'http://localhost:8000/cafe/')
    assert.ok(!facts.urls.some((url) => url.includes('0.0.0.0')))
  })
})

describe('times', () => {
  it('are the café’s own on the screen, and sort by name in a folder', () => {
    assert.equal(localTime(0, 'Asia/Seoul'), '1970-01-01 09:00')
    assert.equal(fileTime(Date.UTC(2026, 0, 23, 10, 11, 12, 345)), '20260123T101112345Z')
  })
})

function paper({ isTTY }: { isTTY: boolean }) {
  const beside = Object.assign(new PassThrough(), { isTTY })
  const clock = { nowMs: 0 }
  const said = collect(beside)
  return { terminal: terminalOn(new PassThrough(), beside, () => clock.nowMs), said, clock }
}
