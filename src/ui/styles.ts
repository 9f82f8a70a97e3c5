// One stylesheet for each audience, small enough to travel inside each page: no second request, one hash each in the CSP.
import { readFileSync } from 'node:fs'

/** Whose pages, besides the customer's card; the ticket is looked at on a page of its own. */
export type Section = 'ticket' | 'kiosk' | 'staff' | 'owner'

const customer = ['colours', 'page', 'form', 'card', 'customer']
const counter = ['colours', 'page', 'form', 'card', 'counter']

/** The customer's. */
export const stylesheet = joined(customer)

const bySection: Readonly<Record<Section, string>> = {
  ticket: joined(['colours', 'page', 'form', 'card', 'ticket']),
  kiosk: joined(['colours', 'page', 'form', 'card', 'counter-code', 'kiosk', 'kiosk-fit']),
  staff: joined([...counter, 'counter-code', 'staff']),
  owner: joined([...counter, 'owner']),
}

export function stylesheetOf(section: Section | undefined): string {
  return section === undefined ? stylesheet : bySection[section]
}

/** The exact texts between <style> and </style>: what the CSP's style-src must allow by hash. */
export const inlinedStyles: readonly string[] = [stylesheet, ...Object.values(bySection)]

function joined(names: readonly string[]): string {
  return names
    .map((name) => squeezeCss(readFileSync(new URL(`./styles/${name}.css`, import.meta.url), 'utf8')))
    .join('')
}

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
