// How hard a test tries: every push runs the normal amount, `npm run test:long` the long one.

/** @example const rounds = runs(50, 5_000) */
export function runs(normal: number, long: number): number {
  return process.env.DOJANG_TEST_LONG === '1' ? long : normal
}

/** Whether times are judged: only where nothing else is at work (`npm run test:long`); a push tells them, and judges what follows from what. */
export const judgesTimes = process.env.DOJANG_TEST_LONG === '1'
