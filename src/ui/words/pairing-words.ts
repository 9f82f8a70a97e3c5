// What a tablet that is not paired yet asks for.
import type { Language } from './words.ts'

type PairingWords = {
  titles: { kiosk: string; counter: string }
  about: string
  code: string
  pair: string
}

const ko: PairingWords = {
  titles: { kiosk: '손님용 태블릿 연결', counter: '카운터 태블릿 연결' },
  about:
    '사장님 화면의 ‘매장 · 기기’에서 기기를 더하면 숫자 여섯 자리가 나와요. 10분 안에 여기에 적어 주세요.',
  code: '연결 번호',
  pair: '이 태블릿 연결하기',
}

const en: PairingWords = {
  titles: { kiosk: 'Pair this tablet for customers', counter: 'Pair this tablet for the counter' },
  about:
    'Add the tablet under “Branches · devices” on the owner’s page: it shows six digits. Type them here within 10 minutes.',
  code: 'Pairing code',
  pair: 'Pair this tablet',
}

const ja: PairingWords = {
  titles: { kiosk: 'お客さま用タブレットの接続', counter: 'カウンター用タブレットの接続' },
  about:
    'オーナー画面の「店舗・端末」で端末を加えると、6けたの数字が出ます。10分以内にここに入れてください。',
  code: '接続番号',
  pair: 'このタブレットを接続する',
}

export function pairingWordsIn(language: Language): PairingWords {
  return { ko, en, ja }[language]
}
