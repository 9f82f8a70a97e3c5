/** Cookies by name, to be read and not written; an index is only made when somebody asks for all of them. */

/** Of a name sent twice the first counts. */
export class CookieMap implements ReadonlyMap<string, string> {
  readonly #pairs: readonly (readonly [name: string, value: string])[]
  #byName: ReadonlyMap<string, string> | undefined

  constructor(pairs: readonly (readonly [name: string, value: string])[]) {
    this.#pairs = pairs
  }

  get(name: string): string | undefined {
    // Looking through the few cookies that a browser sends costs less than an index of them.
    if (this.#pairs.length > LOOK_THROUGH_MAX) return this.#index().get(name)
    for (const pair of this.#pairs) if (pair[0] === name) return pair[1]
    return undefined
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  get size(): number {
    return this.#index().size
  }

  forEach(visit: (value: string, name: string, cookies: ReadonlyMap<string, string>) => void): void {
    for (const [name, value] of this.#index()) visit(value, name, this)
  }

  entries(): MapIterator<[string, string]> {
    return this.#index().entries()
  }

  keys(): MapIterator<string> {
    return this.#index().keys()
  }

  values(): MapIterator<string> {
    return this.#index().values()
  }

  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries()
  }

  #index(): ReadonlyMap<string, string> {
    if (this.#byName === undefined) {
      const byName = new Map<string, string>()
      for (const [name, value] of this.#pairs) if (!byName.has(name)) byName.set(name, value)
      this.#byName = byName
    }
    return this.#byName
  }
}

const LOOK_THROUGH_MAX = 64 // browsers keep about 50 a host at least; hostile headers hold thousands
