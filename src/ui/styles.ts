// One stylesheet for all customer pages, small enough to travel inside each: no second request, one hash in the CSP.
import { readFileSync } from 'node:fs'

const files = ['colours', 'page', 'form', 'card', 'ticket']

export const stylesheet = files
  .map((name) => squeezeCss(readFileSync(new URL(`./styles/${name}.css`, import.meta.url), 'utf8')))
  .join('')

/** The exact texts between <style> and </style>: what the CSP's style-src must allow by hash. */
export const inlinedStyles: readonly string[] = [stylesheet]

/** Takes out what a browser does not read. Knows our own plain CSS, not every CSS. */
export function squeezeCss(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{},;>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;\}/g, '}')
    .trim()
}
