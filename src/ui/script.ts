// Browser code, read once at start and carried inside the page; the CSP allows each piece by its hash.
import { readFileSync } from 'node:fs'

const loaded: string[] = []

/**
 * The exact texts between <script> and </script>: what the CSP's script-src must allow by hash.
 * Complete once every page has been imported.
 */
export const inlinedScripts: readonly string[] = loaded

/** Reads one `*.browser.js` that lies beside the caller. */
export function loadScript(callerUrl: string, name: string): string {
  const script = squeezeScript(readFileSync(new URL(name, callerUrl), 'utf8'))
  if (script.includes('</'))
    throw new Error(`${name} contains "</", which would end its <script> early: write it apart`)
  loaded.push(script)
  return script
}

/** Takes out comments that have a line to themselves, and indentation; the line breaks stay, they end statements. */
export function squeezeScript(script: string): string {
  return script
    .replace(/^[ \t]*\/\*[\s\S]*?\*\/[ \t]*$/gm, '')
    .replace(/^[ \t]*\/\/.*$/gm, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim()
}
