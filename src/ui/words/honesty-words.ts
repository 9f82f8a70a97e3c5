// What an owner is asked to look at (rules/honesty.ts), three languages side by side: a question each, never a verdict.
import type { Language } from './words.ts'

export type HonestyWords = {
  heading: string
  /** Said above the questions. */
  lead: string
  none: string
  sentences: Record<
    'one-hand' | 'many-over-limit' | 'many-by-hand' | 'odd-hour' | 'stamp-and-undo',
    (finding: { person: string; count: number }) => string
  >
  look: string
}

const en: HonestyWords = {
  heading: 'Worth a look',
  lead: 'Honest work can look like this too. Ask before you judge.',
  none: 'Nothing stands out in the last 30 days.',
  sentences: {
    'one-hand': ({ person, count }) =>
      `${person} stamped the same card ${count} days in a row, and nobody else did.`,
    'many-over-limit': ({ person, count }) => `${person} lifted a limit ${count} times in one day.`,
    'many-by-hand': ({ person, count }) =>
      `${person} gave out ${count} rewards in one day to customers without a phone.`,
    'odd-hour': ({ person, count }) =>
      `${person} gave ${count === 1 ? 'a stamp' : `${count} stamps`} at an hour when the café is usually closed.`,
    'stamp-and-undo': ({ person, count }) => `${person} took back ${count} lines in one day.`,
  },
  look: 'Look at the card',
}

const ko: HonestyWords = {
  heading: '살펴볼 일',
  lead: '정직하게 일해도 이렇게 보일 수 있어요. 먼저 물어봐 주세요.',
  none: '지난 30일 동안 눈에 띄는 일이 없어요.',
  sentences: {
    'one-hand': ({ person, count }) =>
      `${person} 님이 같은 카드를 ${count}일 내리 찍었고, 다른 사람이 찍은 적은 없어요.`,
    'many-over-limit': ({ person, count }) => `${person} 님이 하루에 한도를 ${count}번 넘겨 찍었어요.`,
    'many-by-hand': ({ person, count }) =>
      `${person} 님이 하루에 휴대폰 없는 손님께 혜택을 ${count}번 드렸어요.`,
    'odd-hour': ({ person, count }) => `${person} 님이 보통 문을 닫는 시간에 ${count}번 찍었어요.`,
    'stamp-and-undo': ({ person, count }) => `${person} 님이 하루에 ${count}번 취소했어요.`,
  },
  look: '카드 보기',
}

const ja: HonestyWords = {
  heading: '見ておきたいこと',
  lead: 'まじめに働いていてもこう見えることがあります。まず本人に聞いてください。',
  none: 'この30日間、目立つことはありません。',
  sentences: {
    'one-hand': ({ person, count }) =>
      `${person}さんが同じカードを${count}日続けて押し、ほかの人は押していません。`,
    'many-over-limit': ({ person, count }) => `${person}さんが一日に${count}回、上限を超えて押しました。`,
    'many-by-hand': ({ person, count }) =>
      `${person}さんが一日に${count}回、電話のないお客さまに特典を渡しました。`,
    'odd-hour': ({ person, count }) => `${person}さんが、いつもは閉まっている時間に${count}回押しました。`,
    'stamp-and-undo': ({ person, count }) => `${person}さんが一日に${count}回取り消しました。`,
  },
  look: 'カードを見る',
}

const languages: Record<Language, HonestyWords> = { ko, en, ja }

export function honestyWordsIn(language: Language): HonestyWords {
  return languages[language]
}
