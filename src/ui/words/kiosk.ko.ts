// The kiosk in Korean.
import type { KioskWords } from './kiosk-words.ts'

const numerals = ['', '한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열']

/** 열 잔; from eleven on in figures: 11잔. */
function count(number: number, unit: string): string {
  const numeral = numerals[number]
  return numeral ? `${numeral} ${unit}` : `${number}${unit}`
}

export const kioskKo: KioskWords = {
  title: '적립',
  invitation: '전화번호만 눌러 주세요',
  promise: ({ cost, reward }) =>
    reward === null
      ? `커피 ${count(cost, '잔')}에 한 잔을 드립니다`
      : `도장 ${count(cost, '개')}에 ${reward} 드립니다`,
  scan: {
    toStamp: '휴대폰으로 찍으면 다음부터는 번호도 필요 없어요',
    toSee: '휴대폰으로 찍으면 내 카드를 볼 수 있어요',
  },
  qr: '이 카페의 도장 카드를 여는 QR',
  codeTurns: '코드는 30초마다 바뀝니다',
  codeNow: '지금 코드',

  keypad: '번호판',
  typed: '누른 번호',
  nothingTyped: '아직 누르지 않았어요',
  backspace: '한 자리 지우기',
  zero: '0, 길게 누르면 +',
  stamp: '적립',
  unfinished: '번호를 끝까지 눌러 주세요',
  needsScript: '이 화면은 자바스크립트가 켜져 있어야 쓸 수 있어요. 번호는 카운터에 말씀해 주세요.',

  readBack: '누르신 번호',
  isItRight: '맞으세요?',
  yes: '네, 찍어 주세요',
  correct: '고칠게요',
  underWay: '찍고 있어요…',

  stamped: '도장을 찍었어요',
  thanks: '고맙습니다',
  onYourPhone: '이 카드를 휴대폰으로',
  howToClaim: 'QR을 찍고 직원에게 말씀해 주세요. 확인해 드리면 모은 도장이 모두 보여요.',
  hold: 'QR을 누르면 30초 동안 보여 드려요',
  held: '30초 동안 보여 드릴게요',
  next: '다음 분',

  again: '다시 누르기',
  startAgain: '처음으로',
  noAnswer: '지금은 연결되지 않아요. 카운터에 말씀해 주세요. 누르신 번호는 아직 그대로예요.',

  settings: '화면 설정',
  large: '큰 글씨',
  contrast: '또렷하게',
  online: '온라인',
  offline: '연결 끊김',
}
