// What the owner's pages of the people say.
import type { RoleWord } from './owner-words.ts'
import type { Language } from './words.ts'

type PeopleWords = {
  title: string
  about: string
  gone: string
  hasPin: string
  noPin: string
  seen(when: string): string
  neverSeen: string
  change(name: string): string
  add: string
  name: string
  role: string
  roles: Record<RoleWord, { label: string; note: string }>
  email: string
  emailNote: string
  save: string
  back: string
  pin: string
  pinAbout: string
  newPin: string
  pinOrLater: string
  /** After a refusal: PINs are never given back. */
  pinAgain: string
  setPin: string
  phone: string
  phoneAbout: string
  makeLink: string
  password: string
  passwordAbout: string
  link: string
  linkFor(name: string): string
  linkOnce(hours: number): string
  minutesOnce(minutes: number): string
  qr: string
  disable: string
  disableAbout: string
  disableNow: string
  enable: string
  enableAbout: string
}

const ko: PeopleWords = {
  title: '직원',
  about: '이름과 PIN만 있으면 카운터 태블릿에서 바로 일할 수 있어요.',
  gone: '그만둔 사람',
  hasPin: 'PIN 있음',
  noPin: 'PIN 없음',
  seen: (when) => `마지막 사용 ${when}`,
  neverSeen: '아직 쓴 적 없음',
  change: (name) => `${name} 고치기`,
  add: '직원 추가',
  name: '이름',
  role: '역할',
  roles: {
    staff: { label: '직원', note: '도장을 찍고 혜택을 드려요.' },
    manager: { label: '매니저', note: '나중에 취소하고, 기기와 직원을 돌봐요.' },
    owner: { label: '사장님', note: '모든 것을 할 수 있어요.' },
  },
  email: '이메일',
  emailNote: '이 화면에 로그인할 때 써요. 직원은 비워 두어도 돼요.',
  save: '저장',
  back: '직원 모두 보기',
  pin: 'PIN',
  pinAbout: '본인이 직접 숫자 여섯 자리를 누르게 해 주세요. 생일이나 연속된 숫자는 쓸 수 없어요.',
  newPin: '새 PIN (숫자 여섯 자리)',
  pinOrLater: 'PIN, 숫자 여섯 자리 (나중에 정해도 돼요)',
  pinAgain: 'PIN은 화면에 다시 넣지 않아요. 한 번 더 눌러 주세요.',
  setPin: 'PIN 정하기',
  phone: '자기 휴대폰으로 일하기',
  phoneAbout: '링크를 열면 그 휴대폰에서 직원 화면을 쓸 수 있어요. 12시간 뒤에는 새 링크가 필요해요.',
  makeLink: '초대 링크 만들기',
  password: '이 화면에 로그인하기',
  passwordAbout: '링크를 열면 비밀번호를 정하고 이메일로 로그인할 수 있어요.',
  link: '링크 주소',
  linkFor: (name) => `${name} 님에게 주는 링크`,
  linkOnce: (hours) => `한 번만, ${hours}시간 안에 열 수 있어요. 지금만 보여요.`,
  minutesOnce: (minutes) => `한 번만, ${minutes}분 안에 열 수 있어요. 지금만 보여요.`,
  qr: '링크의 QR',
  disable: '그만두기',
  disableAbout: '누르는 즉시 모든 기기에서 나가고 PIN도 쓸 수 없어요. 지금까지 한 일의 기록은 남아요.',
  disableNow: '지금 그만두게 하기',
  enable: '다시 일하기',
  enableAbout: '다시 PIN을 쓰고 로그인할 수 있게 돼요.',
}

const en: PeopleWords = {
  title: 'Staff',
  about: 'With a name and a PIN people can work at a counter tablet right away.',
  gone: 'People who left',
  hasPin: 'has a PIN',
  noPin: 'no PIN yet',
  seen: (when) => `last seen ${when}`,
  neverSeen: 'not seen yet',
  change: (name) => `Change ${name}`,
  add: 'Add somebody',
  name: 'Name',
  role: 'Role',
  roles: {
    staff: { label: 'Staff', note: 'Stamps cards and gives rewards.' },
    manager: { label: 'Manager', note: 'Undoes later, and looks after devices and staff.' },
    owner: { label: 'Owner', note: 'May do everything.' },
  },
  email: 'E-mail',
  emailNote: 'To sign in to these pages. Staff do not need one.',
  save: 'Save',
  back: 'All staff',
  pin: 'PIN',
  pinAbout: 'Let them type six digits themselves. Birthdays and digits in a row are refused.',
  newPin: 'New PIN (six digits)',
  pinOrLater: 'PIN, six digits (may wait)',
  pinAgain: 'Please type the PIN again: it is never put back into a page.',
  setPin: 'Set the PIN',
  phone: 'Work on their own phone',
  phoneAbout: 'The link opens the staff screen on that phone. After 12 hours they need a new one.',
  makeLink: 'Make an invitation link',
  password: 'Sign in to these pages',
  passwordAbout: 'With the link they choose a password, and sign in by their e-mail.',
  link: 'Address of the link',
  linkFor: (name) => `A link for ${name}`,
  linkOnce: (hours) => `It opens once, within ${hours} hours, and is shown only now.`,
  minutesOnce: (minutes) => `It opens once, within ${minutes} minutes, and is shown only now.`,
  qr: 'QR code of the link',
  disable: 'Leaving the café',
  disableAbout:
    'From the moment you press they are out on every device, and the PIN is refused. What they did stays on record.',
  disableNow: 'End their work now',
  enable: 'Take them back',
  enableAbout: 'Their PIN and their sign-in work again.',
}

const ja: PeopleWords = {
  title: 'スタッフ',
  about: '名前とPINがあれば、カウンターのタブレットですぐに働けます。',
  gone: '辞めた人',
  hasPin: 'PINあり',
  noPin: 'PINなし',
  seen: (when) => `最後の使用 ${when}`,
  neverSeen: 'まだ使っていません',
  change: (name) => `${name}さんを変える`,
  add: 'スタッフを加える',
  name: '名前',
  role: '役割',
  roles: {
    staff: { label: 'スタッフ', note: 'スタンプを押し、特典をお渡しします。' },
    manager: { label: 'マネージャー', note: 'あとから取り消し、端末とスタッフを見ます。' },
    owner: { label: 'オーナー', note: 'すべてできます。' },
  },
  email: 'メール',
  emailNote: 'この画面のサインインに使います。スタッフは空のままでかまいません。',
  save: '保存',
  back: 'スタッフの一覧へ',
  pin: 'PIN',
  pinAbout: '本人に6けたの数字を入れてもらってください。誕生日や続き番号は使えません。',
  newPin: '新しいPIN（6けた）',
  pinOrLater: 'PIN、6けた（あとでもかまいません）',
  pinAgain: 'PINは画面に戻しません。もう一度入れてください。',
  setPin: 'PINを決める',
  phone: '自分の電話で働く',
  phoneAbout: 'リンクを開くと、その電話でスタッフの画面が使えます。12時間たつと新しいリンクが必要です。',
  makeLink: '招待リンクを作る',
  password: 'この画面にサインインする',
  passwordAbout: 'リンクを開いてパスワードを決めると、メールでサインインできます。',
  link: 'リンクのアドレス',
  linkFor: (name) => `${name}さんに渡すリンク`,
  linkOnce: (hours) => `一度だけ、${hours}時間以内に開けます。今だけ表示しています。`,
  minutesOnce: (minutes) => `一度だけ、${minutes}分以内に開けます。今だけ表示しています。`,
  qr: 'リンクのQR',
  disable: '辞める',
  disableAbout: '押した瞬間にすべての端末から出て、PINも使えなくなります。これまでの記録は残ります。',
  disableNow: '今すぐ終わりにする',
  enable: '戻ってくる',
  enableAbout: 'PINとサインインがまた使えるようになります。',
}

export function peopleWordsIn(language: Language): PeopleWords {
  return { ko, en, ja }[language]
}
