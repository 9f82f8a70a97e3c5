/** `/cafe/owner/branches/`: the owner adds a branch, or gives one another name. */
import { addBranch, renameBranch } from '../../commands/change-branch.ts'
import type { Fields } from '../../http/form.ts'
import { readName } from '../../rules/name.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeAudited } from '../audited.ts'
import type { Declined, Door } from '../door.ts'
import { readId } from '../path-id.ts'
import { replyRefusal } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { pathOfDevices } from './devices.ts'
import { renderDevices } from './devices-shown.ts'
import { settle } from './settle.ts'

/** With `branch` it is that one's new name. */
export const branchesDoor: Door = {
  post: {
    fields: ['branch', 'name'],
    change: (visit, fields) => (fields.one('branch') === null ? add(visit, fields) : rename(visit, fields)),
    again(visit, fields, refused) {
      const filled = { branchId: fields.one('branch') ?? '', name: fields.one('name') ?? '', kind: '' }
      return renderDevices(visit, { refused, filled })
    },
  },
}

async function add(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, nowMs } = visit
  const name = readName(fields.one('name'))
  if (name === null) return 'name-missing'
  const branch = { id: context.random.uuid(), name, createdAtMs: nowMs }
  const outcome = await changeAudited(visit, fields, { act: 'branch-added', subject: branch.id }, (tx) =>
    addBranch(tx, cafe.id, branch),
  )
  return settle(visit, outcome, { path: pathOfDevices(visit), done: 'branch-added' })
}

async function rename(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, nowMs } = visit
  const id = readId(fields.one('branch'))
  if (id === null) return replyRefusal(visit, 'not-found')
  const name = readName(fields.one('name'))
  if (name === null) return 'name-missing'
  const outcome = await changeAudited(visit, fields, { act: 'branch-renamed', subject: id }, (tx) =>
    renameBranch(tx, cafe.id, { id, name, atMs: nowMs }),
  )
  return settle(visit, outcome, { path: pathOfDevices(visit), done: 'saved' })
}
