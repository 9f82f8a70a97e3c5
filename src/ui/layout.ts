// The whole document around a page: whose café, whose card, in which language and colours.
import { html, raw } from 'hono/html'
import { hidden, postForm } from './form.ts'
import type { Frame, Html, Theme } from './frame.ts'
import { loadScript } from './script.ts'
import { type Section, stylesheetOf } from './styles.ts'
import { type Language, wordsIn } from './words/words.ts'

export type Page = {
  title: string
  body: Html
  /** What `loadScript` gave, once or several times. */
  script?: string | readonly string[]
  /** Without JavaScript, ask again after this many seconds. */
  refreshSeconds?: number
  /** Whose page it is, where not a customer's: it has its own stylesheet. */
  section?: Section
  /** Instead of the customer's header. */
  header?: Html
  /** Instead of the customer's footer. */
  footer?: Html
  /** Where the page hears that it should look again (pages/live.ts); without JavaScript a reload does. */
  liveHref?: string
}

const languages: Language[] = ['ko', 'en', 'ja']
const themes: Theme[] = ['auto', 'light', 'dark']

const submitOnce = loadScript(import.meta.url, './submit-once.browser.js')
const live = loadScript(import.meta.url, './live.browser.js')

// Says "no other file" to a browser that would ask for /favicon.ico. Only # must be escaped in such an address.
const icon =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='-32 -32 64 64'><circle r='30' fill='%23c7362c'/><path d='M-13-7H9l-2 13q-1 5-5 5h-8q-4 0-5-5zM9-3h3q5 0 5 4.5t-5 4.5H7' fill='none' stroke='%23fff' stroke-width='4'/></svg>"

export function layout(frame: Frame, page: Page): string {
  const refresh =
    page.refreshSeconds === undefined
      ? null
      : html`<noscript><meta http-equiv="refresh" content="${page.refreshSeconds}"></noscript>`

  const document = html`<!doctype html>
<html lang="${frame.language}" data-theme="${frame.theme}">
<head>
<meta charset="utf-8">
<title>${page.title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${raw(icon)}">
${refresh}<style>${raw(stylesheetOf(page.section))}</style>
</head>
<body${page.section === undefined ? null : html` class="${page.section}"`}${page.liveHref === undefined ? null : html` data-live="${page.liveHref}"`}>
${page.header ?? header(frame)}
<main>
${page.body}
</main>
${page.footer ?? footer(frame)}
${inlineScript(submitOnce)}${page.liveHref === undefined ? null : inlineScript(live)}${[page.script ?? []].flat().map(inlineScript)}
</body>
</html>
`
  return document.toString()
}

function inlineScript(script: string): Html {
  return html`<script type="module">${raw(script)}</script>`
}

function header(frame: Frame): Html | null {
  if (frame.cafe === null) return null
  return html`<header><a class="cafe" href="${frame.hrefs.card}">${frame.cafe.name}</a>${whose(frame)}</header>`
}

function whose(frame: Frame): Html | null {
  if (frame.maskedPhone === null) return null
  const words = wordsIn(frame.language)
  const unbroken = frame.maskedPhone.replaceAll('-', '\u2011') // a number is not split between two lines
  const forget = postForm({
    action: frame.hrefs.forget,
    id: 'forget',
    frame,
    body: html`<button class="plain">${words.forget}</button>`,
  })
  return html`<details class="whose"><summary><span>${frame.maskedPhone}</span> · <u>${words.notMe}</u></summary>
<div class="paper forget"><p>${words.forgetFirst(unbroken)}</p>${forget}</div></details>`
}

export function footer(frame: Frame): Html {
  const words = wordsIn(frame.language)
  const trial = frame.isTrial ? html`<p>${words.trial}</p>` : null
  return html`<footer>${trial}${preferences(frame)}</footer>`
}

function preferences(frame: Frame): Html | null {
  if (frame.hrefs.preferences === null) return null
  const words = wordsIn(frame.language)
  const languageChoices = languages.map((value) => ({
    value,
    label: wordsIn(value).languageName,
    lang: value,
  }))
  const themeChoices = themes.map((value) => ({ value, label: words.themes[value], lang: undefined }))
  return html`${choiceForm(frame, { name: 'language', label: words.language, current: frame.language, choices: languageChoices })}
${choiceForm(frame, { name: 'theme', label: words.theme, current: frame.theme, choices: themeChoices })}`
}

type Choices = {
  name: 'language' | 'theme'
  label: string
  current: string
  choices: { value: string; label: string; lang: string | undefined }[]
}

function choiceForm(frame: Frame, { name, label, current, choices }: Choices): Html {
  const buttons = choices.map(
    (choice) =>
      html`<button name="${name}" value="${choice.value}"${choice.lang ? html` lang="${choice.lang}"` : null} aria-pressed="${String(choice.value === current)}">${choice.label}</button>`,
  )
  return postForm({
    action: frame.hrefs.preferences ?? '',
    frame,
    body: html`${hidden('next', frame.path)}<fieldset class="choice"><legend>${label}</legend>${buttons}</fieldset>`,
  })
}
