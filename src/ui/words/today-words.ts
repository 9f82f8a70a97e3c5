// What the owner's first page says: figures, and what has just happened.
import type { Language } from './words.ts'

export type Period = 'today' | 'week'

type TodayWords = {
  title: string
  week: string
  stamps: string
  rewards: string
  customers: string
  ofThemBack(back: number): string
  justNow: string
  nothingYet: string
  customersPhone: string
  commandLine: string
  overLimit: Record<'too-soon' | 'too-many-today' | 'too-many-at-once', string>
}

const ko: TodayWords = {
  title: '오늘',
  week: '이번 주',
  stamps: '적립',
  rewards: '사용한 혜택',
  customers: '손님',
  ofThemBack: (back) => `다시 온 손님 ${back}명`,
  justNow: '방금',
  nothingYet: '아직 찍은 도장이 없어요.',
  customersPhone: '손님 휴대폰',
  commandLine: '명령줄',
  overLimit: {
    'too-soon': '한도 넘김 · 간격',
    'too-many-today': '한도 넘김 · 하루 횟수',
    'too-many-at-once': '한도 넘김 · 한 번에',
  },
}

const en: TodayWords = {
  title: 'Today',
  week: 'This week',
  stamps: 'Stamps',
  rewards: 'Rewards used',
  customers: 'Customers',
  ofThemBack: (back) => `${back} of them came back`,
  justNow: 'Just now',
  nothingYet: 'No stamps yet.',
  customersPhone: 'customer’s phone',
  commandLine: 'command line',
  overLimit: {
    'too-soon': 'over the limit · too soon',
    'too-many-today': 'over the limit · visits a day',
    'too-many-at-once': 'over the limit · at once',
  },
}

const ja: TodayWords = {
  title: '今日',
  week: '今週',
  stamps: 'スタンプ',
  rewards: '使われた特典',
  customers: 'お客さま',
  ofThemBack: (back) => `うち再来店 ${back}人`,
  justNow: 'たった今',
  nothingYet: 'まだスタンプはありません。',
  customersPhone: 'お客さまの電話',
  commandLine: 'コマンドライン',
  overLimit: {
    'too-soon': '上限超え・間隔',
    'too-many-today': '上限超え・1日の回数',
    'too-many-at-once': '上限超え・一度に',
  },
}

export function todayWordsIn(language: Language): TodayWords {
  return { ko, en, ja }[language]
}
