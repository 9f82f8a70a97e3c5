/** 방법마다 같은 화면의 말: 제목, 결과, 실제로 일어난 일. */

import type { PageWords } from '../page-words.ts'
import { cafe } from './cafe.ts'

const name = { a: 'A', b: 'B' }
const count = (stamps: number | null) =>
  stamps === null ? '누구인지 몰라 번호를 묻습니다' : `도장 ${stamps}개입니다`

export const page: PageWords = {
  tryIt: '해 보기',
  tryLead: '두 브라우저는 주소가 달라서 쿠키 통도 따로예요. 도장을 찍고, 아래에 오간 줄을 읽어 보세요.',
  customer: (who) => `손님 ${name[who]}`,
  frameTitle: (who) => `손님 ${name[who]}의 브라우저`,
  where: '개수가 있는 곳',
  whoCan: '바꿀 수 있는 사람',
  whatBreaks: '깨지는 것',
  attacks: '깨뜨리기',
  attackNumber: (number) => `공격 ${number}`,
  happened: '일어난 일',
  why: '왜 그럴까',
  whyNext: '그래서 다음은',
  worked: '뚫렸어요',
  held: '막았어요',
  otherwise: '이 컴퓨터에서는 예상과 다르게 나왔어요. 위의 기록이 실제로 일어난 일입니다.',
  code: (lines) => `돌아가는 코드, ${lines}줄 전부`,
  codeLabel: '이 방법의 소스 코드',
  startOver: '이 화면 처음부터 다시',
  startedOver: '두 브라우저와 서버의 기억을 비웠어요.',
  thereforeNext: '그래서 다음 방법은',
  strangerFrame: (stranger) =>
    stranger === 'evil' ? '남의 사이트 evil.localhost' : '형제 사이트 blog.cafe.localhost',
  facts: {
    sent: ({ who, cookie }) =>
      `${name[who]}의 브라우저가 보낸 줄: ${cookie === null ? '(쿠키 없음)' : `Cookie: ${cookie}`}`,
    written: ({ who, cookie }) => `${name[who]}의 쿠키 통에 손으로 적어 넣음: ${cookie}`,
    typed: ({ who, phone }) => `${name[who]}가 번호를 입력: ${phone}`,
    shown: ({ who, stamps }) => `카페가 ${name[who]}에게 보여 준 것: ${count(stamps)}`,
    stamped: ({ who, stamps }) => `${name[who]}가 도장을 찍음. ${count(stamps)}`,
    coffee: ({ who, stamps }) => `${name[who]}가 무료 커피를 받음. 남은 것은 ${count(stamps)}`,
    refused: ({ who, reason }) => `카페가 ${name[who]}의 요청을 거절함: ${cafe.refusals[reason]}`,
    forgotten: ({ who }) => `${name[who]}가 “내가 아니에요”를 누름. 서버가 그 브라우저를 목록에서 지움`,
    restarted: ({ before, after }) => `프로세스 ${before}번을 끝내고 ${after}번을 새로 띄움`,
    address: ({ address, stamps }) => `같은 손님이 주소 ${address}에서 와서 도장을 찍음. ${count(stamps)}`,
  },
}
