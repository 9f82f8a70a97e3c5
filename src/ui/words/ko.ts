// Korean, as a café owner would say it across the counter.
import { counterRefusals } from './counter-refusals.ts'
import type { Words } from './words.ts'

const numerals = ['', '한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉', '열']

/** 세 번, 열 개; from eleven on in figures: 11번. */
function count(number: number, unit: string): string {
  const numeral = numerals[number]
  return numeral ? `${numeral} ${unit}` : `${number}${unit}`
}

const gift = (reward: string | null) => (reward === null ? '커피 한 잔을' : reward)

export const ko: Words = {
  languageName: '한국어',
  language: '언어',
  theme: '화면 색',
  themes: { auto: '자동', light: '밝게', dark: '어둡게' },
  trial: '이 카페는 도장(Dojang)을 시험해 보고 있어요. 적립은 각자 자기 휴대폰으로 해 주세요.',
  date: ({ year, month, day }) => `${year === null ? '' : `${year}년 `}${month}월 ${day}일`,
  today: (time) => `오늘 ${time}`,

  card: '도장 카드',
  home: '카페',
  backHome: '처음으로',
  backToCard: '내 카드로',
  chooseCafe: '어느 카페에 오셨어요?',
  noCafeYet: '아직 문을 연 카페가 없어요.',
  oops: '잠깐만요',
  notFound: '여기에는 아무것도 없어요',

  phone: '휴대폰 번호',
  phoneUse:
    '번호는 도장을 세는 데만 써요. 암호화해서 이 카페가 직접 보관하고, 다음부터는 이 휴대폰이 기억해서 다시 적지 않아도 돼요.',
  stamp: '적립하기',
  stampAtCounter: '적립은 카운터에서 해 드려요. 이 화면을 보여 주시거나 번호를 말씀해 주세요.',
  numberAtCounter: '카운터에서 번호를 말씀하시고 그곳의 QR을 찍으면, 여기에 카드가 보여요.',
  cardQr: (letters) => `내 카드 QR, 글자로는 ${letters}`,
  cardLetters: '카드 글자',
  counterCode: '카운터에 보이는 숫자 여섯 자리',
  counterCodeUse: '30초마다 바뀌어요. 카운터의 QR을 찍으면 적지 않아도 돼요.',
  askForStamp: '적립 요청하기',
  requestWaits: (until) => `직원이 확인하고 있어요. ${until}까지 기다려 주세요.`,
  requestOver: {
    refused: '이번에는 직원이 적립하지 않았어요. 도장은 그대로예요. 카운터에 말씀해 주세요.',
    expired: '2분 동안 확인한 직원이 없어서 요청이 끝났어요. 도장은 그대로예요. 다시 요청해 주세요.',
  },
  forgotten: '이 휴대폰에서 번호를 지웠어요. 도장은 그 번호에 그대로 있어요.',
  notMe: '내가 아니에요',
  forgetFirst: (maskedPhone) =>
    `지금까지 모은 도장은 ${maskedPhone} 번호에 그대로 남아요. 다만 번호를 다시 적어도 이 도장은 바로 보이지 않고, 카운터에서 직원이 확인해 드려야 다시 볼 수 있어요.`,
  forget: '이 휴대폰에서 번호 지우기',

  freeCoffee: '무료 커피 한 잔',
  free: '무료',
  treat: '혜택',
  promise: ({ goal, reward }) => `도장 ${count(goal, '개')} 모으시면 ${gift(reward)} 드려요`,
  missing: ({ stamps, reward }) => `${count(stamps, '번')}만 더 오시면 ${gift(reward)} 드려요`,
  ready: ({ rewards, reward }) =>
    reward === null
      ? `무료\u00a0커피 ${count(rewards, '잔').replace(' ', '\u00a0')}이 준비됐어요`
      : `${reward}${rewards > 1 ? ` ${count(rewards, '개')}` : ''} 준비됐어요`,
  useReward: (reward) => `${reward ?? '무료 커피'} 쓰러 가기`,
  seals: ({ stamps, goal }) => `도장 ${goal}개 중 ${stamps}개`,
  total: (stamps) => `도장 ${stamps}개`,
  stamped: (stamps) => (stamps === 1 ? '도장을 찍었어요' : `도장 ${count(stamps, '개')} 찍었어요`),
  lastStamp: (when) => `마지막 적립 ${when}`,
  noStampYet: '아직 찍은 도장이 없어요',
  elsewhere: '다른 곳에서 모은 도장은 직원이 확인해 드리면 여기에 함께 보여요.',
  claimed: '이제 모은 도장이 모두 보여요',
  claimWaits: '방금 찍은 도장을 옮겨 왔어요. 직원이 확인하면 나머지 도장도 보여요',
  copied:
    '이 카드가 다른 곳에서도 열려서, 이 휴대폰에서 모은 도장만 보이게 해 두었어요. 도장은 그대로 있어요. 카운터에서 확인받으시면 다시 모두 볼 수 있어요.',
  copiedRead: '알겠어요',
  browsers: '이 카드를 보는 휴대폰',
  thisBrowser: '이 휴대폰',
  otherBrowser: '다른 휴대폰',
  linkedSince: (when) => `${when}부터`,
  unlink: '연결 끊기',

  claimTitle: (maskedPhone) => `${maskedPhone} 카드를 이 휴대폰에서 볼까요?`,
  claimUse: '모은 도장이 모두 보이고, 이 휴대폰에서 쓸 수 있어요. 내 휴대폰에서만 눌러 주세요.',
  claimKioskUse:
    '방금 찍은 도장이 이 휴대폰에 보여요. 나머지 도장은 직원이 확인하면 함께 보여요. 내 휴대폰에서만 눌러 주세요.',
  claimInstead: (maskedPhone) =>
    `이 휴대폰은 지금 ${maskedPhone} 카드를 보고 있어요. 누르면 그 번호는 이 휴대폰에서 지워져요. 도장은 그 번호에 그대로 남아요.`,
  claim: '이 휴대폰에서 보기',

  history: '적립 내역',
  older: '이전 내역 보기',
  entries: {
    stamp: { gained: '적립', lost: '적립' },
    redeem: { gained: '혜택 돌려받음', lost: '혜택 사용' },
    void: { gained: '사용 취소', lost: '적립 취소' },
    move: { gained: '다른 번호에서 옮겨 옴', lost: '다른 번호로 옮김' },
    expire: { gained: '기한 연장', lost: '기한이 지남' },
    adjust: { gained: '직원이 더함', lost: '직원이 뺌' },
    import: { gained: '예전 쿠폰에서 옮겨 옴', lost: '예전 쿠폰에서 옮겨 옴' },
    merge: { gained: '다른 카드와 합침', lost: '다른 카드로 합침' },
  },
  freeCoffeeUsed: '무료 커피 사용',
  usedElsewhere: '다른 곳에서 사용됨',

  ask: (reward) => (reward === null ? '무료 커피를 지금 쓸까요?' : `${reward}, 지금 쓸까요?`),
  askWhich: '무엇을 드릴까요?',
  pressInFront:
    '바리스타 앞에서 눌러 주세요. 누르면 바로 도장이 쓰이고, 2분 동안 이 화면을 보여 줄 수 있어요.',
  useNow: '지금 쓰기',
  notNow: '다음에 쓸게요',
  moreReady: '하나 더 쓸 수 있어요',
  showBarista: '바리스타에게 보여 주세요',
  timeLeft: '남은 시간',
  usedAt: (when) => `사용됨 ${when}`,
  ticketOver: '이미 사용했어요',

  refusals: {
    'cross-site':
      '다른 사이트에서 보낸 요청이라 받지 않았어요. 도장은 그대로예요. 이 화면에서 다시 눌러 주세요.',
    'bad-origin':
      '이 카페의 화면에서 온 요청인지 알 수 없어 받지 않았어요. 도장은 그대로예요. 이 화면에서 다시 눌러 주세요.',
    'no-csrf-cookie':
      '쿠키가 없어서 받지 못했어요. 도장은 그대로예요. 브라우저에서 쿠키를 켜고 다시 눌러 주세요.',
    'bad-token': '화면이 오래되어 받지 못했어요. 도장은 그대로예요. 한 번 더 눌러 주세요.',
    'key-missing': '요청이 온전히 오지 않아 받지 못했어요. 도장은 그대로예요. 한 번 더 눌러 주세요.',
    'key-malformed': '요청이 온전히 오지 않아 받지 못했어요. 도장은 그대로예요. 한 번 더 눌러 주세요.',
    'key-reused':
      '같은 화면에서 이미 다른 내용을 보내셨어요. 먼저 보내신 것은 그대로예요. 확인하고 다시 눌러 주세요.',
    'phone-missing': '휴대폰 번호를 적어 주세요. 아직 아무것도 찍지 않았어요.',
    'phone-invalid':
      '쓸 수 없는 번호예요. 아직 아무것도 찍지 않았으니, 숫자를 다시 확인해 주세요. 해외 번호는 +와 국가 번호부터 적어 주세요.',
    'field-invalid': '쓸 수 없는 내용이 들어 있어요. 바뀐 것은 없으니, 고쳐서 다시 눌러 주세요.',
    'reward-unknown': '고르신 혜택이 지금은 없어요. 도장은 그대로예요. 다시 골라 주세요.',
    'not-enough': '도장이 모자라서 쓸 수 없었어요. 이번에 쓰인 도장은 없어요. 지금 도장 수를 확인해 주세요.',
    'counter-only':
      '이 카페에서는 카운터에서 적립해 드려요. 도장은 그대로예요. 카운터에서 번호를 말씀해 주세요.',
    'not-found': '주소가 바뀌었거나 잘못 적힌 것 같아요. 도장은 그대로예요. 아래에서 다시 시작해 주세요.',
    'cafe-not-found':
      '이 주소의 카페를 찾지 못했어요. 도장은 그대로예요. QR을 다시 찍거나 아래에서 카페를 골라 주세요.',
    'wrong-method': '이 주소는 이렇게 열 수 없어요. 바뀐 것은 없어요. 아래에서 다시 시작해 주세요.',
    'too-large': '보내신 내용이 너무 커서 받지 않았어요. 바뀐 것은 없어요. 줄여서 다시 보내 주세요.',
    'not-a-form': '읽을 수 없는 형식이라 받지 않았어요. 바뀐 것은 없어요. 이 화면의 단추로 다시 보내 주세요.',
    'bad-request': '요청을 읽을 수 없었어요. 바뀐 것은 없어요. 화면을 새로 열고 다시 해 주세요.',
    'wrong-host': '이 카페의 주소가 아니에요. 바뀐 것은 없어요. 카페의 QR을 다시 찍어 주세요.',
    'url-too-long': '주소가 너무 길어요. 바뀐 것은 없어요. 카페의 QR을 다시 찍어 주세요.',
    'header-too-large':
      '브라우저가 너무 많은 것을 보냈어요. 도장은 그대로예요. 이 사이트의 쿠키를 지우고 다시 열어 주세요.',
    'too-slow': '요청이 다 오기 전에 시간이 지났어요. 바뀐 것은 없어요. 연결을 확인하고 다시 눌러 주세요.',
    busy: '지금 한꺼번에 많이 몰렸어요. 아직 아무것도 바뀌지 않았어요. 잠시 뒤에 다시 눌러 주세요.',
    'cannot-write':
      '지금은 저장할 수 없어서 받지 않았어요. 모은 도장은 그대로예요. 잠시 뒤에 다시 눌러 주세요.',
    bug: '저희 쪽에서 문제가 생겼어요. 모은 도장은 그대로 있어요. 카드를 새로 열어 확인하고 다시 해 주세요.',
    ...counterRefusals.ko,
  },
  againAt: (when) => `${when}부터 다시 할 수 있어요.`,
  askAtCounter: '지금은 여기서 찍을 수 없어요. 바뀐 것은 없어요. 카운터에 말씀해 주세요.',
}
