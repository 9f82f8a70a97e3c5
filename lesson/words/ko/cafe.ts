/** 손님의 브라우저 안: 카페의 화면, 오간 줄, 남의 사이트. */

import type { CafeWords, StrangerPageWords, WireWords } from '../cafe-words.ts'

export const cafe: CafeWords = {
  name: '온기 커피',
  card: '쿠폰',
  free: '무료 커피',
  stamps: (stamps) => `도장 ${stamps}개`,
  seals: (stamps) => `도장 10개 중 ${Math.min(stamps, 10)}개`,
  missing: (missing) => `${missing}개 더 모으면 커피 한 잔을 드려요`,
  ready: '무료 커피가 준비됐어요',
  unknown: '어느 분의 쿠폰인지 몰라요',
  phone: '휴대폰 번호',
  stamp: '적립하기',
  useCoffee: '무료 커피 받기',
  coffee: '무료 커피 한 잔 나왔습니다',
  forget: '내가 아니에요',
  elsewhere: '다른 곳에서 모은 도장은 직원이 확인해 드리면 보여요.',
  refusals: {
    forged: '서명이 맞지 않는 쿠키예요. 없는 것으로 칩니다.',
    'not-enough': '아직 도장이 모자라요.',
    phone: '010으로 시작하는 번호 열한 자리를 적어 주세요.',
    'fetch-metadata': '403: 다른 사이트가 보낸 요청이에요 (Sec-Fetch-Site).',
    origin: '403: 다른 사이트가 보낸 요청이에요 (Origin).',
    referer: '403: 다른 사이트가 보낸 요청이에요 (Referer).',
    cookie: '403: 이 브라우저에는 우리 CSRF 쿠키가 없어요.',
    token: '403: 폼에 우리 CSRF 토큰이 없어요.',
  },
  backToCard: '쿠폰으로 돌아가기',
}

const days = (seconds: number) => (seconds >= 86_400 ? `${Math.round(seconds / 86_400)}일` : `${seconds}초`)

export const wire: WireWords = {
  exchange: '방금 오간 줄',
  noCookie: '(Cookie 줄 없음)',
  noSetCookie: '(Set-Cookie 줄 없음)',
  attributes: '속성마다 무슨 뜻일까',
  says: {
    value: (name) =>
      `쿠키 ${name}의 값이에요. 돌아올 때는 이 이름=값만 옵니다. 속성은 브라우저만 알고 돌려보내지 않아요.`,
    maxAge: (seconds) =>
      seconds <= 0
        ? '지금 바로 지우라는 뜻이에요.'
        : `${days(seconds)} 동안 간직해요. 지나면 브라우저가 버려요.`,
    session: 'Max-Age도 Expires도 없으니 브라우저를 닫을 때까지예요.',
    path: (path) => `${path} 아래로 가는 요청에 실려요. 보안 경계는 아니에요.`,
    httpOnly: '페이지의 스크립트(document.cookie)에는 보이지 않아요. 개발자 도구에는 보여요.',
    readable: 'HttpOnly가 없어서 페이지의 스크립트가 읽고 고칠 수 있어요.',
    secure: 'https로만 보내요.',
    insecure: 'Secure가 없어요. 수업은 http라서 그래요. 실제 서비스에서는 붙입니다.',
    sameSite: {
      Lax: '다른 사이트에서 온 POST에는 싣지 않고, 링크를 눌러 온 방문에는 실어요.',
      Strict: '다른 사이트에서 온 것이면 링크여도 싣지 않아요.',
      None: '다른 사이트에서 온 요청에도 실어요. Secure가 꼭 있어야 해요.',
    },
    hostOnly: (host) => `Domain이 없어요. 그래서 ${host}에만 돌아가고, 옆 손님의 주소로는 가지 않아요.`,
  },
  documentCookie: 'document.cookie에 보이는 것',
  documentCookieEmpty: '(아무것도 없음)',
  documentCookieNoScript: '여기는 자바스크립트가 있어야 볼 수 있어요.',
  server: '서버가 기억하는 것',
  serverNothing: '(아무것도 없음: 모두 쿠키에 있어요)',
  again: '다시 보기 (GET)',
}

export const strangers: Record<'evil' | 'blog', StrangerPageWords> = {
  evil: {
    title: '축하합니다, 경품 당첨!',
    lead: 'evil.localhost, 카페와 아무 상관 없는 사이트입니다. 손님 A가 이 페이지를 보고 있어요.',
    button: '경품 받기',
    link: '링크로 카페에 가기 (GET)',
    post: '폼으로 카페에 보내기 (POST)',
  },
  blog: {
    title: '온기 커피 블로그',
    lead: 'blog.cafe.localhost, 카페와 같은 사이트(site)에 있지만 누군가 몰래 고쳐 놓은 블로그입니다. 손님 A가 보고 있어요.',
    button: '글 더 읽기',
    link: '링크로 카페에 가기 (GET)',
    post: '폼으로 카페에 보내기 (POST)',
  },
}
