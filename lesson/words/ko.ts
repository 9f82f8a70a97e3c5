/** 수업에서 하는 말 전부, 한국어로. */

import { belongs } from './ko/belongs.ts'
import { cafe, strangers, wire } from './ko/cafe.ts'
import { chrome, overview } from './ko/chrome.ts'
import { page } from './ko/page.ts'
import { rules } from './ko/rules.ts'
import { ways1to4 } from './ko/ways-1-4.ts'
import { ways5and6 } from './ko/ways-5-6.ts'
import { ways7and8 } from './ko/ways-7-8.ts'
import type { Words } from './words.ts'

const ways = [...ways1to4, ...ways5and6, ...ways7and8]
export const ko: Words = { chrome, overview, page, cafe, wire, strangers, ways, rules, belongs }
