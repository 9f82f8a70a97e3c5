// The house rules that a program can check: which room may import which, and what may be spelt where. `npm test` runs it.
import { globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { routes } from '../src/routes.ts'
import { type Literal, scan } from './house-rules-scan.ts'

export type Tree = {
  /** Every text file, by its path from the root. */
  files: ReadonlyMap<string, string>
  /** Every route's pattern, by its name in `routes`. */
  routes: ReadonlyMap<string, string>
}

type Source = {
  path: string
  room: string
  text: string
  code: string
  literals: Literal[]
  imports: Import[]
}
type Import = { path: string; room: string; line: number; isRelative: boolean; isType: boolean }
type Rule = (sources: readonly Source[], tree: Tree) => string[]

const linesMax = 250 // above that, something is hidden badly (style 7)

/** Which rooms each room may import besides itself; a room is a folder of src/ or a file in it. */
const mayImport: Record<string, readonly string[]> = {
  main: ['app', 'chores', 'clock', 'commands', 'config', 'http', 'outbox', 'routes', 'rules', 'store', 'ui'],
  cli: [
    'main',
    'app',
    'chores',
    'clock',
    'commands',
    'config',
    'http',
    'outbox',
    'routes',
    'rules',
    'sign-in',
    'store',
    'ui',
  ],
  app: ['api', 'clock', 'commands', 'config', 'http', 'pages', 'routes', 'rules', 'sign-in', 'store', 'ui'],
  chores: ['clock', 'commands', 'outbox', 'rules', 'store'],
  outbox: ['clock', 'commands', 'rules', 'store'],
  pages: ['clock', 'commands', 'http', 'routes', 'rules', 'sign-in', 'store', 'ui'],
  api: ['clock', 'commands', 'http', 'routes', 'rules', 'sign-in', 'store'],
  commands: ['clock', 'rules', 'sign-in', 'store'],
  'sign-in': ['clock', 'http', 'rules', 'store'],
  store: ['clock', 'http', 'rules'],
  ui: ['routes'],
  rules: [],
  http: [],
  config: ['http'],
  routes: [],
  clock: ['http'],
}

const rules: Record<string, Rule> = {
  'arrows go one way': (sources) =>
    sources.flatMap((source) =>
      source.imports
        .filter((one) => one.isRelative && one.room !== source.room)
        .filter((one) => !mayImport[source.room]?.includes(one.room))
        .map((one) => `${source.path}:${one.line} ${source.room} may not import ${one.room} (${one.path})`),
    ),
  'ui takes html from hono, QR codes from uqr, and nothing else from outside': (sources) =>
    sources
      .filter((source) => source.room === 'ui')
      .flatMap((source) =>
        source.imports
          .filter((one) => !one.isRelative && !one.path.startsWith('node:'))
          .filter((one) => one.path !== 'hono/html' && one.path !== 'uqr')
          .map((one) => `${source.path}:${one.line} ui may not import ${one.path}`),
      ),
  'no import goes in a circle': circles,
  'imports say the whole file name': (_, tree) =>
    sourcesIn(tree, /^(src|test|bench|bin|lesson)\/.*\.[tj]s$/).flatMap((source) =>
      source.imports
        .filter((one) => one.isRelative && !/\.[tj]s$/.test(one.path))
        .map((one) => `${source.path}:${one.line} end ${one.path} with .ts or .js`),
    ),
  'no SQL outside store/': (sources) =>
    literalsWith(
      sources.filter((source) => source.room !== 'store'),
      (literal) => literal.tag === 'sql' || isSql(literal.text),
      'this is SQL: move it into src/store/',
    ),
  'no process.env outside config.ts': (sources) =>
    codeWith(
      sources.filter((source) => source.room !== 'config'),
      /\bprocess\s*\??\.\s*env\b|\bimport\.meta\.env\b|\{[^}]*\benv\b[^}]*\}\s*(=\s*process\b|from 'node:process')/g,
      'only src/config.ts reads the environment',
    ),
  'no path outside routes.ts': (sources) =>
    literalsWith(
      sources.filter((source) => ['pages', 'api', 'app', 'ui'].includes(source.room)),
      (literal) =>
        /^\/[\w:$]/.test(literal.text) || /\b(href|action|formaction|src)="?\/(?!\/)/.test(literal.text),
      'this path belongs in src/routes.ts',
    ),
  'no clock, chance or outside world in rules/': (sources) => {
    const pure = sources.filter((source) => source.room === 'rules')
    return [
      ...codeWith(
        pure,
        /\bDate\s*\.\s*now\b|\bnew Date\b(?!\s*\(\s*[^)\s])|\bTemporal\s*\.\s*Now\b|\bperformance\s*\.\s*now\b|\bhrtime\b/g,
        'time arrives as an argument',
      ),
      ...codeWith(pure, /\brandom\w*\s*\(|\bgetRandomValues\b/g, 'chance arrives as an argument'),
      ...pure.flatMap((source) =>
        source.imports
          .filter((one) => one.path.startsWith('node:') && one.path !== 'node:crypto')
          .map((one) => `${source.path}:${one.line} rules are pure: no ${one.path}`),
      ),
    ]
  },
  'no weak chance, weak hash or eval': (sources) => [
    ...codeWith(sources, /\bMath\s*\.\s*random\b|\beval\s*\(|\bnew Function\b/g, 'never in Dojang'),
    ...literalsWith(sources, (literal) => /^(\w+-)?(md5|sha-?1)$/i.test(literal.text), 'use sha256'),
  ],
  'no index.ts, no drawers': (_, tree) =>
    [...tree.files.keys()]
      .filter((path) => /^(src|test|bench|bin|lesson)\//.test(path) && path.split('/').some(isDrawer))
      .map((path) => `${path} says nothing about what is in it: name the thing`),
  [`no file above ${linesMax} lines`]: (sources) =>
    sources
      .filter((source) => source.text.trimEnd().split('\n').length > linesMax)
      .map((source) => `${source.path} has ${source.text.trimEnd().split('\n').length} lines`),
  'every route is named by a test': (_, tree) => {
    const tests = sourcesIn(tree, /^(src\/.*\.test\.ts|test\/.*\.ts)$/)
    return [...tree.routes]
      .filter(([name, pattern]) => !tests.some((source) => namesRoute(source, name, pattern)))
      .map(([name, pattern]) => `src/routes.ts no test names routes.${name} or a path like ${pattern}`)
  },
  'every command is reached by a door': (sources) => {
    const doors = ['pages', 'api', 'cli', 'chores', 'outbox']
    const reached = new Set<string>()
    const follow = (source: Source) => {
      for (const one of source.imports.filter(
        (each) => each.room === 'commands' && !reached.has(each.path),
      )) {
        reached.add(one.path)
        for (const next of sources.filter((each) => each.path === one.path)) follow(next)
      }
    }
    for (const source of sources) if (doors.includes(source.room)) follow(source)
    return sources
      .filter((source) => source.room === 'commands' && !reached.has(source.path))
      .map((source) => `${source.path} no page, API operation or command line reaches it`)
  },
  'no registry is named': (_, tree) => [
    ...(tree.files.get('package-lock.json')?.includes('"resolved"')
      ? ['package-lock.json has "resolved": install with the .npmrc of this folder']
      : []),
    ...[...tree.files]
      .filter(([, text]) => /\bregistry\.[\w-]+\.\w+|https?:\/\/[^\s"'/]*registry/i.test(text))
      .map(([path]) => `${path} names a package registry's host`),
  ],
}

/** Every breach of every rule, a line each: the rule, the place, what to do. */
export function findBreaches(tree: Tree): string[] {
  const sources = sourcesIn(tree, /^src\/.*(?<!\.test)\.[tj]s$/)
  return Object.entries(rules).flatMap(([name, rule]) =>
    rule(sources, tree).map((breach) => `${name}: ${breach}`),
  )
}

function sourcesIn(tree: Tree, pattern: RegExp): Source[] {
  return [...tree.files]
    .filter(([path]) => pattern.test(path))
    .map(([path, text]) => {
      const { code, literals } = scan(text)
      const imports = literals
        .filter((literal) => literal.isImport)
        .map((literal) => {
          const isRelative = literal.text.startsWith('.')
          const target = isRelative ? join(dirname(path), literal.text).replaceAll('\\', '/') : literal.text
          return {
            path: target,
            room: isRelative ? roomOf(target) : '',
            line: literal.line,
            isRelative,
            isType: literal.isTypeImport,
          }
        })
      return { path, room: roomOf(path), text, code, literals, imports }
    })
}

function roomOf(path: string): string {
  const [top, second] = path.split('/')
  return top === 'src' && second !== undefined ? second.replace(/\.\w+$/, '') : (top ?? '')
}

/** Type imports do not count: Node drops them before anything runs. */
function circles(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    else if (!done.has(path)) {
      const next = byPath.get(path)?.imports.filter((one) => one.isRelative && !one.isType) ?? []
      for (const one of next) visit(one.path, [...trail, path])
      done.add(path)
    }
  }
  for (const source of sources) visit(source.path, [])
  return found
}

function codeWith(sources: readonly Source[], pattern: RegExp, advice: string): string[] {
  return sources.flatMap(({ path, code }) =>
    [...code.matchAll(pattern)].map((match) => {
      const line = code.slice(0, match.index).split('\n').length
      return `${path}:${line} ${match[0].trim()}: ${advice}`
    }),
  )
}

function literalsWith(
  sources: readonly Source[],
  isBad: (literal: Literal) => boolean,
  advice: string,
): string[] {
  return sources.flatMap(({ path, literals }) =>
    literals
      .filter((literal) => !literal.isImport && isBad(literal))
      .map(({ line, text }) => `${path}:${line} “${text.trim().split('\n')[0]?.slice(0, 50)}”: ${advice}`),
  )
}

function isSql(text: string): boolean {
  const statement =
    /^\s*(SELECT\s[\s\S]*|INSERT\s(OR \w+ )?INTO\s.*|REPLACE INTO\s.*|UPDATE\s+\S+\s+SET\s.*|DELETE\s+FROM\s.*|(CREATE|ALTER|DROP)\s+(TABLE|INDEX|TRIGGER|VIEW|UNIQUE)\s.*|PRAGMA\s.*|BEGIN( \w+)?|COMMIT|ROLLBACK.*|SAVEPOINT.*)/s
  const lowerCase = /^\s*(select\s.+\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s)/s
  return statement.test(text) || lowerCase.test(text)
}

function isDrawer(name: string): boolean {
  const stem = name.replace(/\..*$/, '')
  return (
    name === 'index.ts' ||
    /^(utils?|helpers?|misc|common|managers?|services?|handlers?|data|info)$/.test(stem) ||
    /-(utils?|helpers?|managers?|services?|handlers?)$/.test(stem)
  )
}

/** By its name in `routes`, or by a path that it answers. */
function namesRoute(source: Source, name: string, pattern: string): boolean {
  const path = new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}(\\?.*)?$`)
  return (
    new RegExp(`\\broutes\\.${name.replaceAll('.', '\\.')}\\b`).test(source.code) ||
    source.literals.some((literal) => path.test(literal.text))
  )
}

function patternsIn(tree: object, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value.pattern === 'string'
      ? [[prefix + name, value.pattern]]
      : patternsIn(value, `${prefix}${name}.`),
  )
}

function readTree(root: string): Tree {
  const skipped = ['node_modules', '.git', 'data', 'screenshots', 'dist']
  const isText =
    /\.(ts|js|json|md|sql|css|html|svg|sh|yml|txt)$|(^|\/)(\.npmrc|\.gitignore|run|LICENSE|Dockerfile)$/
  const paths = globSync(['**/*', '.ci/*', '.npmrc'], {
    cwd: root,
    exclude: (name) => skipped.includes(name),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => isText.test(path) && statSync(join(root, path)).isFile())
  return {
    files: new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), 'utf8')])),
    routes: new Map(patternsIn(routes)),
  }
}

if (import.meta.main) {
  const tree = readTree(join(import.meta.dirname, '..'))
  const breaches = findBreaches(tree)
  for (const breach of breaches) console.log(breach)
  console.log(`${Object.keys(rules).length} rules, ${tree.files.size} files, ${breaches.length} breaches`)
  if (breaches.length > 0) process.exitCode = 1
}
