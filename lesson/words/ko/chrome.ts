/** 모든 화면에 있는 말과 첫 화면. */

import type { ChromeWords, OverviewWords } from '../page-words.ts'

export const chrome: ChromeWords = {
  languageName: '한국어',
  lesson: '도장 열 개를 어디에 적어 둘까',
  overview: '한눈에 보기',
  rules: '쿠키의 규칙',
  belongs: '쿠키에 담을 것',
  skip: '본문으로 건너뛰기',
  chapters: '차례',
  previous: '이전',
  next: '다음',
  themes: { auto: '자동', light: '밝게', dark: '어둡게' },
  language: '언어',
  theme: '화면 색',
  noScript: '자바스크립트가 꺼져 있어요. 버튼은 모두 그대로 눌리고, document.cookie만 보여 드릴 수 없어요.',
  loopbackOnly:
    '이 수업의 카페들은 일부러 허술하게 만들었어요. 이 컴퓨터 안에서만 열리고, 공격도 여기 있는 카페에만 해요.',
  porch: (origin) => `수업은 ${origin} 에서 열려요. 아래 링크가 그리로 안내합니다.`,
}

export const overview: OverviewWords = {
  title: '도장 열 개를 어디에 적어 둘까',
  lead: [
    '카페의 종이 쿠폰에는 “이 손님은 지금까지 몇 잔”이 적혀 있어요. 손님이 다시 올 때까지 남아 있어야 하는 것, 그것이 상태입니다. 그런데 HTTP는 요청 하나가 끝나면 누가 왔었는지 잊어요.',
    '그래서 서버는 응답에 Set-Cookie 한 줄을 붙이고, 브라우저는 그것을 간직했다가 다음 요청마다 Cookie 한 줄로 돌려줍니다. 쿠폰을 지갑에 넣었다가 갈 때마다 꺼내는 것과 같아요.',
    '그럼 도장 개수는 어디에 적을까요? 여덟 가지로 해 보고, 하나씩 직접 깨뜨려 봅니다. 깨진 이유가 바로 다음 방법이 필요한 이유예요.',
  ],
  caption: '여덟 가지 방법: 무엇을 어디에 두고, 누가 바꿀 수 있고, 무엇이 깨지나',
  columns: ['방법', '개수가 있는 곳', '바꿀 수 있는 사람', '깨지는 것'],
  start: '첫 번째 방법부터',
  howTo:
    '화면마다 손님 A와 B의 브라우저가 나란히 있고, 쿠키 통은 따로예요. 도장을 찍어 보고, 오간 Cookie와 Set-Cookie를 읽고, 공격 버튼을 눌러 보세요. ← → 키로도 넘어갑니다.',
  browsers:
    'Chrome, Edge, Firefox에서 바로 열려요. Safari가 cafe.localhost를 못 찾으면 다른 브라우저를 써 주세요.',
}
