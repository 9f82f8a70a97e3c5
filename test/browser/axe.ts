// What axe-core finds wrong with a page, in lines that a person can act on.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Runs every rule of axe-core on the page as it stands. It is evaluated from outside, so the page's own CSP stays as strict as it is.
 *
 * @example assert.deepEqual(await findViolations(page), [])
 */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(`${axe}; undefined`)
  const results = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })')
  return results.violations.flatMap((violation) =>
    violation.nodes.map(
      (node) =>
        `${violation.id} (${violation.impact}) at ${node.target.join(' ')}: ${violation.help}\n  ${node.html}\n  ${node.failureSummary ?? ''}`,
    ),
  )
}
