/** Against way 8: what the other ways fell to, and the one thing that no cookie can prevent. */

import { type Hands, PHONES } from '../attack.ts'

export async function neighbour(hands: Hands): Promise<boolean> {
  const own = await hands.fill('a', { phone: PHONES.a }, 3)
  await hands.clear('b')
  const seen = await hands.press('b', 'stamp', { phone: PHONES.a })
  return (seen.stamps ?? 0) >= (own.stamps ?? 0)
}

export async function edit(hands: Hands): Promise<boolean> {
  await hands.press('a', 'stamp', { phone: PHONES.a })
  const who = whoIn(await hands.cookie('a'))
  await hands.write('a', [`who=${who.startsWith('0') ? '1' : '0'}${who.slice(1)}; Path=/; HttpOnly`])
  const seen = await hands.look('a')
  await hands.write('a', [`who=${who}; Path=/; HttpOnly`])
  return seen.stamps !== null
}

export async function replay(hands: Hands): Promise<boolean> {
  await hands.fill('a', { phone: PHONES.a })
  const full = whoIn(await hands.cookie('a'))
  await hands.press('a', 'coffee')
  await hands.write('a', [`who=${full}; Path=/; HttpOnly`])
  const again = await hands.press('a', 'coffee')
  return again.coffee === true
}

export async function copy(hands: Hands): Promise<boolean> {
  await hands.press('a', 'stamp', { phone: PHONES.a })
  const who = whoIn(await hands.cookie('a'))
  await hands.write('b', [`who=${who}; Path=/; HttpOnly`])
  const seen = await hands.look('b')
  await hands.press('a', 'forget')
  await hands.look('b')
  return seen.stamps !== null // until A had it struck off, and the report says so
}

function whoIn(cookieHeader: string | null): string {
  return /(?:^|; )who=([^;]*)/.exec(cookieHeader ?? '')?.[1] ?? ''
}
