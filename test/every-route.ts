// All routes as one list, for tests that go through every door there is.
import { type Route, routes } from '../src/routes.ts'

/** By the name it has in routes.ts, such as `staff.card`. */
export const everyRoute: readonly (readonly [string, Route<never>])[] = flatten(routes, '')

export function routeCalled(name: string): Route<never> {
  const route = everyRoute.find(([one]) => one === name)?.[1]
  if (route === undefined) throw new Error(`there is no route ${name}`)
  return route
}

function flatten(tree: object, prefix: string): (readonly [string, Route<never>])[] {
  return Object.entries(tree).flatMap(([name, value]): (readonly [string, Route<never>])[] =>
    typeof value.pattern === 'string' ? [[prefix + name, value]] : flatten(value, `${prefix}${name}.`),
  )
}
