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
}
