/** The lesson's one stylesheet and its two scripts, carried inside each page and allowed by hash. */

import { readFileSync } from 'node:fs'
import { squeezeScript } from '../../src/ui/script.ts'
import { squeezeCss } from '../../src/ui/styles.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')

/** The café's own colours and seals, then what a classroom needs. */
export const stylesheet = [
  '../../src/ui/styles/colours.css',
  '../../src/ui/styles/card.css',
  './page.css',
  './parts.css',
]
  .map((path) => squeezeCss(read(path)))
  .join('')

export const scripts = {
  lesson: squeezeScript(read('./lesson.browser.js')),
  frame: squeezeScript(read('./frame.browser.js')),
}
