/** In which language and colours a page is shown. In the lesson's frames it is part of the path: no cookie of ours there. */

export const LANGUAGES = ['ko', 'en'] as const
export const THEMES = ['auto', 'light', 'dark'] as const
export type Language = (typeof LANGUAGES)[number]
export type Theme = (typeof THEMES)[number]

export interface Look {
  readonly language: Language
  readonly theme: Theme
}

/** `/ko-auto` */
export const prefixOf = ({ language, theme }: Look) => `/${language}-${theme}`

/** The look in a path's first part, and the path behind it. */
export function splitLook(path: string): { look: Look; rest: string } | null {
  const [, language, theme, rest = ''] = /^\/(\w+)-(\w+)(\/.*)$/.exec(path) ?? []
  const look = {
    language: LANGUAGES.find((one) => one === language),
    theme: THEMES.find((one) => one === theme),
  }
  if (look.language === undefined || look.theme === undefined) return null
  return { look: { language: look.language, theme: look.theme }, rest }
}
