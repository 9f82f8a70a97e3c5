#!/usr/bin/env node
// The door of the command line: makes sure that a Node new enough runs it, then hands over to src/cli/dojang.ts.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { findNode, nodeMajorMin, root } from './node-26.js'

const node = existsSync(`${root}node_modules`) ? findNode() : null

if (!existsSync(`${root}node_modules`)) {
  refuse('What Dojang needs is not installed yet: run `npm start` (or `npm ci`) in its folder first.')
} else if (node === null) {
  refuse(
    `Dojang needs Node ${nodeMajorMin} or newer and this is ${process.version}: run \`npm start\` in its folder, or install a newer Node.`,
  )
} else if (node === process.execPath) {
  if (process.env.npm_lifecycle_event !== undefined && process.argv[2] === 'serve') stopWhenAbandoned()
  // What is compiled once need not be at the next start: half of a command's time. Beside the packages, where only we write.
  module.enableCompileCache(`${root}node_modules/.cache/dojang`)
  await import('../src/cli/dojang.ts')
} else {
  runWith(node)
}

/** @param {string} sentence */
function refuse(sentence) {
  console.error(sentence)
  process.exitCode = 1
}

/**
 * A SIGTERM to npm goes on to the shell that npm put between itself and us, and that ends without telling us. So when it
 * has gone, and no signal has come to us as well, this is the signal.
 */
function stopWhenAbandoned() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 100)
  watch.unref()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      clearInterval(watch)
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal) // too early for serve to listen
    })
  }
}

/**
 * Runs this file again with another Node and ends as it ends. Signals go on to it, but for a Ctrl-C at a terminal, which
 * the terminal gives to both.
 * @param {string} program
 */
function runWith(program) {
  const child = spawn(program, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT')
  })
  child.on('error', (error) => refuse(`Node could not be started (${program}): ${error.message}`))
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1
    else {
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    }
  })
}
