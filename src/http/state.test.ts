import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const rows = readFileSync(join(root, 'docs/state.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

test('the table has a row for each behaviour of the state layer, and no empty cell', () => {
  const inSection = (section: number) => rows.filter(([number]) => number?.startsWith(`${section}.`)).length
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(inSection), [16, 18, 16, 20, 18, 10])
  for (const row of rows) {
    assert.equal(row.length, 5, row.join(' | '))
    for (const cell of row) assert.notEqual(cell, '', row.join(' | '))
  }
})

test('every test that the table names exists under that name', () => {
  const texts = new Map<string, string>()
  for (const [number, , , , shownBy = ''] of rows) {
    for (const named of shownBy.split('<br>')) {
      const [, file = '', title = ''] = /^`([^`]+)` (.+)$/.exec(named) ?? []
      const path = join(root, file.includes('/') ? file : `src/http/${file}`)
      if (!texts.has(path)) texts.set(path, readFileSync(path, 'utf8'))
      const isThere = title !== '' && texts.get(path)?.includes(title.replaceAll('\\|', '|'))
      assert.ok(isThere, `${number}: ${file} has no test “${title}”`)
    }
  }
})
