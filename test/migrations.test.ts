// A migration that has been run somewhere is never edited: the next one changes what it made. While a version is being made, its new
// migrations may still change: node test/migrations.test.ts --write notes them as they are.
import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { MIGRATIONS } from '../src/store/sqlite-schema.ts'

const folder = join(import.meta.dirname, '../src/store/migrations')
const list = join(folder, 'sha256.txt')

if (process.argv.includes('--write')) writeFileSync(list, digests())

it('migrations are as they were when they were first run', () => {
  const changed = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => !digests().split('\n').includes(line))
  assert.deepEqual(changed, [], 'never edit a migration: write the next one')
})

it('each migration is noted, and there for both engines', () => {
  assert.equal(readFileSync(list, 'utf8'), digests(), 'note new ones: node test/migrations.test.ts --write')
  const expected = MIGRATIONS.flatMap((name) => [`${name}.postgres.sql`, `${name}.sqlite.sql`])
  assert.deepEqual(globSync('*.sql', { cwd: folder }).sort(), expected.sort())
})

it('a migration takes nothing away that the version before it uses', () => {
  for (const file of globSync('*.sql', { cwd: folder })) {
    const text = readFileSync(join(folder, file), 'utf8').replace(/--.*$/gm, '')
    const taken = text.match(/\b(DROP (TABLE|COLUMN)|RENAME|ALTER COLUMN \w+ (TYPE|SET NOT NULL))\b.*/i)?.[0]
    assert.ok(
      taken === undefined || /-- contract:/.test(readFileSync(join(folder, file), 'utf8')),
      `${file}: ${taken}`,
    )
  }
})

/** A line each, as sha256sum writes them; line ends as git keeps them. */
function digests(): string {
  return globSync('*.sql', { cwd: folder })
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n')
      return `${createHash('sha256').update(text).digest('hex')}  ${file}\n`
    })
    .join('')
}
