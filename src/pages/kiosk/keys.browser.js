// The keys of a kiosk, wherever they are: on the screen, on a keyboard, on a number pad that is plugged in.
const plusMs = 600 // how long 0 is held for a plus

let held = setTimeout(() => {})
let isPlus = false

/** @param {string} key */
function press(key) {
  dispatchEvent(new CustomEvent('kiosk-key', { detail: key }))
}

/** @param {Event} event @returns {HTMLElement | null} */
function keyOf({ target }) {
  return target instanceof Element ? target.closest('[data-key]') : null
}

document.addEventListener('click', (event) => {
  const { key } = keyOf(event)?.dataset ?? {}
  if (key !== undefined && !(key === '0' && isPlus)) press(key)
  isPlus = false
})

document.addEventListener('pointerdown', (event) => {
  clearTimeout(held)
  isPlus = false
  if (keyOf(event)?.dataset.key !== '0') return
  held = setTimeout(() => {
    isPlus = true
    press('+')
  }, plusMs)
})
for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => clearTimeout(held))

// A finger takes no focus: Enter on the number pad then goes on, instead of pressing the last key again.
document.addEventListener('mousedown', (event) => event.preventDefault())
document.addEventListener('contextmenu', (event) => event.preventDefault()) // what a long press brings on a tablet

document.addEventListener('keydown', (event) => {
  const { key, repeat, ctrlKey, altKey, metaKey } = event
  if (ctrlKey || altKey || metaKey) return
  const isOnButton = document.activeElement?.closest('button') !== null
  if (key === 'Enter' && isOnButton) return // which presses it
  if (!/^(\d|\+|Backspace|Enter|Escape)$/.test(key)) return
  event.preventDefault()
  if (!repeat || key === 'Backspace') press(key)
})
