// Japanese, for an owner on the first day.
import type { SetupWords } from './setup-words.ts'

export const ja: SetupWords = {
  title: 'お店をはじめましょう',
  lead: 'いくつか決めるだけです。どれもあとで変えられます。',
  cafe: 'カフェ',
  name: 'カフェの名前',
  nameExample: 'ひだまり珈琲',
  language: 'カフェで使う言語',
  country: '国',
  countryNote: '+ のない電話番号は、この国の番号として読みます。',
  branch: '店舗の名前',
  branchNote: '「駅前店」のように入れてください。いくつかあるなら、まずひとつから。',
  theReward: '特典',
  reward: 'お客さまに何をさしあげますか',
  rewardNote: '空のままなら、無料コーヒー1杯です。',
  cost: 'スタンプ何個でさしあげますか',
  mode: 'スタンプはだれが押しますか',
  modes: {
    counter: {
      label: 'カウンターで',
      note: 'お店のタブレットとスタッフだけが押します。多くのお店に向いています。',
    },
    code: {
      label: 'お客さまが、番号を見て',
      note: 'カウンターに出る6けたの数字を、お客さまがご自分のスマートフォンに入れます。30秒ごとに変わります。',
    },
    approve: {
      label: 'お客さまの申し込みに、スタッフが',
      note: 'お客さまがスマートフォンで申し込み、スタッフがひと押しで認めます。',
    },
    self: {
      label: 'お客さまがご自分で',
      note: 'だれでも自分のカードに押せます。みなさんを信じるお店に。',
    },
  },
  stamps: 'お試し中のスタンプ',
  keepStamps: { label: 'そのまま残す', note: 'みなさん今のスタンプから続けます。' },
  clearStamps: { label: 'すべて消す', note: 'みなさん最初からはじめます。カードごとに理由が残ります。' },
  you: 'オーナー',
  owner: 'お名前',
  email: 'メールアドレス',
  emailNote: 'サインインに使います。ここには何も送りません。',
  password: 'パスワード',
  passwordNote: '15文字以上です。自分だけの言葉をいくつかつなげると覚えやすくなります。',
  passwordAgain: 'パスワードは画面に戻しません。もう一度入れてください。',
  missing: {
    name: 'カフェの名前を入れてください。',
    branch: '店舗の名前を入れてください。ひとつだけでも必要です。',
    owner: 'お名前を入れてください。',
  },
  open: 'お店を開く',
  cleared: 'お試しが終わり、お試し中のスタンプを消しました',
  linkOver:
    '終わったか、もう使われたリンクです。Dojang を動かしているコンピューターで dojang owner reset を実行すると、新しいリンクが出ます。',

  newPassword: '新しいパスワードを決めてください',
  newPasswordFor: (name) =>
    `${name} さん、このアカウントでサインインしている場所は、すべてサインアウトします。`,
  save: 'パスワードを保存',
}
