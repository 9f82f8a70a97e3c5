// Keeps the files of deploy/ and the root true without a container engine: what they name is there, and what they promise is said.
import { strict as assert } from 'node:assert'
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { readConfig } from '../src/config.ts'
import { routes } from '../src/routes.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const uncommented = (text: string) => text.replace(/^\s*#.*$/gm, '')
const settings = [...read('src/config.ts').matchAll(/environment\.([A-Z_]+)/g)].map(([, name]) => name)

describe('the Dockerfile', () => {
  const text = uncommented(read('Dockerfile'))
  const stages = text.split(/^FROM /m).slice(1)
  const last = stages.at(-1) ?? ''

  it('copies what is there and the .dockerignore lets through', () => {
    const letThrough = [...read('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path]) => path)
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, paths]) => paths?.split(' ') ?? [],
    )
    assert.ok(copied.length > 5)
    for (const path of copied) {
      assert.ok(existsSync(join(root, path)), `${path} is there`)
      assert.ok(letThrough.includes(path), `${path} is let through`)
    }
    for (const path of ['data', '.env', 'node_modules', 'test']) assert.ok(!letThrough.includes(path), path)
  })

  it('copies every folder that the server imports from', () => {
    const outside = globSync('src/**/*.ts', { cwd: root, exclude: ['**/*.test.ts'] }).flatMap((path) =>
      [...read(path).matchAll(/from '((?:\.\.\/)+(?:bin|test|bench|lesson|docs)\/[^']+)'/g)].map(
        ([, name]) => `${path} → ${name}`,
      ),
    )
    assert.deepEqual(outside, [])
  })

  it('runs as nobody special, on the Node that package.json asks for', () => {
    const wanted = JSON.parse(read('package.json')).engines.node.match(/\d+/)[0]
    for (const stage of stages) assert.match(stage, new RegExp(`^node:${wanted}-slim\\b`))
    assert.match(last, /^USER [1-9]\d*:[1-9]\d*$/m)
    assert.ok(last.indexOf('USER ') < last.indexOf('\nCMD '))
  })

  it('looks at the page that says it is alive, at the port it serves', () => {
    const port = last.match(/\bPORT=(\d+)/)?.[1]
    assert.equal(Number(port), readConfig({}).port)
    assert.match(last, new RegExp(`^EXPOSE ${port}$`, 'm'))
    assert.ok(
      last
        .match(/HEALTHCHECK[\s\S]*?fetch\(([^)]*)\)/)?.[1]
        ?.includes(`\${process.env.PORT}${routes.health.pattern}`),
    )
    assert.match(last, /\bHOST=0\.0\.0\.0\b/)
  })

  it('starts Dojang itself, so that SIGTERM reaches it', () => {
    const [program, ...args] = JSON.parse(last.match(/^CMD (\[.*\])$/m)?.[1] ?? '[]')
    assert.equal(program, 'node')
    assert.deepEqual(args, [...startOf('package.json'), 'serve'])
  })
})

describe('compose.yaml', () => {
  const text = uncommented(read('compose.yaml'))

  it('has two Dojangs, PostgreSQL and Caddy, that come back by themselves', () => {
    const services = text.match(/^services:\n([\s\S]*?)^\S/m)?.[1] ?? ''
    assert.deepEqual(
      [...services.matchAll(/^ {2}([\w-]+):/gm)].map(([, name]) => name),
      ['dojang-1', 'dojang-2', 'postgres', 'caddy'],
    )
    assert.equal([...text.matchAll(/restart: unless-stopped/g)].length, 3)
    assert.doesNotMatch(text, /\t/)
  })

  it('sets only what Dojang reads, and holds no secret', () => {
    const block = text.match(/^x-dojang:[\s\S]*?environment:\n((?: {4}.*\n)+)/m)?.[1] ?? ''
    const names = [...block.matchAll(/^ {4}([A-Z_]+): (.*)$/gm)]
    assert.ok(names.length >= 4)
    for (const [, name, value] of names) {
      assert.ok(settings.includes(name ?? ''), `${name} is a setting`)
      if (name !== 'TRUST_PROXY') assert.match(value ?? '', /\$\{\w+:[?-]/, `${name} comes from .env`)
    }
    assert.match(text, /DOJANG_SECRET: \$\{DOJANG_SECRET:\?/)
    assert.match(read('.gitignore'), /^\.env$/m)
  })

  it('gives Caddy the Dojangs that are there, at the port of the image', () => {
    const upstreams = text.match(/DOJANG_UPSTREAMS: (.*)/)?.[1]
    assert.equal(upstreams, 'dojang-1:8000 dojang-2:8000')
    assert.ok(existsSync(join(root, text.match(/- \.\/(\S+):\/etc\/caddy\/Caddyfile:ro/)?.[1] ?? '?')))
  })
})

it('the Caddyfile asks who is ready, and keeps the operator’s pages from the world', () => {
  const text = uncommented(read('deploy/Caddyfile'))
  assert.ok(text.includes(`health_uri ${routes.ready.pattern}\n`))
  assert.match(text, /health_headers \{\s*Host localhost\s*\}/) // probes come by the machine's own name
  assert.match(text, /@operator path \/metrics \/readyz\n\s*respond @operator 404/)
})

it('the Caddyfile for a café’s own network is its own authority, and gives its certificate to the tablets', () => {
  const text = uncommented(read('deploy/lan.Caddyfile'))
  assert.match(text, /tls internal/)
  assert.match(text, /@operator path \/metrics \/readyz\n\s*respond @operator 404/)
  const guide = read('docs/https-in-the-shop.md')
  for (const name of text.match(/\{\$(DOJANG_LAN_NAME)/)?.slice(1) ?? ['?'])
    assert.ok(guide.includes(name), name)
  assert.ok(guide.includes('deploy/lan.Caddyfile') && guide.includes('/dojang-root.crt'))
  assert.doesNotMatch(text, /root\.key/)
})

describe('the systemd unit', () => {
  const text = uncommented(read('deploy/dojang.service'))
  const value = (name: string) => text.match(new RegExp(`^${name}=(.*)$`, 'm'))?.[1]

  it('starts what npm start starts', () => {
    const [node, ...args] = value('ExecStart')?.replaceAll('/opt/dojang/', '').split(' ') ?? []
    assert.ok(existsSync(join(root, node ?? '?')), `${node} is there after npm ci`)
    assert.deepEqual(args, [...startOf('package.json'), 'serve'])
  })

  it('stops by one SIGTERM, with time to finish', () => {
    assert.equal(value('KillMode'), 'mixed') // a second signal ends Dojang at once
    const within = Number(
      read('src/cli/workers.ts')
        .match(/STOP_WITHIN_MS = ([\d_]+)/)?.[1]
        ?.replace('_', ''),
    )
    assert.ok(Number(value('TimeoutStopSec')) * 1000 > within)
  })

  it('may do little, but compile JavaScript', () => {
    for (const [name, wanted] of [
      ['ProtectSystem', 'strict'],
      ['NoNewPrivileges', 'yes'],
      ['CapabilityBoundingSet', ''],
      ['StateDirectory', 'dojang'],
    ])
      assert.equal(value(name ?? ''), wanted)
    assert.match(text, /^SystemCallFilter=@system-service$/m)
    assert.equal(value('MemoryDenyWriteExecute'), undefined)
    assert.match(value('Environment') ?? '', /\bDOJANG_DATA=\/var\/lib\/dojang\b/)
  })

  it('is well-formed to systemd, where there is one', (t) => {
    const text = analyse()
    if (text === null) return t.skip('no systemd-analyze here')
    const complaints = text
      .split('\n')
      .filter((line) => /dojang\.service/.test(line) && !/is not executable|not found/.test(line))
    assert.deepEqual(complaints, [])
  })
})

it('behind each proxy Dojang believes that proxy about addresses, and nobody who could reach it past the proxy', () => {
  assert.match(read('compose.yaml'), /TRUST_PROXY: 10\.0\.0\.0\/8,172\.16\.0\.0\/12,192\.168\.0\.0\/16/)
  assert.doesNotMatch(read('compose.yaml').match(/^x-dojang:[\s\S]*?^services:/m)?.[0] ?? '', /ports:/)
  for (const path of ['docs/run-with-systemd.md', 'docs/https-in-the-shop.md'])
    assert.match(read(path), /TRUST_PROXY=loopback/, path)
  assert.doesNotMatch(read('Dockerfile'), /TRUST_PROXY/) // an image does not know who stands before it
})

/** What `npm start` starts, without the command. */
function startOf(path: string): string[] {
  return JSON.parse(read(path)).scripts.start.split(' ').slice(1, -1)
}

function analyse(): string | null {
  try {
    execFileSync('systemd-analyze', ['verify', join(root, 'deploy/dojang.service')], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
    return ''
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string }
    return code === 'ENOENT' ? null : (stderr ?? '')
  }
}
