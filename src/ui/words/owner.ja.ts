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
  done: {
    saved: '保存しました',
    'person-added': '加えました。PINを決めるとすぐにカウンターで働けます',
    'person-ready': '加えました。今からカウンターのタブレットでPINを使って働けます',
    'link-shown': 'そのリンクは一度お見せしました。なくしたときは新しく作ってください',
    'pin-set': 'PINを決めました。今からカウンターのタブレットで使えます',
    'person-ended': '辞めた扱いにしました。すべての端末から出ています',
    'person-back': 'また働けるようになりました',
    'branch-added': '店舗を加えました',
    'device-added': '端末を加えました。タブレットで番号を入れてください',
    'code-made': '新しい番号を作りました',
    'device-revoked': 'このタブレットはもう使えません',
    'pins-cleared': 'PINをすぐに入れ直せます',
    'password-set': 'パスワードを変え、ほかの場所ではサインアウトしました',
    'session-ended': 'サインアウトさせました',
    'sessions-ended': 'ほかの場所ではすべてサインアウトしました',
    'factor-added': '加えました。次のサインインから使えます',
    'factor-removed': '消しました',
  },
}
