// Installs what Dojang needs, if it is not there: npm runs this before start, dojang, test and bench. It has to run on
// whatever Node (≥ 20) the machine has, with nothing installed.
//   node bin/install.js         what it takes to run
//   node bin/install.js --dev   and to test
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { findInstalledNode, findNode, nodeMajorMin, root } from './node-26.js'

const lockFolder = join(root, '.installing')
const lockStaleMs = 15_000 // its owner touches it every second, so this one was killed
/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
const modules = join(root, 'node_modules')

/** @typedef {{ version: string, dev?: boolean, devOptional?: boolean, optional?: boolean, os?: string | string[], cpu?: string | string[], libc?: string[] }} Package */

const withDev = process.argv.includes('--dev')
if (whatIsMissing(withDev) !== 'nothing') process.exitCode = await oneAtATime(install)

async function install() {
  const missing = whatIsMissing(withDev)
  if (missing === 'nothing') return 0
  const failure = await runNpm(missing === 'some' ? ['install', '--no-save'] : ['ci'], withDev || hasDev())
  if (failure !== null) return refuse(failure)
  dropNodeThatCannotRun()
  if (findNode() !== null) return 0
  return refuse(
    `Dojang needs Node ${nodeMajorMin} or newer and none could be installed for ${process.platform}-${process.arch}: install Node ${nodeMajorMin} yourself, then try again.`,
  )
}

/** The installed Node is first on the path of npm's scripts: where it cannot run (musl), it would hide one that can. */
function dropNodeThatCannotRun() {
  const program = findInstalledNode()
  if (program === null || spawnSync(program, ['--version']).status === 0) return
  rmSync(program)
  rmSync(join(modules, '.bin', 'node'), { force: true })
}

/**
 * Compares the lockfile with npm's own record of what it has put into node_modules, and that with what is there.
 * @param {boolean} dev
 * @returns {'nothing' | 'some' | 'all'} some: what is there is right, so it can stay, in use by another process perhaps
 */
function whatIsMissing(dev) {
  const installed = packagesIn(join(modules, '.package-lock.json'))
  if (installed === null || findNode() === null) return 'all'
  /** @type {'nothing' | 'some'} */
  let missing = 'nothing'
  for (const [path, wanted] of Object.entries(packagesIn(join(root, 'package-lock.json')) ?? {})) {
    if (path === '') continue
    const found = installed[path]
    const isThere = found !== undefined && existsSync(join(root, path, 'package.json'))
    if (isThere && found.version !== wanted.version) return 'all'
    if (found !== undefined && !isThere) return 'all'
    if (!isThere && isNeeded(wanted, dev)) missing = 'some'
  }
  return missing
}

/**
 * @param {Package} wanted
 * @param {boolean} dev
 */
function isNeeded(wanted, dev) {
  if ((wanted.dev || wanted.devOptional) && !dev) return false
  if (!wanted.optional) return true
  return (
    [wanted.os ?? process.platform].flat().includes(process.platform) &&
    [wanted.cpu ?? process.arch].flat().includes(process.arch) &&
    wanted.libc === undefined // which libc this is takes long to ask; these come with the package that wants them
  )
}

function hasDev() {
  return Object.values(packagesIn(join(modules, '.package-lock.json')) ?? {}).some((found) => found.dev)
}

/**
 * @param {string} file
 * @returns {Record<string, Package> | null}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return null
  }
}

/**
 * @param {string[]} command
 * @param {boolean} dev
 * @returns {Promise<string | null>} a sentence that says what to do, or null when all is well
 */
async function runNpm(command, dev) {
  // Said as arguments, because settings in the environment or in an .npmrc would otherwise say something else.
  const settings = [
    dev ? '--include=dev' : '--omit=dev',
    '--include=optional',
    '--global=false',
    '--dry-run=false',
    '--package-lock=true',
    '--package-lock-only=false',
    '--engine-strict=false',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error',
  ]
  const env = { ...process.env }
  delete env.NODE_OPTIONS // meant for Dojang, not for npm
  const { program, args, shell } = findNpm()
  const progress = showProgress('Installing what Dojang needs (about 15 s, once)')
  const result = await run(program, [...args, ...command, ...settings], { env, shell })
  progress.stop(result.code === 0)
  return result.code === 0 ? null : explain(result.output)
}

/**
 * npm under the Node that npm itself runs on, not the one in node_modules, which is about to be replaced.
 * @returns {{ program: string, args: string[], shell: boolean }}
 */
function findNpm() {
  const npm = process.env.npm_execpath ?? ''
  if (basename(npm) !== 'npm-cli.js' || !existsSync(npm)) {
    const isWindows = process.platform === 'win32'
    return { program: isWindows ? 'npm.cmd' : 'npm', args: [], shell: isWindows }
  }
  const own = process.env.npm_node_execpath ?? ''
  const isOutside = own !== '' && !own.includes(`${sep}node_modules${sep}`) && existsSync(own)
  return { program: isOutside ? own : process.execPath, args: [npm], shell: false }
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv, shell: boolean }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(program, args, options) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(program, args, { ...options, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk
    }
    for (const signal of signals) process.once(signal, () => child.kill(signal)) // npm tidies up; then we go
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => resolve({ code: 1, output: String(error) }))
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 1, output: signal === null ? output : 'interrupted' }),
    )
  })
}

/** @param {string} output what npm said */
function explain(output) {
  if (output === 'interrupted' || /process terminated/.test(output))
    return 'Interrupted: nothing is lost, the next try starts again.'
  const has = (/** @type {RegExp} */ pattern) => pattern.test(output)
  if (has(/ENOENT.*\bnpm\b|npm.*ENOENT: spawn/))
    return 'npm was not found: install Node with npm, then try again.'
  if (
    has(/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|EHOSTUNREACH|network/i)
  ) {
    return 'The packages could not be fetched: check the connection to the internet (and the proxy, if there is one), then try again.'
  }
  if (has(/ENOSPC/)) return `The disk is full: make about 400 MB of room for ${modules}, then try again.`
  if (has(/EACCES|EPERM|EROFS|EBUSY/)) {
    return `${modules} could not be written: make sure that this user may write there and that no program is using it, then try again.`
  }
  const start = output
    .split('\n')
    .filter((line) => line.startsWith('npm error'))
    .slice(0, 8)
    .join('\n')
  return `npm could not install what Dojang needs; run \`npm ci\` in ${root} to see why. It said:\n${start}`
}

/**
 * Two commands started together in a fresh clone must not install over each other: the second waits for the first, then
 * looks again at what is missing.
 * @param {() => Promise<number>} work
 */
async function oneAtATime(work) {
  let isWaitSaid = false
  for (;;) {
    try {
      mkdirSync(lockFolder)
      break
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') {
        return refuse(explain(String(error)))
      }
    }
    if (!isWaitSaid) console.error('Waiting for another command that is installing…')
    isWaitSaid = true
    if (isStale()) rmSync(lockFolder, { recursive: true, force: true })
    else await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const touch = setInterval(
    () => existsSync(lockFolder) && utimesSync(lockFolder, new Date(), new Date()),
    1000,
  )
  process.on('exit', () => rmSync(lockFolder, { recursive: true, force: true }))
  const code = await work()
  clearInterval(touch)
  return code
}

function isStale() {
  const age = Date.now() - (statSync(lockFolder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  return age > lockStaleMs
}

/** @param {string} title */
function showProgress(title) {
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  const out = process.stderr
  out.write(out.isTTY ? `${title}…` : `${title}…\n`)
  const tick = setInterval(() => {
    if (out.isTTY) out.write(`\r${title}… ${seconds()} s`)
    else if (seconds() % 10 === 0) out.write(`  still installing, ${seconds()} s\n`)
  }, 1000)
  return {
    /** @param {boolean} isDone */
    stop(isDone) {
      clearInterval(tick)
      if (out.isTTY) out.write('\r\x1b[K')
      if (isDone) out.write(`Installed what Dojang needs in ${seconds()} s.\n`)
    },
  }
}

/** @param {string} sentence */
function refuse(sentence) {
  console.error(sentence)
  return 1
}
