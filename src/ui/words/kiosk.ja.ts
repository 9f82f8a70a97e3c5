// The kiosk in Japanese.
import type { KioskWords } from './kiosk-words.ts'

export const kioskJa: KioskWords = {
  title: 'スタンプ',
  invitation: '電話番号を押すだけです',
  promise: ({ cost, reward }) =>
    reward === null ? `コーヒー${cost}杯で1杯プレゼント` : `スタンプ${cost}個で${reward}をプレゼント`,
  scan: {
    toStamp: 'スマートフォンで読み取れば、次からは番号もいりません',
    toSee: 'スマートフォンで読み取ると、カードが見られます',
  },
  qr: 'このカフェのスタンプカードを開くQRコード',
  codeTurns: 'コードは30秒ごとに変わります',
  codeNow: '今のコード',

  keypad: '数字キー',
  typed: '押した番号',
  nothingTyped: 'まだ押していません',
  backspace: '1けた消す',
  zero: '0、長押しで＋',
  stamp: '押す',
  unfinished: '番号を最後まで押してください',
  needsScript: 'この画面にはJavaScriptが必要です。番号はカウンターでお伝えください。',

  readBack: '押した番号',
  isItRight: 'よろしいですか？',
  yes: 'はい、お願いします',
  correct: '直します',
  underWay: '押しています…',

  stamped: 'スタンプを押しました',
  thanks: 'ありがとうございます',
  onYourPhone: 'このカードをスマートフォンに',
  howToClaim: 'QRを読み取って、スタッフにお伝えください。確認できると、集めたスタンプがすべて見られます。',
  hold: 'QRを押すと、30秒そのままにします',
  held: '30秒そのままにします',
  next: '次の方',

  again: 'もう一度押す',
  startAgain: '最初から',
  noAnswer: '今はつながりません。カウンターでお声がけください。番号はまだそのままです。',

  settings: '画面の設定',
  large: '大きな文字',
  contrast: 'はっきり表示',
  online: 'オンライン',
  offline: '接続なし',
}
