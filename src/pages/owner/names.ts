/** Who and where: the names behind the ids in lines of the ledger and of the audit log. */
import type { Entry } from '../../rules/entry.ts'
import { todayWordsIn } from '../../ui/words/today-words.ts'
import type { Visit } from '../visit.ts'

export interface Names {
  readonly people: ReadonlyMap<string, string>
  readonly devices: ReadonlyMap<string, string>
  readonly branches: ReadonlyMap<string, string>
}

/** Of all that there ever were. */
export async function namesIn({ context, cafe }: Pick<Visit, 'context' | 'cafe'>): Promise<Names> {
  const { people, devices, branches } = context.store
  const lists = [people.list(cafe.id), devices.listEver(cafe.id), branches.list(cafe.id)] as const
  const [allPeople, allDevices, allBranches] = await Promise.all(lists)
  return { people: byId(allPeople), devices: byId(allDevices), branches: byId(allBranches) }
}

/** Where a line was made and by whom, as far as it says: 성수점, 민지. */
export function placesOf(entry: Entry, names: Names, language: Visit['language']): readonly string[] {
  const words = todayWordsIn(language)
  const branch = entry.branchId === null ? undefined : names.branches.get(entry.branchId)
  const person = entry.personId === null ? undefined : names.people.get(entry.personId)
  const device = entry.deviceId === null ? undefined : names.devices.get(entry.deviceId)
  const itself = { browser: words.customersPhone, operator: words.commandLine, kiosk: device, staff: device }
  return [branch, person ?? itself[entry.actor]].filter((name) => name !== undefined)
}

function byId(named: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> {
  return new Map(named.map(({ id, name }) => [id, name]))
}
