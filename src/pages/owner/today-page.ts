// The owner's first page: counts that can be checked line by line, and the newest lines.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import type { Figures } from '../../store/reports.ts'
import type { Html } from '../../ui/frame.ts'
import type { Clock } from '../../ui/when.ts'
import { type Period, todayWordsIn } from '../../ui/words/today-words.ts'
import { type LineShown, ledgerLine } from './line.ts'
import type { Names } from './names.ts'
import { type OwnerFrame, ownerPage } from './owner-frame.ts'

export interface TodayShown {
  readonly figures: Readonly<Record<Period, Figures>>
  readonly lines: readonly LineShown[]
  readonly names: Names
  readonly clock: Clock
  /** What is worth a look. */
  readonly questions: Html
}

export function todayPage(frame: OwnerFrame, shown: TodayShown): string {
  const words = todayWordsIn(frame.language)
  const context = { names: shown.names, clock: shown.clock, language: frame.language }
  const lines =
    shown.lines.length === 0
      ? html`<p class="quiet">${words.nothingYet}</p>`
      : html`<ul class="lines" id="feed">${shown.lines.map((line) => ledgerLine(line, context))}</ul>`
  const body = html`<h1 id="today">${words.title}</h1>${figuresOf(frame, 'today', shown.figures.today)}
<div class="beside-each-other"><section class="paper"><h2>${words.justNow}</h2>${lines}</section>
<div class="column"><h2 id="week">${words.week}</h2>${figuresOf(frame, 'week', shown.figures.week)}${shown.questions}</div></div>`
  const liveHref = routes.owner.live.href({ cafe: frame.slug })
  return ownerPage(frame, { title: words.title, body, current: 'home', liveHref })
}

function figuresOf({ language }: OwnerFrame, period: Period, figures: Figures): Html {
  const words = todayWordsIn(language)
  const number = (count: number) => count.toLocaleString(language)
  return html`<section aria-labelledby="${period}"><dl class="figures" data-period="${period}">
<div class="paper"><dt>${words.stamps}</dt><dd data-figure="stamps">${number(figures.stamps)}</dd></div>
<div class="paper"><dt>${words.rewards}</dt><dd data-figure="rewards">${number(figures.rewards)}</dd></div>
<div class="paper"><dt>${words.customers}</dt><dd data-figure="customers">${number(figures.customers)}</dd><dd class="good">${words.ofThemBack(figures.back)}</dd></div></dl></section>`
}
