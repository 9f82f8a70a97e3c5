/** Way 3's café, seen from the lesson: a child process that can really be killed and started again. */

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Answer, Visit } from './way.ts'

interface Reply {
  readonly id: number
  readonly answer: Answer
  readonly kept: { readonly process: number; readonly stamps: number }
}

let child: ChildProcess | null = null
let kept: Reply['kept'] | null = null
let lastId = 0

/** Asks the process that is running, starting it first where none is. */
export async function askProcess(visit: Visit): Promise<Answer> {
  return (await send(visit)).answer
}

/** What that process said of its memory when it was last asked. */
export const keptByProcess = () => kept

/** Kills the process and starts another. Everything in its memory is gone. */
export async function restartProcess(): Promise<{ before: number; after: number }> {
  const before = (await send(null)).kept.process
  await endProcess()
  return { before, after: (await send(null)).kept.process }
}

export async function endProcess(): Promise<void> {
  const ending = child
  child = null
  if (ending === null || ending.exitCode !== null) return
  ending.ref() // stay until it is gone
  const ended = once(ending, 'exit')
  ending.kill('SIGKILL')
  await ended
}

async function send(visit: Visit | null): Promise<Reply> {
  const process = running()
  const id = ++lastId
  const reply = new Promise<Reply>((resolve, reject) => {
    const hear = (message: Reply) => {
      if (message.id !== id) return
      process.off('message', hear)
      resolve(message)
    }
    process.on('message', hear)
    process.once('exit', () => reject(new Error('The café’s process ended while it was asked')))
  })
  process.send({ id, visit })
  const answered = await reply
  kept = answered.kept
  return answered
}

function running(): ChildProcess {
  if (child === null || child.exitCode !== null || child.signalCode !== null) {
    // `advanced` carries the Map in which a form arrives.
    child = fork(join(import.meta.dirname, 'cafe-process.ts'), [], {
      serialization: 'advanced',
      execArgv: [],
    })
    child.setMaxListeners(0)
    child.unref()
    child.channel?.unref()
  }
  return child
}
