// A real Chromium for the tests: the machine's own, or one that is installed here and now, or a failure that says how.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const otherPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--no-proxy-server',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1', // whatever a page asks, nothing leaves
]

/** Starts a headless Chromium; installs it first where that can be done. @throws Error saying what to install by hand. */
export async function launchChromium(): Promise<Browser> {
  const program = await haveChromium()
  await haveKoreanLetters()
  // Playwright starts it with --no-sandbox, as root must; it opens nothing but our own pages.
  return chromium.launch({ executablePath: program, headless: true, args: quiet })
}

async function haveChromium(): Promise<string> {
  const there = findChromium()
  if (there !== null) return there
  if (canInstallWithApt('debian')) await installWithApt('Chromium', ['chromium', 'fonts-noto-cjk'])
  else if (distribution() !== 'debian') await downloadWithPlaywright()
  const installed = findChromium()
  if (installed !== null) return installed
  throw new Error(
    'No Chromium was found and none could be installed. On Debian run `sudo apt-get install chromium fonts-noto-cjk`, elsewhere install Google Chrome or run `npx playwright-core install --with-deps chromium`, then try again.',
  )
}

function findChromium(): string | null {
  const onPath = (process.env.PATH ?? '').split(delimiter)
  const places = [...onPath, '/usr/bin'].flatMap((folder) => names.map((name) => join(folder, name)))
  return [...places, ...otherPlaces, chromium.executablePath()].filter(existsSync).find(answers) ?? null
}

/** Ubuntu's `chromium-browser` is there and does nothing but ask for a snap: only one that says its version counts. */
function answers(program: string): boolean {
  if (process.platform === 'win32') return true // there `--version` would open a window
  return spawnSync(program, ['--version'], { timeout: 20_000 }).status === 0
}

/** Without them each Korean letter is an empty box in the screenshots, and has the wrong width. */
async function haveKoreanLetters(): Promise<void> {
  if (process.platform !== 'linux') return
  const isThere = spawnSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' }).stdout?.trim() !== ''
  if (isThere) return
  if (canInstallWithApt('debian', 'ubuntu')) await installWithApt('Korean letters', ['fonts-noto-cjk'])
  else console.error('No Korean font was found, so screenshots show empty boxes: install fonts-noto-cjk.')
}

function canInstallWithApt(...distributions: string[]): boolean {
  return process.getuid?.() === 0 && distributions.includes(distribution())
}

/** `debian`, `ubuntu` …, or nothing where there is no such file. */
function distribution(): string {
  if (!existsSync('/etc/os-release')) return ''
  return /^ID="?([\w-]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? ''
}

function installWithApt(what: string, packages: string[]): Promise<void> {
  const script = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // Two test files may get here together: the second waits, then finds everything installed.
  return saidAloud(
    `Installing ${what} with apt-get (about a minute, once)`,
    spawn('flock', ['/tmp/dojang-apt.lock', 'sh', '-c', script], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  )
}

function downloadWithPlaywright(): Promise<void> {
  const script = join(import.meta.dirname, '../../node_modules/playwright-core/cli.js')
  const libraries = canInstallWithApt('ubuntu') ? ['--with-deps'] : []
  return saidAloud(
    'Downloading Chromium with Playwright (about a minute, once)',
    spawn(process.execPath, [script, 'install', ...libraries, 'chromium'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
  )
}

/** Says what goes on and for how long. A failure is printed only: what counts is whether Chromium is there then. */
function saidAloud(title: string, child: ChildProcess): Promise<void> {
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  let errors = ''
  console.error(`${title}…`)
  const tick = setInterval(() => console.error(`  still at it, ${seconds()} s`), 10_000)
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  return new Promise((resolve) => {
    const end = (problem: string) => {
      clearInterval(tick)
      console.error(
        problem === '' ? `  done in ${seconds()} s` : `  it failed: ${problem.trim().slice(-1000)}`,
      )
      resolve()
    }
    child.on('error', (error) => end(error.message))
    child.on('close', (code) => end(code === 0 ? '' : errors || `exit ${code}`))
  })
}
