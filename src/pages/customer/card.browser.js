// Groups a Korean mobile number while it is typed at its end: 010-1234-5678.
// Anything else (another country, an edit in the middle, a paste) is left as the person wants it.
const field = document.querySelector('#phone')

field?.addEventListener('input', (event) => {
  if (!(field instanceof HTMLInputElement) || !(event instanceof InputEvent)) return
  if (event.inputType !== 'insertText' || field.selectionEnd !== field.value.length) return
  const digits = field.value.replaceAll('-', '')
  if (/^010\d{1,8}$/.test(digits)) {
    field.value = [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)].filter(Boolean).join('-')
  }
})
