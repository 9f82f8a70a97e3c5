/** A secret shown under another mask each time: pages that are compressed then give nothing away (BREACH). */

import { randomFillSync, timingSafeEqual } from 'node:crypto'

/** 192 bits; mask and secret together are 64 characters without padding, as Django's are. */
export const SECRET_OCTETS = 24
const POOL_OCTETS = 4096 // asking the system for a little at a time costs more than the rest of a token
const tokenForm = /^[\w-]{64}$/

/** Gives so many unpredictable octets. */
export type Random = (octets: number) => Uint8Array

// One thread and no await between filling and using.
const both = Buffer.alloc(2 * SECRET_OCTETS)
const firstHalf = both.subarray(0, SECRET_OCTETS)

/** The secret under a mask made anew: 64 characters of base64url. */
export function maskedToken(secret: Uint8Array, random: Random): string {
  both.set(random(SECRET_OCTETS))
  for (let i = 0; i < SECRET_OCTETS; i++) both[SECRET_OCTETS + i] = (secret[i] ?? 0) ^ (both[i] ?? 0)
  return both.toString('base64url')
}

/**
 * Says whether a token shows this secret, in constant time. What has not the form of a token is not compared at all,
 * so that equal rubbish on both sides, both empty say, never passes.
 */
export function isTokenOf(token: string | null, secret: Uint8Array): boolean {
  if (token === null || !tokenForm.test(token)) return false
  both.write(token, 'base64url')
  for (let i = 0; i < SECRET_OCTETS; i++) both[i] = (both[i] ?? 0) ^ (both[SECRET_OCTETS + i] ?? 0)
  return timingSafeEqual(firstHalf, secret)
}

const pool = Buffer.alloc(POOL_OCTETS)
let used = POOL_OCTETS

/** The system's randomness, fetched in stock. Nothing is given out twice, nor left lying after it was. */
export function stockedRandom(octets: number): Uint8Array {
  if (used + octets > POOL_OCTETS) {
    randomFillSync(pool)
    used = 0
  }
  const taken = Uint8Array.prototype.slice.call(pool, used, used + octets)
  pool.fill(0, used, used + octets)
  used += octets
  return taken
}
