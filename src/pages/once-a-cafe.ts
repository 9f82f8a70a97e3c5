/** Declared once for each café: a declaration checks its attributes, and costs more than reading what it declares. */
export function onceACafe<Declared>(declare: (slug: string) => Declared): (slug: string) => Declared {
  const declared = new Map<string, Declared>()
  return (slug) => {
    const known = declared.get(slug)
    if (known !== undefined) return known
    const made = declare(slug)
    declared.set(slug, made)
    return made
  }
}
