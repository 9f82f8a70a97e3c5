/** Pictures of pages in `screenshots/`, and a close look at each: does it fit, can it be read, does anything move. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

export const SCREENSHOTS = join(import.meta.dirname, '../../screenshots')

export type View = 'phone' | 'phone-dark' | 'phone-large-text' | 'phone-contrast' | 'desktop' | 'desktop-dark'

const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1280, height: 900 }
const NARROWEST = 320 // px: the small phone, and 1280 zoomed to 400 % (WCAG 1.4.10)

/** Takes a picture of the whole page, and leaves the page as it was. */
export async function photograph(page: Page, name: string, view: View): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  await inView(page, view, async () => {
    await page.screenshot({ path: join(SCREENSHOTS, `${name}-${view}.png`), fullPage: true })
  })
}

/** Looks at the page as one would see it there. */
export async function inView<T>(page: Page, view: View, look: () => Promise<T>): Promise<T> {
  await page.setViewportSize(view.startsWith('desktop') ? DESKTOP : PHONE)
  await page.emulateMedia({
    colorScheme: view.endsWith('dark') ? 'dark' : 'light',
    forcedColors: view === 'phone-contrast' ? 'active' : 'none',
  })
  await setTextSize(page, view === 'phone-large-text' ? '200%' : '')
  try {
    return await look()
  } finally {
    await setTextSize(page, '')
    await page.setViewportSize(PHONE)
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' })
  }
}

/** What sticks out sideways or is cut off, on the narrowest phone and where text is twice as large. */
export async function findMisfits(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: NARROWEST, height: 640 })
  const narrow = await misfitsNow(page)
  const large = await inView(page, 'phone-large-text', () => misfitsNow(page))
  return [...narrow.map((one) => `${NARROWEST} wide: ${one}`), ...large.map((one) => `200 % text: ${one}`)]
}

export function runningAnimations(page: Page): Promise<number> {
  return page.evaluate(
    () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
  )
}

async function setTextSize(page: Page, size: string): Promise<void> {
  await page.evaluate((fontSize) => {
    document.documentElement.style.fontSize = fontSize
  }, size)
}

function misfitsNow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways')
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const range = document.createRange()
      range.selectNodeContents(text)
      const words = (text.textContent ?? '').trim().slice(0, 30)
      for (const { left, right, width } of range.getClientRects())
        if (width > 0 && (left < -0.5 || right > innerWidth + 0.5)) found.push(`“${words}” leaves the screen`)
    }
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const isSeen = element.clientWidth > 1 // what only screen readers say is one pixel wide
      const isCut = element.scrollWidth > element.clientWidth + 1 && isSeen
      if (isCut && getComputedStyle(element).overflowX !== 'visible')
        found.push(`“${element.innerText.slice(0, 30)}” is cut off`)
    }
    return found
  })
}
