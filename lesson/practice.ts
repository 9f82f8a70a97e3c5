/** What has been pressed so far, in memory: attacks with their reports, experiments with their findings. */

import { Hands } from './attack.ts'
import { attacksOn, type Report } from './attacks.ts'
import { experiments, type Findings, tryOut } from './experiments.ts'
import { lessonHost, originOf } from './places.ts'
import { Walk } from './walk.ts'
import type { Way } from './way.ts'

interface Press {
  readonly here: URL
  readonly serve: Hands['serve']
}

/** Each press gives the address that the browser goes to next, or null where there is no such button. */
export interface Practice {
  attack(press: Press & { way: Way; name: string }): Promise<string | null>
  startOver(press: Press & { way: Way }): Promise<string>
  experiment(press: Press & { name: string }): Promise<string | null>
  reportOf(way: number, attack: string): Report | null
  findingsOf(experiment: string): Findings | null
}

export function createPractice(): Practice {
  const reports = new Map<string, Report>()
  const findings = new Map<string, Findings>()
  const homeAt = (here: URL, path: string) => new Walk(`${originOf(lessonHost(), here)}${path}`)

  return {
    async attack({ way, name, here, serve }) {
      const attack = attacksOn(way.number).find((one) => one.name === name)
      if (attack === undefined) return null
      return homeAt(here, `/${way.number}/#${name}`).lead(async (walk) => {
        const hands = new Hands({ walk, way, here, serve })
        reports.delete(`${way.number}/${name}`)
        const worked = await attack.run(hands)
        reports.set(`${way.number}/${name}`, { facts: hands.facts, worked })
      })
    },

    startOver({ way, here, serve }) {
      return homeAt(here, `/${way.number}/`).lead(async (walk) => {
        const hands = new Hands({ walk, way, here, serve })
        await hands.clear('a')
        await hands.clear('b')
        await way.startOver()
        for (const { name } of attacksOn(way.number)) reports.delete(`${way.number}/${name}`)
      })
    },

    async experiment({ name, here }) {
      const experiment = experiments.find((one) => one.name === name)
      if (experiment === undefined) return null
      return homeAt(here, `/rules/#${name}`).lead(async (walk) => {
        findings.set(name, await tryOut(walk, experiment, here))
      })
    },

    reportOf: (way, attack) => reports.get(`${way}/${attack}`) ?? null,
    findingsOf: (experiment) => findings.get(experiment) ?? null,
  }
}
