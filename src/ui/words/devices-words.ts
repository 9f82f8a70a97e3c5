// What the owner's page of branches and tablets says.
import type { Language } from './words.ts'

type DevicesWords = {
  title: string
  about: string
  kinds: { kiosk: string; counter: string }
  kindsAbout: { kiosk: string; counter: string }
  waiting(device: string): string
  openThis: string
  thenType: string
  until(time: string): string
  qr: string
  noDevices: string
  notPaired: string
  seen(when: string): string
  never: string
  from(address: string): string
  worksThere(name: string): string
  pinWaits: string
  endWait: string
  newCode: string
  newCodeAbout: string
  revoke: string
  revokeAbout: string
  revokeNow: string
  manage(device: string): string
  addDevice: string
  kind: string
  name: string
  deviceExample: string
  add: string
  addBranch: string
  rename: string
  branchName: string
  branchExample: string
  save: string
}

const ko: DevicesWords = {
  title: '매장 · 기기',
  about: '손님용 태블릿과 카운터 태블릿을 매장마다 연결해요.',
  kinds: { kiosk: '손님용 (키오스크)', counter: '카운터 (직원용)' },
  kindsAbout: {
    kiosk: '손님이 번호를 눌러 직접 찍어요',
    counter: '직원이 PIN을 누르고 고객을 찾아요',
  },
  waiting: (device) => `${device} 연결하기`,
  openThis: '태블릿에서 이 주소를 열거나 QR을 찍으세요.',
  thenType: '그다음 이 번호를 적으세요.',
  until: (time) => `${time}까지 쓸 수 있어요.`,
  qr: '태블릿에서 열 주소의 QR',
  noDevices: '아직 기기가 없어요.',
  notPaired: '아직 연결하지 않았어요',
  seen: (when) => `마지막 사용 ${when}`,
  never: '끝난 연결 번호예요. 새 번호를 받아 주세요.',
  from: (address) => `주소 ${address}`,
  worksThere: (name) => `지금 ${name}`,
  pinWaits: 'PIN이 여러 번 틀려서 기다리는 중이에요.',
  endWait: '기다림 풀기',
  newCode: '새 연결 번호',
  newCodeAbout: '태블릿을 바꾸거나 다시 연결할 때 써요. 새로 연결하면 전에 쓰던 태블릿은 끊겨요.',
  revoke: '연결 끊기',
  revokeAbout: '잃어버렸거나 이제 안 쓰나요? 누르는 즉시 이 태블릿으로는 아무것도 할 수 없어요.',
  revokeNow: '지금 끊기',
  manage: (device) => `${device} 관리`,
  addDevice: '기기 추가',
  kind: '쓰임',
  name: '이름',
  deviceExample: '예: 문 앞 태블릿',
  add: '추가',
  addBranch: '매장 추가',
  rename: '이름 바꾸기',
  branchName: '매장 이름',
  branchExample: '예: 성수점',
  save: '저장',
}

const en: DevicesWords = {
  title: 'Branches · devices',
  about: 'Pair a tablet for customers and one for the counter in each branch.',
  kinds: { kiosk: 'For customers (kiosk)', counter: 'For the counter (staff)' },
  kindsAbout: {
    kiosk: 'Customers type their number themselves',
    counter: 'Staff enter their PIN and find customers',
  },
  waiting: (device) => `Pair ${device}`,
  openThis: 'On the tablet, open this address or scan the code.',
  thenType: 'Then type these digits.',
  until: (time) => `They work until ${time}.`,
  qr: 'QR code of the address to open on the tablet',
  noDevices: 'No devices yet.',
  notPaired: 'Not paired yet',
  seen: (when) => `Last used ${when}`,
  never: 'Its code is over: please make a new one.',
  from: (address) => `at ${address}`,
  worksThere: (name) => `${name} is there now`,
  pinWaits: 'Too many wrong PINs: it is waiting.',
  endWait: 'End the wait',
  newCode: 'New pairing code',
  newCodeAbout:
    'For another tablet, or to pair this one again. The tablet in use stops once the new one is paired.',
  revoke: 'Revoke',
  revokeAbout: 'Lost, or no longer used? From the moment you press, nothing works on this tablet any more.',
  revokeNow: 'Revoke it now',
  manage: (device) => `Manage ${device}`,
  addDevice: 'Add a device',
  kind: 'What for',
  name: 'Name',
  deviceExample: 'Such as: tablet at the door',
  add: 'Add',
  addBranch: 'Add a branch',
  rename: 'Rename',
  branchName: 'Name of the branch',
  branchExample: 'Such as: Riverside',
  save: 'Save',
}

const ja: DevicesWords = {
  title: '店舗・端末',
  about: 'お客さま用とカウンター用のタブレットを店舗ごとに接続します。',
  kinds: { kiosk: 'お客さま用（キオスク）', counter: 'カウンター用（スタッフ）' },
  kindsAbout: {
    kiosk: 'お客さまがご自分で番号を押します',
    counter: 'スタッフがPINを入れてお客さまを探します',
  },
  waiting: (device) => `「${device}」を接続`,
  openThis: 'タブレットでこのアドレスを開くか、QRを読み取ってください。',
  thenType: '次に、この番号を入れてください。',
  until: (time) => `${time}まで使えます。`,
  qr: 'タブレットで開くアドレスのQR',
  noDevices: 'まだ端末がありません。',
  notPaired: 'まだ接続していません',
  seen: (when) => `最後の使用 ${when}`,
  never: '接続番号の時間が過ぎました。新しい番号を出してください。',
  from: (address) => `アドレス ${address}`,
  worksThere: (name) => `今は${name}さん`,
  pinWaits: 'PINの間違いが続いたため、待ち時間になっています。',
  endWait: '待ち時間を解除',
  newCode: '新しい接続番号',
  newCodeAbout: '別のタブレットにするときや、つなぎ直すときに。新しく接続すると、前のタブレットは切れます。',
  revoke: '接続を切る',
  revokeAbout: 'なくしましたか。もう使いませんか。押した瞬間から、このタブレットでは何もできなくなります。',
  revokeNow: '今すぐ切る',
  manage: (device) => `「${device}」の管理`,
  addDevice: '端末を加える',
  kind: '使い方',
  name: '名前',
  deviceExample: '例：入口のタブレット',
  add: '加える',
  addBranch: '店舗を加える',
  rename: '名前を変える',
  branchName: '店舗の名前',
  branchExample: '例：吉祥寺店',
  save: '保存',
}

export function devicesWordsIn(language: Language): DevicesWords {
  return { ko, en, ja }[language]
}
