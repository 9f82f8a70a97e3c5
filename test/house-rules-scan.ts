// Reads TypeScript just far enough to tell code from strings, comments and regular expressions.

export type Literal = {
  /** What stands between the quotes; each `${…}` of a template is left as `${}`. */
  text: string
  /** The word right before a template: `sql`, `html`. */
  tag: string
  line: number
  isImport: boolean
  /** An `import type`, which is gone when the program runs. */
  isTypeImport: boolean
}

export type Source = {
  /** The text with the insides of strings, comments and regular expressions blanked, line for line. */
  code: string
  literals: Literal[]
}

// What can stand before a `/` that begins a regular expression; after anything else it divides.
const beforeRegExp = /(^|[([{,;=:!&|?+\-*%<>~^}]|\b(return|typeof|case|of|in|await|yield|void|else|do))$/
const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|(['"])(?:\\[\s\S]|(?!\1)[^\\\n])*\1|[`{}/]/g
const regExp = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a template’s hole looks like
const hole = '${}'
const templatePart = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*/y

export function scan(text: string): Source {
  const literals: Literal[] = []
  const open: (Literal | null)[] = [] // what each `{` so far belongs to: a template, or plain code
  let code = ''
  let at = 0

  const keep = (end: number) => {
    code += text.slice(at, end)
    at = end
  }
  const blank = (end: number) => {
    code += text.slice(at, end).replace(/[^\n]/g, ' ')
    at = end
  }
  const begin = (inside: string): Literal => {
    const line = (code.match(/\n/g)?.length ?? 0) + 1
    const isImport = /\b(from|import|import\s*\()\s*$/.test(code.slice(-40))
    const isTypeImport = /\b(import|export)\s+type\b[^'"`;]*\bfrom\s*$/.test(code.slice(-2000))
    const tag = text[at] === '`' ? (/([\w$]+)\s*$/.exec(code.slice(-40))?.[1] ?? '') : ''
    const literal = { text: inside, tag, line, isImport, isTypeImport }
    literals.push(literal)
    return literal
  }
  const readTemplate = (literal: Literal) => {
    templatePart.lastIndex = at
    const end = at + (templatePart.exec(text)?.[0].length ?? 0)
    literal.text += text.slice(at, end)
    blank(end)
    if (text.startsWith('${', at)) {
      literal.text += hole
      keep(at + 2)
      open.push(literal)
    } else keep(at + 1)
  }

  for (;;) {
    token.lastIndex = at
    const found = token.exec(text)
    if (found === null) break
    keep(found.index)
    const [what] = found
    if (what.startsWith('//') || what.startsWith('/*')) blank(at + what.length)
    else if (what === '/') {
      regExp.lastIndex = at
      const body = beforeRegExp.test(code.slice(-40).trimEnd()) ? regExp.exec(text) : null
      if (body === null) keep(at + 1)
      else blank(at + body[0].length)
    } else if (what === '`') {
      const literal = begin('')
      keep(at + 1)
      readTemplate(literal)
    } else if (what === '{') {
      open.push(null)
      keep(at + 1)
    } else if (what === '}') {
      keep(at + 1)
      const template = open.pop()
      if (template) readTemplate(template)
    } else {
      begin(what.slice(1, -1))
      keep(at + 1)
      blank(at + what.length - 2)
      keep(at + 1)
    }
  }
  keep(text.length)
  return { code, literals }
}
