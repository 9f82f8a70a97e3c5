// What `npm test` runs: every check there is, cheapest first, up to the first step that fails.
import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

type Counts = { passed: number; failed: number; skipped: number }
type Step = { name: string; what: string; run: () => Promise<Counts> }

const root = join(import.meta.dirname, '..')
const readsTests = ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts', 'lesson/**/*.test.ts']
const needsMore = ['test/crash/**', 'test/browser/**']

const steps: Step[] = [
  { name: 'types', what: 'TypeScript', run: () => check('node_modules/typescript/bin/tsc', '-p', '.') },
  { name: 'lint', what: 'Biome', run: () => check('node_modules/@biomejs/biome/bin/biome', 'check', '.') },
  { name: 'rules', what: 'house rules', run: () => check('test/house-rules.ts') },
  {
    name: 'unit',
    what: 'units and doors',
    run: () => test({ files: find(readsTests, needsMore), filesAtOnce: availableParallelism(), minutes: 2 }),
  },
  {
    name: 'crash',
    what: 'kill -9 and restart',
    run: () => test({ files: find(['test/crash/**/*.test.ts']), filesAtOnce: 1, minutes: 5 }),
  },
  {
    name: 'browser',
    what: 'the customer’s story in Chromium',
    run: () => test({ files: find(['test/browser/**/*.test.ts']), filesAtOnce: 1, minutes: 5 }),
  },
]

const help = `npm test                         everything, up to the first step that fails
npm run test:long                the same, trying harder
node test/run.ts STEP…           some steps: ${steps.map((step) => step.name).join(', ')}
node test/run.ts --long STEP…    those, trying harder`

const { values, positionals } = parseArguments()
if (values.help) console.log(help)
else process.exitCode = await runAll(chosen(positionals))

async function runAll(some: Step[]): Promise<number> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const step of some) {
    console.log(`\n── ${step.name}: ${step.what}`)
    const startedAt = performance.now()
    const counts = await step.run()
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
    console.log(`── ${step.name}: ${counts.failed === 0 ? 'passed' : 'FAILED'} in ${seconds} s`)
    if (counts.failed > 0) break
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
  return total.failed === 0 ? 0 : 1
}

/** A program that says yes or no counts as one test. */
async function check(script: string, ...args: string[]): Promise<Counts> {
  const isFine = (await runNode([script, ...args])) === 0
  return { passed: isFine ? 1 : 0, failed: isFine ? 0 : 1, skipped: 0 }
}

async function test(input: { files: string[]; filesAtOnce: number; minutes: number }): Promise<Counts> {
  if (input.files.length === 0) {
    console.log('No test file was found for this step.')
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const folder = mkdtempSync(join(tmpdir(), 'dojang-test-'))
  const tap = join(folder, 'results.tap')
  const exitCode = await runNode([
    '--test',
    `--test-concurrency=${input.filesAtOnce}`,
    `--test-timeout=${input.minutes * (values.long ? 10 : 1) * 60_000}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap', // for the counts below: TAP ends with them in a fixed form
    `--test-reporter-destination=${tap}`,
    ...input.files,
  ])
  const counts = countsIn(readFileSync(tap, 'utf8'))
  rmSync(folder, { recursive: true })
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1
  return counts
}

/** The last of each `# pass 12` line: a test may print such lines too, the runner's own come at the end. */
function countsIn(tap: string): Counts {
  const last = (name: string) => Number(tap.match(new RegExp(`.*^# ${name} (\\d+)$`, 'ms'))?.[1] ?? 0)
  return {
    passed: last('pass'),
    failed: last('fail') + last('cancelled'),
    skipped: last('skipped') + last('todo'),
  }
}

function runNode(args: string[]): Promise<number> {
  // NODE_ENV could be `production` in the shell of someone who only wants to see the tests pass.
  const env = { ...process.env, NODE_ENV: 'test', DOJANG_TEST_LONG: values.long ? '1' : '0' }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

function find(patterns: string[], except: string[] = []): string[] {
  return globSync(patterns, { cwd: root, exclude: except }).sort()
}

function chosen(names: string[]): Step[] {
  for (const name of names) {
    if (!steps.some((step) => step.name === name)) wrongUse(`There is no step called “${name}”.`)
  }
  return names.length === 0 ? steps : steps.filter((step) => names.includes(step.name))
}

function parseArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { long: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
  } catch (error) {
    return wrongUse(error instanceof Error ? error.message : String(error))
  }
}

function wrongUse(sentence: string): never {
  console.error(`${sentence}\n\n${help}`)
  process.exit(2)
}
