// What every page knows about the person, the café and the moment, whatever it shows.
import type { html } from 'hono/html'
import type { Language } from './words/words.ts'

export type Theme = 'light' | 'dark' | 'auto'

export type Html = ReturnType<typeof html>

export type Frame = {
  language: Language
  theme: Theme
  cafe: { name: string; timeZone: string } | null
  isTrial: boolean
  nowMs: number
  /** This page's own path: where a changed language or theme comes back to. */
  path: string
  /** Root-absolute paths. `preferences` is null where the answer comes before any form can be trusted. */
  hrefs: { home: string; card: string; free: string; forget: string; preferences: string | null }
  /** `keyFor` an action: a new key, or the one of a request to it that was not answered. */
  forms: { csrfToken(): string; keyFor(action: string): string }
  /** The number this browser is bound to, such as 010-••••-5678; null for an unknown browser. */
  maskedPhone: string | null
}
