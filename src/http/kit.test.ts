import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const here = import.meta.dirname
const root = join(here, '../..')

test('nothing in the kit imports from outside it but Node', () => {
  const files = globSync('*.ts', { cwd: here }).filter((file) => !file.endsWith('.test.ts'))
  assert.ok(files.length > 10)
  for (const file of files) {
    const imports = [...readFileSync(join(here, file), 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map(
      (match) => match[1] ?? '',
    )
    for (const name of imports) assert.match(name, /^(?:node:|\.\/[\w-]+\.ts$)/, `${file} imports ${name}`)
  }
})

test('packed, it is dojang/http: compiled, typed, and at work from another service', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-kit-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const installed = join(folder, 'node_modules/dojang')
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  run(tsc, '-p', join(here, 'tsconfig.package.json'), '--outDir', join(installed, 'dist/http'))
  copyFileSync(join(root, 'package.json'), join(installed, 'package.json'))

  const service = `import { createSigner, parseCookies, serializeCookie } from 'dojang/http'
const signer = createSigner({ secret: 'k', salt: 'count' })
const line: string = serializeCookie('count', signer.sign('7'), { httpOnly: true })
const read = signer.unsign(parseCookies(line.split(';')[0]).get('count') ?? '')
console.log(read.ok && read.value)
`
  writeFileSync(join(folder, 'service.ts'), service)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  assert.equal(run('service.ts'), '7\n')
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'esnext',
    '--skipLibCheck',
    '--ignoreConfig',
  ]
  assert.equal(
    run(tsc, ...options, '--types', 'node', '--typeRoots', join(root, 'node_modules/@types'), 'service.ts'),
    '',
  )
})
