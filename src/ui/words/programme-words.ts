// What the owner's page of the programme says, besides the words of setup (setup-words.ts).
import type { Language } from './words.ts'

type ProgrammeWords = {
  title: string
  promise: string
  kiosk: string
  kioskShows: { yes: { label: string; note: string }; no: { label: string; note: string } }
  save: string
  limits: string
  limitsAbout: string
  limitsTrial: string
  ownerOnly: string
  gap: string
  visits: string
  atOnce: string
  askedAgain: string
  confirm: string
}

const ko: ProgrammeWords = {
  title: '적립 규칙',
  promise: '반쯤 모은 카드는 시작할 때 약속한 개수를 그대로 지켜요. 개수를 줄이면 모두에게 바로 적용돼요.',
  kiosk: '키오스크에 도장 수를 보여 줄까요?',
  kioskShows: {
    yes: { label: '보여 주기', note: '찍은 다음 지금까지 모은 수가 화면에 보여요.' },
    no: { label: '감추기', note: '찍었다는 말만 보여요. 모은 수는 손님 휴대폰에서 봐요.' },
  },
  save: '저장',
  limits: '한도',
  limitsAbout: '직원은 자기 이름을 남기고 한도를 넘겨 찍을 수 있고, 그 줄은 ‘오늘’에 표시돼요.',
  limitsTrial: '시험 중에는 한도가 없어요.',
  ownerOnly: '사장님만 바꿀 수 있어요.',
  gap: '한 카드에 다시 찍기까지 (초)',
  visits: '하루에 찍는 횟수',
  atOnce: '한 번에 찍는 도장 수',
  askedAgain: '한도를 느슨하게 바꾸려면 로그인한 지 5분이 지났을 때 본인인지 한 번 더 확인해요.',
  confirm: '본인 확인하기',
}

const en: ProgrammeWords = {
  title: 'Programme',
  promise:
    'Cards that are half full keep the number they started under. A smaller number is for everybody at once.',
  kiosk: 'Does the kiosk show the count?',
  kioskShows: {
    yes: { label: 'Show it', note: 'After a stamp the screen says how many there are now.' },
    no: {
      label: 'Keep it off',
      note: 'It says only that a stamp was given. Customers see the count on their phone.',
    },
  },
  save: 'Save',
  limits: 'Limits',
  limitsAbout: 'Staff may go over a limit with their name: such lines are marked under “Today”.',
  limitsTrial: 'There are no limits while the café is on trial.',
  ownerOnly: 'Only the owner can change these.',
  gap: 'Seconds until a card can be stamped again',
  visits: 'Visits a day',
  atOnce: 'Stamps in one visit',
  askedAgain:
    'To loosen a limit you are asked who you are again, unless you signed in less than 5 minutes ago.',
  confirm: 'Confirm that it is you',
}

const ja: ProgrammeWords = {
  title: 'スタンプのルール',
  promise:
    '途中まで集まったカードは、始めたときに約束した数のままです。数を減らすと、すぐに全員に当てはまります。',
  kiosk: 'キオスクにスタンプの数を出しますか',
  kioskShows: {
    yes: { label: '出す', note: '押したあと、今までの数が画面に出ます。' },
    no: { label: '出さない', note: '押したことだけを伝えます。数はお客さまの電話で見られます。' },
  },
  save: '保存',
  limits: '上限',
  limitsAbout: 'スタッフは名前を残して上限を超えられます。その行は「今日」に印がつきます。',
  limitsTrial: 'お試し中は上限がありません。',
  ownerOnly: '変えられるのはオーナーだけです。',
  gap: '同じカードに次に押せるまで（秒）',
  visits: '1日に押せる回数',
  atOnce: '一度に押せる数',
  askedAgain: '上限をゆるめるときは、サインインから5分が過ぎていれば、もう一度ご本人か確かめます。',
  confirm: '本人確認をする',
}

export function programmeWordsIn(language: Language): ProgrammeWords {
  return { ko, en, ja }[language]
}
