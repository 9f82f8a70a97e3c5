// オーナーとマネージャーの画面で使うことば。
import type { OwnerWords } from './owner-words.ts'

export const ja: OwnerWords = {
  menu: 'メニュー',
  places: {
    home: '今日',
    customers: 'お客さま',
    programme: 'スタンプのルール',
    devices: '店舗・端末',
    staff: 'スタッフ',
    audit: '監査記録',
    security: 'アカウント・安全',
  },
  roles: { owner: 'オーナー', manager: 'マネージャー', staff: 'スタッフ' },
  signedIn: ({ name, role }) => `${name}・${ja.roles[role]}`,
  signOut: 'サインアウト',
}
