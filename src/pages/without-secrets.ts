/** A form as it is remembered for its key: of a password not even a digest is kept with it. */
import type { Fields } from '../http/form.ts'

export function withoutSecrets(fields: Fields, secrets: readonly string[]): Fields {
  return {
    ...fields,
    one: (name) => (secrets.includes(name) ? null : fields.one(name)),
  }
}
