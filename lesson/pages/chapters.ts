/** The pages of the lesson in their order. */

import type { Words } from '../words/words.ts'
import { wayWords } from '../words/words-in.ts'

export interface Chapter {
  readonly path: string
  /** In the row of chapters. */
  readonly mark: string
  readonly title: string
}

export function chaptersOf(words: Words): readonly Chapter[] {
  return [
    { path: '/', mark: words.chrome.overview, title: words.overview.title },
    ...words.ways.map((_, index) => ({
      path: `/${index + 1}/`,
      mark: String(index + 1),
      title: wayWords(words, index + 1).title,
    })),
    { path: '/rules/', mark: words.chrome.rules, title: words.rules.title },
    { path: '/belongs/', mark: words.chrome.belongs, title: words.belongs.title },
  ]
}
