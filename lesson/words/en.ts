/** All that the lesson says, in English. */

import { belongs } from './en/belongs.ts'
import { cafe, strangers, wire } from './en/cafe.ts'
import { chrome, overview } from './en/chrome.ts'
import { page } from './en/page.ts'
import { rules } from './en/rules.ts'
import { ways1to4 } from './en/ways-1-4.ts'
import { ways5and6 } from './en/ways-5-6.ts'
import { ways7and8 } from './en/ways-7-8.ts'
import type { Words } from './words.ts'

const ways = [...ways1to4, ...ways5and6, ...ways7and8]
export const en: Words = { chrome, overview, page, cafe, wire, strangers, ways, rules, belongs }
