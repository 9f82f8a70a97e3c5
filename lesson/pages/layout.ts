/** What stands around each page of the lesson: chapters, language and colours, the way on and back. */

import { html } from 'hono/html'
import { LANGUAGES, type Look, THEMES } from '../look.ts'
import { wordsIn } from '../words/words-in.ts'
import { type Chapter, chaptersOf } from './chapters.ts'
import { documentOf, type Html } from './document.ts'

export interface Frame {
  readonly look: Look
  readonly path: string
  /** `http://cafe.localhost:port` */
  readonly origin: string
  /** For the lesson's own forms. */
  readonly csrfToken: string
  /** Was this page asked for under `localhost` or 127.0.0.1? Then links lead to where the lesson is. */
  readonly isPorch: boolean
}

export function layout(frame: Frame, body: Html): string {
  const words = wordsIn(frame.look.language)
  const chapters = chaptersOf(words)
  const at = chapters.findIndex(({ path }) => path === frame.path)
  const here = chapters[at]
  const number = /^\/(\d)\/$/.exec(frame.path)?.[1]
  const title = [number, here?.title].filter(Boolean).join(' · ')
  return documentOf({
    look: frame.look,
    title: at === 0 ? words.chrome.lesson : `${title} · ${words.chrome.lesson}`,
    script: 'lesson',
    body: html`<a class="skip" href="#main">${words.chrome.skip}</a>
<header>${chapterRow(frame, chapters, at)}<div class="wishes">${wishForm(frame, 'language')}${wishForm(frame, 'theme')}</div></header>
<main id="main" tabindex="-1">
<noscript><p class="note">${words.chrome.noScript}</p></noscript>
${frame.isPorch ? html`<p class="note">${words.chrome.porch(frame.origin)}</p>` : null}
${body}
</main>
<footer>${turn(frame, chapters[at - 1], 'prev')}${turn(frame, chapters[at + 1], 'next')}<p>${words.chrome.loopbackOnly}</p></footer>`,
  })
}

/** On the porch, links lead to the lesson's own host; there, they are plain paths. */
export function linkTo(frame: Frame, path: string): string {
  return frame.isPorch ? `${frame.origin}${path}` : path
}

function chapterRow(frame: Frame, chapters: readonly Chapter[], at: number): Html {
  const words = wordsIn(frame.look.language)
  const links = chapters.map(({ path, mark, title }, index) => {
    const state = index === at ? html` aria-current="page"` : index < at ? html` class="done"` : null
    const name = mark.length === 1 ? html` aria-label="${mark} · ${title}"` : null
    return html`<li><a href="${linkTo(frame, path)}"${state}${name} title="${title}">${mark}</a></li>`
  })
  return html`<nav aria-label="${words.chrome.chapters}"><ol>${links}</ol></nav>`
}

/** The choice of a language or of colours. */
export function wishForm(frame: Frame, name: 'language' | 'theme'): Html {
  const { chrome } = wordsIn(frame.look.language)
  const choices = name === 'language' ? LANGUAGES : THEMES
  const buttons = choices.map((value) => {
    const label = value === 'ko' || value === 'en' ? wordsIn(value).chrome.languageName : chrome.themes[value]
    const lang = value === 'ko' || value === 'en' ? html` lang="${value}"` : null
    return html`<button name="${name}" value="${value}"${lang} aria-pressed="${String(frame.look[name] === value)}">${label}</button>`
  })
  const fields = html`<input type="hidden" name="next" value="${frame.path}">${buttons}`
  return postForm(frame, '/wishes/', html`<fieldset><legend>${chrome[name]}</legend>${fields}</fieldset>`)
}

export function postForm(frame: Frame, action: string, body: Html): Html {
  return html`<form method="post" action="${action}"><input type="hidden" name="csrf_token" value="${frame.csrfToken}">${body}</form>`
}

function turn(frame: Frame, chapter: Chapter | undefined, rel: 'prev' | 'next'): Html | null {
  const { chrome } = wordsIn(frame.look.language)
  if (chapter === undefined) return null
  const label = rel === 'prev' ? chrome.previous : chrome.next
  return html`<a class="turn" rel="${rel}" href="${linkTo(frame, chapter.path)}"><small>${label}</small> ${chapter.title}</a>`
}
