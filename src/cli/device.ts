/** `dojang device pair`, `device list` and `device revoke`: a café's tablets, for whoever sits at the machine. */
import { systemClock, systemRandom } from '../clock.ts'
import { addDevice } from '../commands/add-device.ts'
import { FIRST_SLUG } from '../commands/open-first-cafe.ts'
import { retireDevice } from '../commands/pair-device.ts'
import { routes } from '../routes.ts'
import { operatorLine } from '../rules/audit.ts'
import { type Device, type DeviceKind, isDeviceLive, PAIRING_MS, pairingCodeOf } from '../rules/device.ts'
import { isId } from '../rules/id.ts'
import { readName } from '../rules/name.ts'
import type { Branch } from '../store/branches.ts'
import type { Cafe } from '../store/cafes.ts'
import type { OpenedStore } from '../store/open-store.ts'
import { noSuchCafe } from './cafe.ts'
import { type Call, type Command, done, type Reply, refused, textOf, WrongUse } from './command.ts'
import { originsOf } from './start-screen.ts'
import { localTime } from './when.ts'
import { withStore } from './with-store.ts'

const CAFE_WORDS = `--cafe SLUG     which café; ${FIRST_SLUG} if left out`

export const pairDevice: Command = {
  name: 'device pair',
  summary: 'Adds a tablet and prints the six digits that pair it.',
  usage: '[--cafe SLUG] [--kind kiosk|counter] [--branch NAME] [--name NAME]',
  details: [
    CAFE_WORDS,
    '--kind KIND     kiosk faces customers, counter faces staff; kiosk if left out',
    '--branch NAME   the branch it stands in; the first if left out',
    '--name NAME     as lists call it; its kind if left out',
    `The digits work once, for ${PAIRING_MS / 60_000} minutes.`,
  ],
  options: {
    cafe: { type: 'string' },
    kind: { type: 'string' },
    branch: { type: 'string' },
    name: { type: 'string' },
  },
  positionalsMax: 0,
  run(call) {
    const kind = textOf(call, 'kind') ?? 'kiosk'
    if (kind !== 'kiosk' && kind !== 'counter') throw new WrongUse('--kind is kiosk or counter.')
    const name = readName(textOf(call, 'name') ?? kind)
    if (name === null) throw new WrongUse('--name is one line of at most 40 characters.')
    return withCafe(call, async (opened, cafe) => {
      const wanted = textOf(call, 'branch')
      const branches = await opened.store.branches.list(cafe.id)
      const branch = wanted === undefined ? branches[0] : branches.find((one) => one.name === wanted)
      return branch === undefined ? noBranch(cafe, branches) : add(call, opened, { cafe, branch, kind, name })
    })
  },
}

export const listDevices: Command = {
  name: 'device list',
  summary: 'Lists the tablets of a café.',
  usage: '[--cafe SLUG]',
  details: [CAFE_WORDS],
  options: { cafe: { type: 'string' } },
  positionalsMax: 0,
  run: (call) =>
    withCafe(call, async ({ store }, cafe) => {
      const devices = await store.devices.list(cafe.id)
      const lines = devices.map((device) => lineOf(device, cafe))
      return done(lines.join('\n') || 'There is no tablet: dojang device pair adds one.', {
        devices: devices.map((device) => factsOf(device)),
      })
    }),
}

export const revokeDevice: Command = {
  name: 'device revoke',
  summary: 'Ends a tablet at once: nothing works on it any more.',
  usage: 'ID [--cafe SLUG]',
  details: ['ID, --id ID     as dojang device list shows it', CAFE_WORDS],
  options: { cafe: { type: 'string' }, id: { type: 'string' } },
  positionalsMax: 1,
  firstWordIs: 'id',
  run(call) {
    const id = textOf(call, 'id')?.toLowerCase() ?? ''
    if (!isId(id)) throw new WrongUse('Say which: dojang device list shows the ids.')
    return withCafe(call, async ({ store }, cafe) => {
      const atMs = systemClock()
      const outcome = await store.transaction(cafe.id, async (tx) => {
        const retired = await retireDevice(tx, { cafeId: cafe.id, id }, atMs)
        if (retired.ok) await tx.audits.append(cafe.id, operatorLine('device-revoked', atMs, id))
        return retired
      })
      if (!outcome.ok)
        return refused(
          'no-such-device',
          `There is no tablet ${id}: dojang device list shows those there are.`,
        )
      return done('Revoked: nothing works on it any more.', { id })
    })
  },
}

function withCafe(call: Call, work: (opened: OpenedStore, cafe: Cafe) => Promise<Reply>): Promise<Reply> {
  const slug = textOf(call, 'cafe') ?? FIRST_SLUG
  return withStore(call, async (opened) => {
    const cafe = await opened.store.cafes.findBySlug(slug)
    return cafe === null ? noSuchCafe(slug) : work(opened, cafe)
  })
}

function noBranch({ slug }: Cafe, branches: readonly Branch[]): Reply {
  if (branches.length === 0)
    return refused('not-set-up', `The café "${slug}" is on trial: dojang owner add ${slug} sets it up first.`)
  return refused('no-such-branch', `The branches are: ${branches.map(({ name }) => name).join(', ')}.`)
}

async function add(
  call: Call,
  { store, keys }: OpenedStore,
  { cafe, branch, kind, name }: { cafe: Cafe; branch: Branch; kind: DeviceKind; name: string },
): Promise<Reply> {
  const [deviceId, atMs, key] = [systemRandom.uuid(), systemClock(), keys.current]
  const input = { cafeId: cafe.id, key, deviceId, branchId: branch.id, kind, name, atMs }
  await store.transaction(cafe.id, async (tx) => {
    const added = await addDevice(tx, input)
    if (added.ok) await tx.audits.append(cafe.id, operatorLine('device-added', atMs, deviceId))
    return added
  })
  const device = await store.devices.find(cafe.id, deviceId)
  const code = pairingCodeOf(key, deviceId, device?.pairingExpiresAtMs ?? 0)
  const [origin = ''] = originsOf(call.config())
  const url = origin + (kind === 'kiosk' ? routes.kiosk : routes.staff).home.href({ cafe: cafe.slug })
  const words = `On the tablet open ${url} and type ${code.slice(0, 3)} ${code.slice(3)}, within ${PAIRING_MS / 60_000} minutes.`
  return done(words, { id: deviceId, kind, name, branch: branch.name, code, url })
}

function lineOf(device: Device, { timeZone }: Cafe): string {
  const { id, kind, name, usedAtMs } = device
  const seen = usedAtMs === null ? 'not paired yet' : `last used ${localTime(usedAtMs, timeZone)}`
  return `${id}  ${kind.padEnd(7)}  ${name}, ${isDeviceLive(device, systemClock()) || usedAtMs === null ? seen : `over, ${seen}`}`
}

function factsOf({ id, kind, name, pairedAtMs, usedAtMs, address }: Device) {
  return { id, kind, name, pairedAtMs, usedAtMs, address }
}
