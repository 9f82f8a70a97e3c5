// For hands at the counter: Esc gets to the way out from anywhere, and what is to be sent to a customer can be copied.
const copiedMs = 4000

const hint = document.querySelector('#leave kbd')
if (hint instanceof HTMLElement) hint.hidden = false // beside a keyboard (staff.css)
document.querySelector('#leave button')?.setAttribute('aria-keyshortcuts', 'Escape')

addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return
  const leave = document.querySelector('#leave button')
  if (leave instanceof HTMLElement) leave.focus()
})

offerCopy()
addEventListener('looked-again', offerCopy)

/** Browsers let copy over https only. */
function offerCopy() {
  for (const button of document.querySelectorAll('[data-copy]'))
    if (button instanceof HTMLElement) button.hidden = navigator.clipboard === undefined
}

addEventListener('click', async (event) => {
  const button = event.target
  if (!(button instanceof HTMLElement) || button.dataset.copy === undefined) return
  const text = document.getElementById(button.dataset.copy)?.textContent ?? ''
  const label = button.textContent
  await navigator.clipboard.writeText(text).catch(() => {}) // refused: the text stands there to be selected
  button.textContent = button.dataset.copied ?? ''
  setTimeout(() => {
    button.textContent = label
  }, copiedMs)
})
