// Japanese, polite as a café is polite.
import { counterRefusals } from './counter-refusals.ts'
import type { Words } from './words.ts'

const gift = (reward: string | null) =>
  reward === null ? 'コーヒー1杯が無料です' : `${reward}をさしあげます`

export const ja: Words = {
  languageName: '日本語',
  language: '言語',
  theme: '画面の色',
  themes: { auto: '自動', light: '明るい', dark: '暗い' },
  trial: 'このカフェは Dojang をお試し中です。スタンプはご自分のスマートフォンでお集めください。',
  date: ({ year, month, day }) => `${year === null ? '' : `${year}年`}${month}月${day}日`,
  today: (time) => `今日 ${time}`,

  card: 'スタンプカード',
  home: 'カフェ',
  backHome: '最初に戻る',
  backToCard: 'カードに戻る',
  chooseCafe: 'どちらのカフェですか',
  noCafeYet: 'まだ開いているカフェがありません。',
  oops: '少々お待ちください',
  notFound: 'ここには何もありません',

  phone: '電話番号',
  phoneUse:
    '番号はスタンプを数えるためだけに使います。暗号化してこのカフェが自分で保管し、次からはこのスマートフォンが覚えているので、入力は一度だけです。',
  stamp: 'スタンプを押す',
  stampAtCounter: 'スタンプはカウンターでお押しします。この画面をお見せになるか、番号をお伝えください。',
  numberAtCounter: 'カウンターで番号を伝え、そこにあるQRコードを読み取ると、ここにカードが表示されます。',
  cardQr: (letters) => `カードのQRコード、文字では ${letters}`,
  cardLetters: 'カードの文字',
  counterCode: 'カウンターに表示されている6けたの数字',
  counterCodeUse: '30秒ごとに変わります。カウンターのQRコードを読み取れば、入力はいりません。',
  askForStamp: 'スタンプをお願いする',
  requestWaits: (until) => `スタッフが確認しています。${until}までお待ちください。`,
  requestOver: {
    refused: '今回はスタンプを押していません。スタンプはそのままです。カウンターでお声がけください。',
    expired: '2分のあいだに確認できず終わりました。スタンプはそのままです。もう一度お願いしてください。',
  },
  forgotten: 'このスマートフォンから番号を消しました。スタンプはその番号に残っています。',
  notMe: '私ではありません',
  forgetFirst: (maskedPhone) =>
    `これまでのスタンプは ${maskedPhone} に残ります。ただし番号を入れ直しても、すぐには表示されません。もう一度見るには、カウンターでスタッフの確認が必要です。`,
  forget: 'このスマートフォンから番号を消す',

  freeCoffee: '無料コーヒー1杯',
  free: '無料',
  treat: '特典',
  promise: ({ goal, reward }) => `スタンプ${goal}個で${gift(reward)}`,
  missing: ({ stamps, reward }) => `あと${stamps}回のご来店で${gift(reward)}`,
  ready: ({ rewards, reward }) =>
    reward === null
      ? `無料コーヒーが${rewards}杯お使いになれます`
      : `${reward}${rewards > 1 ? `が${rewards}つ` : 'が'}お使いになれます`,
  useReward: (reward) => `${reward ?? '無料コーヒー'}を使う`,
  seals: ({ stamps, goal }) => `スタンプ${goal}個中${stamps}個`,
  total: (stamps) => `スタンプ${stamps}個`,
  stamped: (stamps) => (stamps === 1 ? 'スタンプを押しました' : `スタンプを${stamps}個押しました`),
  lastStamp: (when) => `最後のスタンプ ${when}`,
  noStampYet: 'スタンプはまだありません',
  elsewhere: 'ほかで集めたスタンプは、スタッフの確認後にここに表示されます。',
  claimed: '集めたスタンプがすべて表示されます',
  claimWaits: '今のスタンプを移しました。残りはスタッフの確認後に表示されます',
  copied:
    'このカードがほかでも開かれたため、今はこのスマートフォンで集めたスタンプだけを表示しています。スタンプはなくなっていません。カウンターで確認すると、またすべて表示されます。',
  copiedRead: 'わかりました',
  browsers: 'このカードを表示するスマートフォン',
  thisBrowser: 'このスマートフォン',
  otherBrowser: 'ほかのスマートフォン',
  linkedSince: (when) => `${when}から`,
  unlink: '解除する',

  claimTitle: (maskedPhone) => `${maskedPhone} のカードをこのスマートフォンに表示しますか`,
  claimUse: '集めたスタンプがすべて表示され、ここで使えます。ご自分のスマートフォンでだけ押してください。',
  claimKioskUse:
    '今のスタンプがこのスマートフォンに表示されます。残りはスタッフの確認後に表示されます。ご自分のスマートフォンでだけ押してください。',
  claimInstead: (maskedPhone) =>
    `このスマートフォンには今 ${maskedPhone} のカードが表示されています。押すとその番号はここから消えます。スタンプはその番号に残ります。`,
  claim: 'このスマートフォンに表示する',

  history: '履歴',
  older: '以前の履歴を見る',
  entries: {
    stamp: { gained: 'スタンプ', lost: 'スタンプ' },
    redeem: { gained: '特典の払い戻し', lost: '特典の利用' },
    void: { gained: '利用の取り消し', lost: 'スタンプの取り消し' },
    move: { gained: 'ほかの番号から移動', lost: 'ほかの番号へ移動' },
    expire: { gained: '期限の延長', lost: '期限切れ' },
    adjust: { gained: 'スタッフが追加', lost: 'スタッフが減算' },
    import: { gained: '以前のカードから', lost: '以前のカードから' },
    merge: { gained: 'ほかのカードと統合', lost: 'ほかのカードへ統合' },
  },
  freeCoffeeUsed: '無料コーヒーの利用',
  usedElsewhere: 'ほかで利用',

  ask: (reward) => `${reward ?? '無料コーヒー'}を今お使いになりますか`,
  askWhich: 'どれになさいますか',
  pressInFront: 'バリスタの前で押してください。押すとすぐにスタンプが使われ、画面は2分間お見せいただけます。',
  useNow: '今使う',
  notNow: 'またにします',
  moreReady: 'もうひとつお使いになれます',
  showBarista: 'バリスタにお見せください',
  timeLeft: '残り時間',
  usedAt: (when) => `使用済み ${when}`,
  ticketOver: 'すでにお使いになりました',

  refusals: {
    'cross-site':
      'ほかのサイトから送られたため、受け付けませんでした。スタンプはそのままです。この画面からもう一度押してください。',
    'bad-origin':
      'このカフェの画面から送られたことを確かめられず、受け付けませんでした。スタンプはそのままです。この画面からもう一度押してください。',
    'no-csrf-cookie':
      'Cookie がないため、受け付けられませんでした。スタンプはそのままです。ブラウザーで Cookie を許可して、もう一度押してください。',
    'bad-token':
      '画面が古くなっていたため、受け付けられませんでした。スタンプはそのままです。もう一度押してください。',
    'key-missing':
      '内容がすべて届かず、受け付けられませんでした。スタンプはそのままです。もう一度押してください。',
    'key-malformed':
      '内容がすべて届かず、受け付けられませんでした。スタンプはそのままです。もう一度押してください。',
    'key-reused':
      '同じ画面から別の内容がすでに送られています。先に送られたものはそのまま有効です。確かめて、もう一度押してください。',
    'phone-missing': '電話番号を入力してください。まだ何も押していません。',
    'phone-invalid':
      'この番号は使えません。まだ何も押していませんので、数字をお確かめください。海外の番号は + と国番号から入力してください。',
    'field-invalid': '使えない内容が含まれています。何も変わっていませんので、直してもう一度押してください。',
    'reward-unknown': 'お選びの特典は今はありません。スタンプはそのままです。もう一度お選びください。',
    'not-enough':
      'スタンプが足りず、使えませんでした。今回使われたスタンプはありません。今の数をお確かめください。',
    'counter-only':
      'このカフェではカウンターでスタンプを押します。スタンプはそのままです。カウンターで番号をお伝えください。',
    'not-found':
      'アドレスが変わったか、間違っているようです。スタンプはそのままです。下からやり直してください。',
    'cafe-not-found':
      'このアドレスのカフェが見つかりません。スタンプはそのままです。QRコードを読み直すか、下からカフェをお選びください。',
    'wrong-method': 'このアドレスはこの方法では開けません。何も変わっていません。下からやり直してください。',
    'too-large':
      '送られた内容が大きすぎて受け付けませんでした。何も変わっていません。短くしてもう一度お送りください。',
    'not-a-form':
      '読み取れない形式のため受け付けませんでした。何も変わっていません。この画面のボタンからお送りください。',
    'bad-request':
      '内容を読み取れませんでした。何も変わっていません。画面を開き直して、もう一度お試しください。',
    'wrong-host':
      'このカフェのアドレスではありません。何も変わっていません。カフェのQRコードを読み直してください。',
    'url-too-long': 'アドレスが長すぎます。何も変わっていません。カフェのQRコードを読み直してください。',
    'header-too-large':
      'ブラウザーから送られた情報が多すぎます。スタンプはそのままです。このサイトの Cookie を消して、開き直してください。',
    'too-slow': '届く前に時間が過ぎました。何も変わっていません。接続を確かめて、もう一度押してください。',
    busy: '今とても混み合っています。まだ何も変わっていません。少し待って、もう一度押してください。',
    'cannot-write':
      '今は保存できないため、受け付けませんでした。集めたスタンプはそのままです。少し待って、もう一度押してください。',
    bug: 'こちらで問題が起きました。集めたスタンプはそのままです。カードを開き直して確かめてから、もう一度お試しください。',
    ...counterRefusals.ja,
  },
  againAt: (when) => `${when}からまたできます。`,
  askAtCounter: '今はここでは押せません。何も変わっていません。カウンターでお声がけください。',
}
