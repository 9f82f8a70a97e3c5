// docs/safety.md says of every check which test shows it: none is missing, and no test that it names.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const CHECKS = [...numbered('S', 19, 46), ...numbered('F', 1, 12)]
const NOT_YET = ['S34', 'S37', 'F11'] // each says why

const rows = readFileSync(join(root, 'docs/safety.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [SF]\d/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

test('every check has one row, without an empty cell', () => {
  assert.deepEqual(
    rows.map(([check]) => check),
    CHECKS,
  )
  for (const row of rows) {
    assert.equal(row.length, 5, String(row[0]))
    for (const cell of row) assert.notEqual(cell, '', String(row[0]))
  }
})

test('every check but those that cannot be had yet names its tests, and each of them exists', () => {
  for (const [check = '', , , shownBy = ''] of rows) {
    if (NOT_YET.includes(check)) {
      assert.match(shownBy, /^not /, check)
      continue
    }
    for (const named of shownBy.split('<br>')) {
      const [, file = '', title = ''] = /^`([^`]+)` (.+)$/.exec(named) ?? []
      assert.ok(file !== '' && title !== '', `${check}: “${named}” names no test`)
      assert.ok(readFileSync(join(root, file), 'utf8').includes(title), `${check}: ${file} has no “${title}”`)
    }
  }
})

test('what holds a check is there', () => {
  for (const [check, , heldIn = ''] of rows)
    for (const [, path = ''] of heldIn.matchAll(/`([^`]+)`/g))
      assert.ok(existsSync(join(root, path)), `${check}: ${path}`)
})

function numbered(letter: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, place) => `${letter}${first + place}`)
}
