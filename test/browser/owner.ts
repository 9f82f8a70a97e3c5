/** What an owner does on the first day and after: setup, tablets, people, how a stamp is allowed, and the end of what is lost or gone. */
import { routes } from '../../src/routes.ts'
import { readQr } from './qr-reader.ts'
import type { Window } from './window.ts'

const CAFE = { cafe: 'cafe' }
const DEVICES = routes.owner.devices.href(CAFE)
const PEOPLE = routes.owner.staff.href(CAFE)
const PROGRAMME = routes.owner.programme.href(CAFE)

export interface FirstAnswers {
  readonly name: string
  readonly branch: string
  readonly owner: string
  readonly email: string
  readonly password: string
}

/** Opens the link that the start screen printed, and fills the page in. */
export async function setUp(owner: Window, setupUrl: string, answers: FirstAnswers): Promise<void> {
  const { page } = owner
  await owner.goTo(setupUrl)
  for (const [name, value] of Object.entries(answers)) await page.fill(`#setup [name=${name}]`, value)
  await owner.press('#setup .main')
}

/** @returns where the tablet is to go, as its camera reads it, and the six digits to type there */
export async function addDevice(
  owner: Window,
  kind: 'kiosk' | 'counter',
  name: string,
): Promise<{ address: string; code: string }> {
  await owner.goTo(DEVICES)
  const form = `form[action="${DEVICES}"]`
  await owner.tap(`details:has(> ${form}) > summary`)
  await owner.tap(`${form} label:has([value=${kind}])`)
  await owner.page.fill(`${form} [name=name]`, name)
  await owner.press(`${form} .main`)
  const waiting = `.pairing:has(h2:has-text("${name}"))`
  const code = await owner.page.locator(`${waiting} .code`).getAttribute('data-code')
  return { address: await readQr(owner.page, waiting), code: code ?? '' }
}

/** The tablet is carried there, and is the café's from then on. */
export async function pair(
  tablet: Window,
  { address, code }: { address: string; code: string },
): Promise<void> {
  await tablet.goTo(address, { expect: 401 })
  await tablet.tap('#pairing #code')
  await tablet.type(code)
  await tablet.press('#pairing .main')
}

/** @param pin null for somebody who works on their own phone. @returns the way to their page */
export async function addPerson(owner: Window, name: string, pin: string | null): Promise<string> {
  await owner.goTo(PEOPLE)
  await owner.tap('details:has(> #add-person) > summary')
  await owner.page.fill('#add-person [name=name]', name)
  await owner.press('#add-person .main')
  if (new URL(owner.page.url()).pathname === PEOPLE) await owner.press(`li:has-text("${name}") a`)
  const path = new URL(owner.page.url()).pathname
  if (pin !== null) {
    await owner.page.fill('#pin-form #pin', pin)
    await owner.press('#pin-form button')
  }
  return path
}

/** @returns the link, as the phone of the one who is invited reads it */
export async function invite(owner: Window, personPath: string): Promise<string> {
  await owner.goTo(personPath)
  await owner.press('#phone-link button')
  return readQr(owner.page, '#link')
}

export async function letGo(owner: Window, personPath: string): Promise<void> {
  await owner.goTo(personPath)
  await owner.tap('details:has(> #end) > summary')
  await owner.press('#end button')
}

export async function setLimits(owner: Window, limits: { gap?: number; visits?: number }): Promise<void> {
  await owner.goTo(PROGRAMME)
  for (const [name, value] of Object.entries(limits))
    await owner.page.fill(`#limits [name=${name}]`, String(value))
  await owner.press('#limits .main')
}

export async function setMode(owner: Window, mode: 'counter' | 'code' | 'approve'): Promise<void> {
  await owner.goTo(PROGRAMME)
  await owner.tap(`#programme label:has([name=mode][value=${mode}])`)
  await owner.press('#programme > .main')
}

/** Up to the button that ends it, which is still to be pressed. @returns its selector */
export async function reachForRevocation(owner: Window, device: string): Promise<string> {
  await owner.goTo(DEVICES)
  const row = `.rows > li:has(b:text-is("${device}"))`
  await owner.tap(`${row} > details > summary`)
  await owner.tap(`${row} > details > details > summary`)
  return `${row} > details > details button`
}
