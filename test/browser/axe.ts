// What axe-core finds wrong with a page, in lines that a person can act on.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Runs every rule of axe-core, or those that are named, on the page as it stands. It is evaluated from outside, so the
 * page’s own CSP stays as strict as it is; the browser context must have JavaScript on, even for a page that needs none.
 *
 * @example assert.deepEqual(await findViolations(page), [])
 */
export async function findViolations(page: Page, { rules }: { rules?: string[] } = {}): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(`${axe}; undefined`)
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  return results.violations.flatMap((violation) =>
    violation.nodes.map(
      (node) =>
        `${violation.id} (${violation.impact}) at ${node.target.join(' ')}: ${violation.help}\n  ${node.html}\n  ${node.failureSummary ?? ''}`,
    ),
  )
}
