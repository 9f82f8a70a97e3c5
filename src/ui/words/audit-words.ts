// What the audit log says in words: the acts, who did them, and the few facts beside them.
import { en } from './audit.en.ts'
import { ja } from './audit.ja.ts'
import { ko } from './audit.ko.ts'
import type { Language } from './words.ts'

export type ActWord = keyof typeof ko.acts

export type AuditWords = {
  title: string
  about: string
  proof: string
  empty: string
  older: string
  newest: string
  line(number: number): string
  actors: Record<'owner' | 'manager' | 'staff' | 'kiosk' | 'counter' | 'operator', string>
  acts: Record<ActWord, string>
  /** By their name in the log; others are shown as they are. */
  facts: Record<string, string>
  values: Record<string, string>
}

export function auditWordsIn(language: Language): AuditWords {
  return { ko, en, ja }[language]
}
