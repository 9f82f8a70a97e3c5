// Korean, for an owner on the first day.
import type { SetupWords } from './setup-words.ts'

export const ko: SetupWords = {
  title: '카페를 시작해요',
  lead: '몇 가지만 정하면 돼요. 모두 나중에 바꿀 수 있어요.',
  cafe: '카페',
  name: '카페 이름',
  nameExample: '온기 커피',
  language: '카페에서 쓰는 언어',
  country: '나라',
  countryNote: '+ 없이 적은 번호는 이 나라의 번호로 읽어요.',
  branch: '매장 이름',
  branchNote: '‘성수점’처럼 적어 주세요. 여러 곳이라면 한 곳부터 시작해요.',
  theReward: '혜택',
  reward: '손님께 무엇을 드릴까요?',
  rewardNote: '비워 두면 무료 커피 한 잔이에요.',
  cost: '도장 몇 개에 드릴까요?',
  mode: '도장은 누가 찍을까요?',
  modes: {
    counter: { label: '카운터에서', note: '카페의 태블릿과 직원만 찍어요. 보통은 이렇게 해요.' },
    code: {
      label: '손님이, 번호를 보고',
      note: '카운터에 보이는 숫자 여섯 자리를 손님이 자기 휴대폰에 적어요. 30초마다 바뀌어요.',
    },
    approve: {
      label: '손님이 요청하면 직원이',
      note: '손님이 휴대폰으로 요청하고, 직원이 한 번 눌러 찍어 드려요.',
    },
    self: { label: '손님이 스스로', note: '누구나 자기 카드에 찍을 수 있어요. 모두를 믿는 카페라면 좋아요.' },
  },
  stamps: '시험하면서 찍은 도장',
  keepStamps: { label: '그대로 두기', note: '모두 지금 가진 도장으로 이어 가요.' },
  clearStamps: { label: '모두 비우기', note: '모두 처음부터 시작해요. 카드마다 이유가 적혀요.' },
  you: '사장님',
  owner: '이름',
  email: '이메일',
  emailNote: '로그인할 때 써요. 이 주소로 보내는 것은 없어요.',
  password: '비밀번호',
  passwordNote: '15자 이상이에요. 나만 아는 낱말 몇 개를 이어 쓰면 외우기 쉬워요.',
  passwordAgain: '비밀번호는 화면에 다시 넣지 않아요. 한 번 더 적어 주세요.',
  missing: {
    name: '카페 이름을 적어 주세요.',
    branch: '매장 이름을 적어 주세요. 한 곳뿐이어도 이름이 있어야 해요.',
    owner: '사장님 이름을 적어 주세요.',
  },
  open: '카페 열기',
  cleared: '시험이 끝나 시험 때 찍은 도장을 비웠어요',
  linkOver:
    '끝났거나 이미 쓴 링크예요. 도장(Dojang)을 켠 컴퓨터에서 dojang owner reset 을 실행하면 새 링크가 나와요.',

  newPassword: '새 비밀번호를 정해 주세요',
  newPasswordFor: (name) => `${name} 님, 이 계정으로 로그인한 곳은 모두 로그아웃돼요.`,
  save: '비밀번호 저장',
}
