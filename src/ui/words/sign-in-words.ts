// What is said where the owner and managers sign in, and where they are asked once more who they are.
import type { Language } from './words.ts'

export type SignInWords = {
  title: string
  pleaseSignIn: string
  email: string
  password: string
  signIn: string
  withPasskey: string
  passkeyFailed: string
  lockedOut: string
  lockedOutHow: string
  onTrial: string

  secondFactor: string
  codeAbout: string
  code: string
  confirm: string
  otherPasskey: string
  startAgain: string

  reauthenticate: string
  reauthenticateAbout: string
  goBack: string
}

const en: SignInWords = {
  title: 'Sign in',
  pleaseSignIn: 'For the owner and managers: please sign in.',
  email: 'E-mail',
  password: 'Password',
  signIn: 'Sign in',
  withPasskey: 'Sign in with a passkey',
  passkeyFailed: 'The browser gave no passkey. Try again, or use the password.',
  lockedOut: 'Forgotten, or locked out?',
  lockedOutHow:
    'Whoever runs Dojang on the server lets the owner back in with: dojang owner reset. For managers the owner makes a new invitation.',
  onTrial: 'Trying it out needs nobody to sign in: the card is open to everyone.',

  secondFactor: 'One more step',
  codeAbout: 'Please type the six digits that your authenticator app shows now.',
  code: 'Six digits',
  confirm: 'Confirm',
  otherPasskey: 'Use a passkey',
  startAgain: 'Start again',

  reauthenticate: 'Is it still you?',
  reauthenticateAbout: 'This is worth asking once more. Afterwards nothing is asked for five minutes.',
  goBack: 'Not now',
}

const ko: SignInWords = {
  title: '로그인',
  pleaseSignIn: '사장님과 매니저의 화면이에요. 로그인해 주세요.',
  email: '이메일',
  password: '비밀번호',
  signIn: '로그인',
  withPasskey: '패스키로 로그인',
  passkeyFailed: '브라우저에서 패스키를 받지 못했어요. 다시 하거나 비밀번호를 써 주세요.',
  lockedOut: '비밀번호를 잊으셨나요?',
  lockedOutHow:
    '도장(Dojang)을 켠 컴퓨터에서 dojang owner reset 을 실행하면 사장님이 다시 들어올 수 있어요. 매니저는 사장님께 새 초대를 받아 주세요.',
  onTrial: '시험 중에는 로그인할 사람이 없어요. 카드는 누구나 쓸 수 있어요.',

  secondFactor: '한 번만 더 확인할게요',
  codeAbout: '인증 앱에 지금 보이는 숫자 여섯 자리를 적어 주세요.',
  code: '숫자 여섯 자리',
  confirm: '확인',
  otherPasskey: '패스키 쓰기',
  startAgain: '처음부터',

  reauthenticate: '본인이 맞으신가요?',
  reauthenticateAbout: '중요한 일이라 한 번 더 확인해요. 그 뒤 5분 동안은 묻지 않아요.',
  goBack: '다음에 할게요',
}

const ja: SignInWords = {
  title: 'サインイン',
  pleaseSignIn: 'オーナーとマネージャーの画面です。サインインしてください。',
  email: 'メールアドレス',
  password: 'パスワード',
  signIn: 'サインイン',
  withPasskey: 'パスキーでサインイン',
  passkeyFailed: 'ブラウザーからパスキーを受け取れませんでした。もう一度試すか、パスワードをお使いください。',
  lockedOut: 'パスワードを忘れたときは',
  lockedOutHow:
    'Dojang を動かしているコンピューターで dojang owner reset を実行すると、オーナーがまた入れます。マネージャーはオーナーから新しい招待を受け取ってください。',
  onTrial: 'お試し中はサインインする人がいません。カードはどなたでも使えます。',

  secondFactor: 'もう一度だけ確認します',
  codeAbout: '認証アプリに今出ている6けたの数字を入れてください。',
  code: '6けたの数字',
  confirm: '確認',
  otherPasskey: 'パスキーを使う',
  startAgain: '最初から',

  reauthenticate: 'ご本人ですか',
  reauthenticateAbout: '大切な操作なので、もう一度確認します。そのあと5分間はお聞きしません。',
  goBack: 'またにします',
}

export function signInWordsIn(language: Language): SignInWords {
  return { ko, en, ja }[language]
}
