// What the page of one's own account says: where one is signed in, the password, and the second lock.
import type { Language } from './words.ts'

export type SecurityWords = {
  title: string
  sessions: string
  sessionsAbout: string
  thisOne: string
  onOwnPhone: string
  seen(when: string): string
  from(address: string): string
  end: string
  endOthers: string
  unknownDevice: string
  deviceOn(input: { browser: string; system: string }): string

  password: string
  passwordAbout: string
  present: string
  fresh: string
  change: string

  factors: string
  factorsAbout: string
  passkeys: string
  passkeysAbout: string
  noPasskeys: string
  passkeyName: string
  passkeyExample: string
  addPasskey: string
  passkeysNeed: string
  used(when: string): string
  neverUsed: string
  remove: string
  app: string
  appAbout: string
  appThere: string
  addApp: string
  removeApp: string

  scan: string
  qr: string
  byHand: string
  thenType: string
  code: string
  confirm: string
  back: string
}

const en: SecurityWords = {
  title: 'My account · security',
  sessions: 'Where you are signed in',
  sessionsAbout: 'If you do not know one of these, end it and change your password.',
  thisOne: 'this one',
  onOwnPhone: 'staff screen',
  seen: (when) => `last seen ${when}`,
  from: (address) => `from ${address}`,
  end: 'Sign out there',
  endOthers: 'Sign out everywhere else',
  unknownDevice: 'A device we cannot name',
  deviceOn: ({ browser, system }) => `${browser} on ${system}`,

  password: 'Password',
  passwordAbout: 'Afterwards you are signed out everywhere else.',
  present: 'Present password',
  fresh: 'New password',
  change: 'Change the password',

  factors: 'A second lock',
  factorsAbout: 'With one of these, a stolen password alone opens nothing.',
  passkeys: 'Passkeys',
  passkeysAbout: 'Sign in with the screen lock of a phone or computer, or a security key.',
  noPasskeys: 'None yet.',
  passkeyName: 'What do you call it?',
  passkeyExample: 'As in “my phone”.',
  addPasskey: 'Add a passkey',
  passkeysNeed: 'Browsers offer passkeys only at a name with https, or on this computer itself as localhost.',
  used: (when) => `last used ${when}`,
  neverUsed: 'not used yet',
  remove: 'Remove',
  app: 'Authenticator app',
  appAbout: 'An app that shows six digits, asked for after the password.',
  appThere: 'Set up. Its six digits are asked for after the password.',
  addApp: 'Set up an app',
  removeApp: 'Remove the app',

  scan: 'Scan this with your authenticator app.',
  qr: 'QR code for the authenticator app',
  byHand: 'Or type this key into it:',
  thenType: 'Then type the six digits that it shows.',
  code: 'Six digits',
  confirm: 'Confirm',
  back: 'Back',
}

const ko: SecurityWords = {
  title: '내 계정 · 보안',
  sessions: '로그인한 곳',
  sessionsAbout: '모르는 곳이 있다면 로그아웃시키고 비밀번호를 바꿔 주세요.',
  thisOne: '지금 이곳',
  onOwnPhone: '직원 화면',
  seen: (when) => `마지막 사용 ${when}`,
  from: (address) => address,
  end: '로그아웃시키기',
  endOthers: '다른 곳 모두 로그아웃',
  unknownDevice: '알 수 없는 기기',
  deviceOn: ({ browser, system }) => `${system}의 ${browser}`,

  password: '비밀번호',
  passwordAbout: '바꾸면 다른 곳에서는 모두 로그아웃돼요.',
  present: '지금 비밀번호',
  fresh: '새 비밀번호',
  change: '비밀번호 바꾸기',

  factors: '두 번째 자물쇠',
  factorsAbout: '하나 더해 두면 비밀번호가 새어 나가도 그것만으로는 열리지 않아요.',
  passkeys: '패스키',
  passkeysAbout: '휴대폰이나 컴퓨터의 화면 잠금, 또는 보안 키로 로그인해요.',
  noPasskeys: '아직 없어요.',
  passkeyName: '뭐라고 부를까요?',
  passkeyExample: '‘내 휴대폰’처럼 적어 주세요.',
  addPasskey: '패스키 더하기',
  passkeysNeed: '패스키는 https 주소이거나 이 컴퓨터에서 localhost로 열었을 때만 쓸 수 있어요.',
  used: (when) => `마지막 사용 ${when}`,
  neverUsed: '아직 쓴 적 없음',
  remove: '빼기',
  app: '인증 앱',
  appAbout: '숫자 여섯 자리를 보여 주는 앱이에요. 비밀번호 다음에 물어봐요.',
  appThere: '쓰고 있어요. 비밀번호 다음에 숫자 여섯 자리를 물어봐요.',
  addApp: '인증 앱 더하기',
  removeApp: '인증 앱 빼기',

  scan: '인증 앱으로 이 QR을 찍어 주세요.',
  qr: '인증 앱에 쓰는 QR 코드',
  byHand: '찍을 수 없다면 이 열쇠를 앱에 적어 주세요.',
  thenType: '그리고 앱에 보이는 숫자 여섯 자리를 적어 주세요.',
  code: '숫자 여섯 자리',
  confirm: '확인',
  back: '돌아가기',
}

const ja: SecurityWords = {
  title: 'アカウント・安全',
  sessions: 'サインインしている場所',
  sessionsAbout: '心当たりのないものがあれば、サインアウトさせてパスワードを変えてください。',
  thisOne: '今のこの画面',
  onOwnPhone: 'スタッフ画面',
  seen: (when) => `最後の利用 ${when}`,
  from: (address) => address,
  end: 'サインアウトさせる',
  endOthers: 'ほかはすべてサインアウト',
  unknownDevice: '名前のわからない端末',
  deviceOn: ({ browser, system }) => `${system} の ${browser}`,

  password: 'パスワード',
  passwordAbout: '変えると、ほかの場所はすべてサインアウトします。',
  present: '今のパスワード',
  fresh: '新しいパスワード',
  change: 'パスワードを変える',

  factors: 'ふたつめの鍵',
  factorsAbout: 'ひとつ加えておくと、パスワードが漏れても、それだけでは開きません。',
  passkeys: 'パスキー',
  passkeysAbout: 'スマートフォンやパソコンの画面ロック、またはセキュリティキーでサインインします。',
  noPasskeys: 'まだありません。',
  passkeyName: '呼び名',
  passkeyExample: '「わたしの電話」のように入れてください。',
  addPasskey: 'パスキーを加える',
  passkeysNeed: 'パスキーは、https のアドレスか、このパソコンで localhost として開いたときだけ使えます。',
  used: (when) => `最後の利用 ${when}`,
  neverUsed: 'まだ使っていません',
  remove: '外す',
  app: '認証アプリ',
  appAbout: '6けたの数字を出すアプリです。パスワードのあとにお聞きします。',
  appThere: '使っています。パスワードのあとに6けたの数字をお聞きします。',
  addApp: '認証アプリを加える',
  removeApp: '認証アプリを外す',

  scan: '認証アプリでこのQRを読み取ってください。',
  qr: '認証アプリのQRコード',
  byHand: '読み取れないときは、この鍵をアプリに入れてください。',
  thenType: 'そのあと、アプリに出る6けたの数字を入れてください。',
  code: '6けたの数字',
  confirm: '確認',
  back: '戻る',
}

export function securityWordsIn(language: Language): SecurityWords {
  return { ko, en, ja }[language]
}
