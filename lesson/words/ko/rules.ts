/** 쿠키의 규칙: 만료, 도메인, 경로, Secure, HttpOnly, SameSite, CSRF의 403. */

import type { RulesWords } from '../words.ts'

export const rules: RulesWords = {
  title: '쿠키의 규칙',
  lead: [
    '쿠키는 이름=값 한 쌍과, 브라우저에게 남기는 당부(속성)로 되어 있어요. 당부는 브라우저만 읽고, 서버로는 이름=값만 돌아옵니다.',
    '규칙은 RFC 6265bis에 있어요. 여기서는 이 브라우저가 정말 어떻게 하는지 하나씩 해 봅니다.',
  ],
  travel: '언제 실려 가나',
  travelLines: [
    '주소를 열 때, 새로 고칠 때, 링크를 누를 때, 폼을 보낼 때, 그림과 스크립트를 가져올 때, fetch()를 부를 때. 조건이 맞으면 매번 저절로 실려요.',
    '서버가 받은 쿠키 목록은 읽기용이에요. 더하고 바꾸고 지우는 길은 Set-Cookie 하나뿐입니다. 지울 때도 같은 이름, Domain, Path에 Max-Age=0을 보내요.',
    '포트는 쿠키를 나누지 않아요. 같은 호스트의 8000번과 8001번은 같은 쿠키를 봅니다.',
    '이름과 값을 더해 4096바이트가 넘으면 브라우저가 말없이 버려요. 수명은 길어야 400일입니다.',
  ],
  experiments: '속성을 하나씩',
  experimentsLead:
    '버튼을 누르면 x.jar.cafe.localhost가 그 줄을 보내고, 브라우저가 세 곳에 들러 무엇을 돌려주는지 봅니다.',
  set: '이 줄 보내기',
  cameBack: '돌아왔어요',
  notBack: '오지 않았어요',
  placeNames: {
    x: 'x.jar.cafe.localhost/ (쿠키를 준 곳)',
    menu: 'x.jar.cafe.localhost/menu/',
    y: 'y.jar.cafe.localhost/ (형제 호스트)',
  },
  jarFrame: '지금 이 브라우저가 x.jar.cafe.localhost에 보내는 것',
  jarLead: '스크립트에 보이는 것도 함께 보세요. HttpOnly 쿠키는 여기에 없습니다.',
  jarTitle: 'x.jar.cafe.localhost',
  jarMenu: '/menu/ 로',
  strangerLead:
    '남의 사이트에서 카페로 넘어갈 때는 SameSite가 정해요. Lax, Strict, None을 하나씩 설정한 뒤 눌러 보세요. 새 탭에서 열립니다.',
  each: {
    session: {
      title: '수명을 적지 않으면',
      expect: '브라우저를 닫을 때까지 살아요. “세션 쿠키”라고 부르지만 서버의 세션과는 다른 말이에요.',
    },
    'max-age': {
      title: '수명 5초',
      expect:
        '지금은 돌아와요. 5초 뒤 아래에서 “다시 보기”를 누르면 사라졌습니다. Expires는 날짜로, Max-Age는 초로 적고, 둘 다 있으면 Max-Age가 이겨요.',
    },
    expired: { title: '지우기', expect: '수명 0이면 브라우저가 바로 버려요. 삭제도 이렇게 합니다.' },
    path: {
      title: '경로 /menu/',
      expect:
        '/menu/ 아래로 갈 때만 실려요. 다른 경로의 스크립트가 들여다볼 수 있으니 보안 경계로 쓰지는 마세요.',
    },
    domain: {
      title: 'Domain을 적으면',
      expect:
        '그 도메인과 그 아래 모든 호스트로 가요. 적지 않으면 준 호스트에만 갑니다. 적지 않는 쪽이 더 좁고 안전해요.',
    },
    'wrong-domain': {
      title: '남의 Domain',
      expect: '자기를 포함하지 않는 도메인은 받아 주지 않아요. 남의 카페 쿠폰은 줄 수 없습니다.',
    },
    'http-only': {
      title: 'HttpOnly',
      expect: '서버로는 돌아오지만 document.cookie에는 보이지 않아요. 개발자 도구에는 보입니다.',
    },
    secure: {
      title: 'Secure',
      expect:
        'https로만 오가요. 다만 Chrome과 Firefox는 이 컴퓨터 안의 주소(localhost)를 안전하다고 여겨 http여도 받아 줍니다.',
    },
    lax: {
      title: 'SameSite=Lax',
      expect: '같은 사이트에서는 그대로 와요. 남의 사이트에서는 링크로 올 때만.',
    },
    strict: {
      title: 'SameSite=Strict',
      expect: '같은 사이트에서는 그대로 와요. 남의 사이트에서는 링크로 와도 오지 않아요.',
    },
    none: { title: 'SameSite=None', expect: '남의 사이트에서 와도 실려요. Secure가 있어야 합니다.' },
    'none-insecure': { title: 'Secure 없는 None', expect: '브라우저가 말없이 버려요.' },
    host: {
      title: '__Host- 이름',
      expect: '이름이 약속이에요: Secure, Path=/, Domain 없음. 형제 호스트가 몰래 심을 수 없습니다.',
    },
    'host-broken': { title: '약속을 어긴 __Host-', expect: 'Secure가 없으니 브라우저가 버려요.' },
  },
  csrf: 'CSRF의 403, 그리고 왜 절대 끄지 않나',
  csrfLines: [
    '쿠키는 저절로 실려요. 그래서 남의 사이트에 있는 폼이 카페로 보낸 요청에도 손님의 쿠키가 실릴 수 있고, 서버는 손님이 누른 것으로 여깁니다. 이것이 CSRF(사이트 간 요청 위조)예요.',
    '막는 법: 우리 폼에만 있는 토큰을 확인해요. 남의 사이트는 우리 페이지를 읽을 수 없으니 토큰을 알 수 없습니다. 그 앞에서 Sec-Fetch-Site와 Origin도 봅니다. 맞지 않으면 403.',
    '배울 때 검사를 잠깐 끄고 넘어가는 예제가 많아요. 4번과 7번이 바로 그렇게 만든 카페예요. 4번이 어떻게 되는지는 바로 아래에서, 7번은 그 화면에서 볼 수 있습니다. 서비스의 폼에서는 절대 끄지 마세요. 403이 나오면 끄는 대신 폼에 토큰을 넣으면 됩니다.',
  ],
  csrfFrame: '남의 사이트의 두 버튼: 검사하지 않는 카페(4)와 검사하는 카페(8)로',
}
