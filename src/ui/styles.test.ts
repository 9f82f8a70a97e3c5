import assert from 'node:assert/strict'
import { test } from 'node:test'
import { squeezeScript } from './script.ts'
import { squeezeCss, stylesheet } from './styles.ts'

test('a squeezed stylesheet means the same', () => {
  assert.equal(
    squeezeCss('/* why */\na > b,\nc :hover {\n  color: red;\n  width: calc(100% - 2rem);\n}\n'),
    'a>b,c :hover{color:red;width:calc(100% - 2rem)}',
  )
})

test('the stylesheet asks for no other file', () => {
  assert.doesNotMatch(stylesheet, /url\(|@import|<\//)
})

test('a squeezed script keeps its line breaks and what is inside its strings', () => {
  assert.equal(
    squeezeScript(
      "// why\nconst a = 'http://x' // kept\n\n/**\n * @param {string} b\n */\nfunction f(b) {\n  return b\n}\n",
    ),
    "const a = 'http://x' // kept\nfunction f(b) {\nreturn b\n}",
  )
})
