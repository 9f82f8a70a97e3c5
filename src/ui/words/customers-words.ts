// What the owner's page of customers says.
import type { Language } from './words.ts'

type CustomersWords = {
  title: string
  about: string
  query: string
  find: string
  found(count: number): string
  none: string
  more: string
  total(input: { stamps: number; goal: number }): string
  ready(rewards: number): string
  lastStamp(when: string): string
  open(masked: string): string
  back: string
  code: string
  history: string
  noHistory: string
  older: string
  showNumber: string
  showNumberAbout: string
  number: string
  numberAbout: string
}

const ko: CustomersWords = {
  title: '고객',
  about: '번호는 끝 네 자리만 보여요. 찾은 기록은 감사 기록에 남아요.',
  query: '번호 끝 네 자리, 전체 번호 또는 카드의 글자 여섯 개',
  find: '찾기',
  found: (count) => `${count}명 찾음`,
  none: '그런 카드가 없어요.',
  more: '더 있어요. 전체 번호로 찾아 주세요.',
  total: ({ stamps, goal }) => `도장 ${stamps}개 · ${goal}개마다 혜택`,
  ready: (rewards) => `쓸 수 있는 혜택 ${rewards}개`,
  lastStamp: (when) => `마지막 적립 ${when}`,
  open: (masked) => `${masked} 내역 보기`,
  back: '다른 고객 찾기',
  code: '카드 글자',
  history: '내역',
  noHistory: '아직 내역이 없어요.',
  older: '이전 내역 보기',
  showNumber: '전체 번호 보기',
  showNumberAbout: '사장님만 볼 수 있어요. 볼 때마다 감사 기록에 남고, 이 화면에만 한 번 보여요.',
  number: '전체 번호',
  numberAbout: '본 기록을 남겼어요. 화면을 떠나면 다시 보이지 않아요.',
}

const en: CustomersWords = {
  title: 'Customers',
  about: 'Numbers show their last four digits only. Each search is in the audit log.',
  query: 'Last four digits, whole number or the six letters of a card',
  find: 'Find',
  found: (count) => `${count} found`,
  none: 'There is no such card.',
  more: 'There are more: please use the whole number.',
  total: ({ stamps, goal }) => `${stamps} ${stamps === 1 ? 'stamp' : 'stamps'} · a reward for ${goal}`,
  ready: (rewards) => (rewards === 1 ? 'a reward is ready' : `${rewards} rewards are ready`),
  lastStamp: (when) => `last stamp ${when}`,
  open: (masked) => `History of ${masked}`,
  back: 'Find another customer',
  code: 'Letters of the card',
  history: 'History',
  noHistory: 'Nothing has happened on it yet.',
  older: 'Show older',
  showNumber: 'Show the full number',
  showNumberAbout:
    'For the owner only. Each look is in the audit log, and it is shown once, on this page alone.',
  number: 'Full number',
  numberAbout: 'This look is on record. Once you leave the page, the number is gone from it.',
}

const ja: CustomersWords = {
  title: 'お客さま',
  about: '番号は下4けただけを表示します。探したことは監査記録に残ります。',
  query: '番号の下4けた、全体の番号、またはカードの6文字',
  find: '探す',
  found: (count) => `${count}人見つかりました`,
  none: 'そのカードはありません。',
  more: 'ほかにもあります。全体の番号で探してください。',
  total: ({ stamps, goal }) => `スタンプ${stamps}個・${goal}個ごとに特典`,
  ready: (rewards) => `使える特典 ${rewards}個`,
  lastStamp: (when) => `最後のスタンプ ${when}`,
  open: (masked) => `${masked}の履歴`,
  back: 'ほかのお客さまを探す',
  code: 'カードの文字',
  history: '履歴',
  noHistory: 'まだ何もありません。',
  older: '前の履歴を見る',
  showNumber: '全体の番号を見る',
  showNumberAbout: 'オーナーだけが見られます。見るたびに監査記録に残り、この画面に一度だけ表示します。',
  number: '全体の番号',
  numberAbout: '見たことを記録しました。画面を離れると、もう表示されません。',
}

export function customersWordsIn(language: Language): CustomersWords {
  return { ko, en, ja }[language]
}
