import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCookies } from './cookie.ts'

// Made up by us, in the shapes that well-known sites and frameworks send. Left as it travels, right as it is meant;
// what stands alone means itself.
const corpus: Readonly<Record<string, readonly (string | readonly [sent: string, meant: string])[]>> = {
  'a shop with visitor statistics': [
    '_ga=GA1.1.1029384756.1767225600',
    '_ga_Q1W2E3R4T5=GS2.1.s1767225600$o3$g1$t1767225660$j60$l0$h0',
    '_gcl_au=1.1.192837465.1767225600',
    '_fbp=fb.1.1767225600000.918273645',
    '_gid=GA1.2.5647382910.1767225600',
  ],
  'a consent banner': [
    'OptanonAlertBoxClosed=2026-01-01T00:00:00.000Z',
    [
      'OptanonConsent=isGpcEnabled=0&datestamp=Thu+Jan+01+2026+09%3A00%3A00+GMT%2B0900&groups=C0001%3A1%2CC0002%3A0',
      'isGpcEnabled=0&datestamp=Thu+Jan+01+2026+09:00:00+GMT+0900&groups=C0001:1,C0002:0',
    ],
    [
      'CookieConsent={stamp:%27aB3/dE==%27%2Cnecessary:true%2Cver:1}',
      "{stamp:'aB3/dE==',necessary:true,ver:1}",
    ],
    'euconsent-v2=CPzXyZAPzXyZAAcABBENAmCgAAAAAAAAAAYgAAAAAAAA.YAAAAAAAAAAA',
  ],
  Django: [
    'csrftoken=Zk3yQ7rT1uVxW9aB5cD2eF8gH4jK6mN0',
    'sessionid=x7f3k9q2w5e8r1t4y6u0i3o7p2a5s8d1',
    'django_language=ko',
    [
      'messages="W1siX19qc29uX21lc3NhZ2UiLDAsMjUsIm9rIl1d:1vb66i:abc"',
      '"W1siX19qc29uX21lc3NhZ2UiLDAsMjUsIm9rIl1d:1vb66i:abc"',
    ],
  ],
  Rails: [
    [
      '_shop_session=qZ%2BxW1%2FyE2%3D--aB3dE5fG7hJ9--kL1mN3pQ5rS7tU9vW%3D%3D',
      'qZ+xW1/yE2=--aB3dE5fG7hJ9--kL1mN3pQ5rS7tU9vW==',
    ],
    'remember_user_token=eyJfcmFpbHMiOnt9fQ--9f86d081884c7d65',
  ],
  'Laravel and PHP': [
    ['XSRF-TOKEN=eyJpdiI6IkFCQ0QiLCJ2YWx1ZSI6IngifQ%3D%3D', 'eyJpdiI6IkFCQ0QiLCJ2YWx1ZSI6IngifQ=='],
    'PHPSESSID=8f14e45fceea167a5a36dedd4bea2543',
    ['cart=a%3A1%3A%7Bi%3A0%3Bs%3A5%3A%22latte%22%3B%7D', 'a:1:{i:0;s:5:"latte";}'],
  ],
  Express: [
    [
      'connect.sid=s%3AaB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW.qZxW1yE2%2FrT4%2BuI6',
      's:aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW.qZxW1yE2/rT4+uI6',
    ],
    ['prefs=j%3A%7B%22dark%22%3Atrue%7D', 'j:{"dark":true}'],
  ],
  'ASP.NET': [
    '.AspNetCore.Antiforgery.w5W7x28NAIs=CfDJ8ABCdef-123_xyz',
    '.AspNetCore.Culture=c=ko-KR|uic=ko-KR',
    'ASP.NET_SessionId=q2w3e4r5t6y7u8i9o0pasdfg',
  ],
  'Java and PHP behind a balancer': [
    'JSESSIONID=0A1B2C3D4E5F60718293A4B5C6D7E8F9.node1',
    'AWSALB=Ab+/cD3eF/gH5+iJ7kL==',
    'AWSALBCORS=Ab+/cD3eF/gH5+iJ7kL==',
    'SERVERID=web-03|aVbCd|aVbCe',
    'BIGipServerpool_web=167772161.20480.0000',
  ],
  'a token in three parts': [
    'access_token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    ['Authorization=Bearer%20abc.def', 'Bearer abc.def'],
  ],
  WordPress: [
    [
      'wordpress_logged_in_0a1b2c3d=ana%7C1767398400%7CaB3dE5fG7%7C9f86d081884c7d65',
      'ana|1767398400|aB3dE5fG7|9f86d081884c7d65',
    ],
    'wp-settings-1=editor%3Dhtml%26libraryContent%3Dbrowse'.replace(/%3D/g, '=').replace(/%26/g, '&'),
    'wp-settings-time-1=1767225600',
  ],
  'a wall against robots': [
    '__cf_bm=aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW-1767225600-1.0.1.1-qZxW1yE2_rT4.uI6',
    'cf_clearance=xYz-1767225600-1.2.1.1-Ab_Cd.Ef',
    '__Secure-1PSIDTS=sidts-CjEB_aB3dE5fG7hJ9kL',
    'datadome=aB3~dE5fG7_hJ9kL~1mN3',
  ],
  'a portal that speaks Korean': [
    ['nickname=도장', '도장'],
    ['city=%EC%84%9C%EC%9A%B8', '서울'],
    ['tz=Asia%2FSeoul', 'Asia/Seoul'],
    'NNB=ABCDEFGHIJKLM',
    ['old=%C7%D1%B1%DB', '%C7%D1%B1%DB'],
  ],
  'careless scripts': [
    ['state={"a":1,"b":[2,3]}', '{"a":1,"b":[2,3]}'],
    'empty=',
    'flag=undefined',
    ['date=Thu, 01 Jan 2026 00:00:00 GMT', 'Thu, 01 Jan 2026 00:00:00 GMT'],
    ['pct=100%', '100%'],
    ['js=%u2603', '%u2603'],
    'mail=ana@cafe.example',
    'url=https://cafe.example/?a=b',
  ],
  'names at the edge': [
    '$Version=1',
    'expires=never',
    'path=x',
    '!#$%&*+-.^_`|~=token',
    'a.b[c]=d',
    '1=one',
    '0=zero',
    'constructor=x',
    '__proto__=y',
  ],
}

for (const [site, cookies] of Object.entries(corpus)) {
  const sent = cookies.map((each) => (typeof each === 'string' ? each : each[0]))
  const meant = cookies.map((each) => {
    const text = typeof each === 'string' ? each : each[0]
    const at = text.indexOf('=')
    return [text.slice(0, at), typeof each === 'string' ? text.slice(at + 1) : each[1]]
  })

  test(`${site}: each cookie comes out as it is meant`, () => {
    assert.deepEqual([...parseCookies(sent.join('; '))], meant)
    assert.deepEqual([...parseCookies(sent)], meant, 'in fields of their own')
    assert.deepEqual(
      [...parseCookies(Buffer.from(sent.join(';')).toString('latin1'))],
      meant,
      'as Node hands it over',
    )
  })
}
