import { strict as assert } from 'node:assert'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { FolderProblem } from './data-folder.ts'
import { AlreadyServing, holdServeLock } from './serve-lock.ts'

describe('the lock on a data folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-lock-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('lets one in, tells the next whose folder it is, and opens again when released', () => {
    const lock = holdServeLock(folder)
    assert.throws(
      () => holdServeLock(folder),
      (error) => error instanceof AlreadyServing && error.message.includes(folder),
    )
    lock.release()
    lock.release()
    holdServeLock(folder).release()
  })

  it('is readable by its owner alone', () => {
    holdServeLock(folder).release()
    assert.equal(statSync(join(folder, 'serve.lock')).mode & 0o777, 0o600)
  })

  it('ends with the process that held it, killed without a word', async () => {
    const child = await holdElsewhere(folder)
    assert.throws(() => holdServeLock(folder), AlreadyServing)
    child.kill('SIGKILL')
    await once(child, 'exit')
    holdServeLock(folder).release()
  })

  it('says when the folder cannot be used', () => {
    assert.throws(() => holdServeLock('/dev/null/nowhere'), FolderProblem)
  })
})

async function holdElsewhere(folder: string): Promise<ChildProcess> {
  const script = `import { holdServeLock } from ${JSON.stringify(import.meta.resolve('./serve-lock.ts'))}
    globalThis.lock = holdServeLock(${JSON.stringify(folder)})
    console.log('held')
    setInterval(() => {}, 1_000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.stdout === null) throw new Error('the child has an output')
  await once(child.stdout, 'data')
  return child
}
