// A page that waits hears when to look again; what a person is typing or has opened stays as it is.
const { live } = document.body.dataset
const main = () => document.querySelector('main')
const backToItMs = 1500

if (live) {
  const source = new EventSource(live)
  source.addEventListener('changed', lookAgain)
  source.addEventListener('over', () => location.reload())
}

let isLooking = false
let isStale = false

async function lookAgain() {
  isStale = true
  if (isLooking || isBusy()) return
  isLooking = true
  isStale = false
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.querySelector('main')
    if (answer.ok && fresh !== null && !isBusy()) {
      main()?.replaceWith(fresh)
      dispatchEvent(new CustomEvent('looked-again'))
    }
  } catch {
    // offline: the stream comes back by itself, and says so
  } finally {
    isLooking = false
    if (isStale) setTimeout(lookAgain, backToItMs)
  }
}

/** Somebody is at it: a field with something in it, an opened part, a form on its way. */
function isBusy() {
  const typed = [...document.querySelectorAll('main input:not([type=hidden]), main textarea, main select')]
  const isTouched = typed.some((field) => field === document.activeElement || isFilled(field))
  return (
    isTouched ||
    document.querySelector('main details[open], form[aria-busy=true], main dialog[open]') !== null
  )
}

/** @param {any} field */
function isFilled(field) {
  if (field instanceof HTMLSelectElement)
    return [...field.options].some((one) => one.selected !== one.defaultSelected)
  return field.type === 'checkbox' || field.type === 'radio'
    ? field.checked !== field.defaultChecked
    : field.value !== field.defaultValue
}

// What was put off while somebody was at it.
addEventListener('focusout', () => isStale && setTimeout(lookAgain, backToItMs))
