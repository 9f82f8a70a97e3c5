// A page that waits hears when to look again; what a person is typing or has opened stays as it is.
const { live } = document.body.dataset
const backToItMs = 1500

const pauseMaxMs = 60_000
const onItsWayMs = 600 // from where a hand was last seen to the button that it means
const heldMaxMs = 10_000 // a finger that was lifted where nobody heard of it

if (live) listen(live, 2000)

/** A browser comes back to a stream that breaks off, but gives up one that is refused, as by a proxy while Dojang starts anew. */
/** @param {string} address @param {number} pauseMs */
function listen(address, pauseMs) {
  const source = new EventSource(address)
  source.addEventListener('changed', lookAgain)
  source.addEventListener('over', leave)
  source.addEventListener('error', () => {
    if (source.readyState !== EventSource.CLOSED) return
    setTimeout(() => {
      lookAgain()
      listen(address, Math.min(pauseMs * 2, pauseMaxMs))
    }, pauseMs)
  })
}

/** Who ends it by a form of this very page gets that form's answer: a reload would call it off. */
function leave() {
  if (document.querySelector('form[aria-busy=true]') === null) location.reload()
  else setTimeout(leave, backToItMs)
}

let isLooking = false
let isStale = false
let isPutOff = false

async function lookAgain() {
  isStale = true
  if (isLooking || places().every(isBusy)) return
  if (isHandThere()) return waitForHand()
  isLooking = true
  isStale = false
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (answer.status === 401 || answer.status === 403) leave()
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (isHandThere()) {
      isStale = true
      return
    }
    isPutOff =
      answer.ok &&
      !places()
        .map((place) => renew(place, page))
        .every(Boolean)
    if (answer.ok) dispatchEvent(new CustomEvent('looked-again'))
  } catch {
    // offline: the stream comes back by itself, and says so
  } finally {
    isLooking = false
    if (isStale) setTimeout(lookAgain, backToItMs)
  }
}

let handUntilMs = 0
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting

// What grows or goes moves all that is below it: nothing does under a finger.
for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel'])
  addEventListener(type, noteHand, { capture: true, passive: true })

/** @param {any} event */
function noteHand({ type, buttons, target }) {
  if (!(target instanceof Element) || target.closest('main') === null) return
  const isDown = type === 'pointerdown' || (type === 'pointermove' && buttons !== 0)
  handUntilMs = performance.now() + (isDown ? heldMaxMs : onItsWayMs)
}

function isHandThere() {
  return performance.now() < handUntilMs
}

function waitForHand() {
  clearTimeout(waiting)
  waiting = setTimeout(lookAgain, onItsWayMs)
}

/** The parts of the page that change by themselves, where it names them; else all of it. */
function places() {
  const parts = [...document.querySelectorAll('main [data-part]')]
  return parts.length > 0 ? parts : [...document.querySelectorAll('main')]
}

/** @param {Element} place @param {Document} page @returns whether it is as it should be now */
function renew(place, page) {
  const part = place.getAttribute('data-part')
  const fresh = page.querySelector(part === null ? 'main' : `main [data-part="${part}"]`)
  if (fresh === null) return true
  if (isBusy(place)) return false
  place.replaceWith(fresh)
  return true
}

/** Somebody is at it: a field with something in it, an opened part, a form on its way; in a part, a button about to be pressed. */
/** @param {Element} place */
function isBusy(place) {
  const typed = [...place.querySelectorAll('input:not([type=hidden]), textarea, select')]
  const isTouched = typed.some((field) => field === document.activeElement || isFilled(field))
  const isHeld = place.hasAttribute('data-part') && place.contains(document.activeElement)
  return (
    isTouched ||
    isHeld ||
    document.querySelector('form[aria-busy=true]') !== null ||
    place.querySelector('details[open], dialog[open]') !== null
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
addEventListener('focusout', () => (isStale || isPutOff) && setTimeout(lookAgain, backToItMs))
