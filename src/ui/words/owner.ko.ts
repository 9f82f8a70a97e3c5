// 사장님과 매니저의 화면에서 하는 말.
import type { OwnerWords } from './owner-words.ts'

export const ko: OwnerWords = {
  menu: '메뉴',
  places: {
    home: '오늘',
    customers: '고객',
    programme: '적립 규칙',
    devices: '매장 · 기기',
    staff: '직원',
    audit: '감사 기록',
    security: '내 계정 · 보안',
  },
  roles: { owner: '사장님', manager: '매니저', staff: '직원' },
  signedIn: ({ name, role }) => `${name} · ${ko.roles[role]}`,
  signOut: '로그아웃',
  done: {
    saved: '저장했어요',
    'person-added': '추가했어요. PIN을 정하면 바로 카운터에서 일할 수 있어요',
    'person-ready': '추가했어요. 지금부터 카운터 태블릿에서 PIN으로 일할 수 있어요',
    'link-shown': '그 링크는 이미 한 번 보여 드렸어요. 없어졌다면 새로 만들어 주세요',
    'pin-set': 'PIN을 정했어요. 지금부터 카운터 태블릿에서 쓸 수 있어요',
    'person-ended': '그만두었어요. 모든 기기에서 나갔어요',
    'person-back': '다시 일할 수 있어요',
    'branch-added': '매장을 추가했어요',
    'device-added': '기기를 추가했어요. 이제 태블릿에서 번호를 눌러 주세요',
    'code-made': '새 번호를 만들었어요',
    'device-revoked': '이 태블릿은 이제 쓸 수 없어요',
    'pins-cleared': '지금 바로 PIN을 다시 누를 수 있어요',
    'password-set': '비밀번호를 바꿨어요. 다른 곳에서는 모두 로그아웃했어요',
    'session-ended': '로그아웃시켰어요',
    'sessions-ended': '다른 곳에서는 모두 로그아웃시켰어요',
    'factor-added': '추가했어요. 다음 로그인부터 쓸 수 있어요',
    'factor-removed': '지웠어요',
  },
}
