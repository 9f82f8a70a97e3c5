// The keypad, the number read back, the stamp, and then nothing of it: one customer after the other, in one page and one history entry.
const idleMs = 20_000 // half a number that nobody goes on with
const resultMs = 8_000
const heldMs = 30_000 // to get a phone out
const patienceMs = 10_000 // a stamp takes less; after that the same form is safe to send again

let digits = ''
let isUnanswered = false // whether the form was done nobody knows: it goes again under its own key, or not at all
let isStale = false // the café has changed while somebody was at it
/** @type {'typing' | 'read-back' | 'refused' | 'result'} */
let stage = 'typing'
let tappedIn = /** @type {string} */ (stage)
let timer = setTimeout(() => {})

/** @param {string} selector @param {ParentNode} [within] @returns {any} */
const one = (selector, within = document) => within.querySelector(selector)
const form = () => one('#stamp')
const typing = () => one('#typing')

/** A page as it came from the server, at first or in exchange for the one before. */
function begin() {
  if (one('#home') === null) return
  digits = form().phone.value
  form().phone.value = ''
  if (one('#result') !== null) enter('result', resultMs)
  else if (one('#refused').hidden) enter('typing')
  else enter('refused', one('#refused').dataset.way === 'leave' ? resultMs : idleMs)
}

/** @param {typeof stage} next @param {number} [ms] when the next customer begins */
function enter(next, ms) {
  stage = next
  typing().hidden = next === 'read-back' || next === 'refused'
  one('#read-back').hidden = next !== 'read-back'
  one('#refused').hidden = next !== 'refused'
  for (const hint of document.querySelectorAll('.hint')) hint.textContent = ''
  draw()
  if (next === 'read-back') one('#read-back h2').focus()
  if (next === 'result') one('#result h1').focus()
  clearTimeout(timer)
  if (ms !== undefined) timer = setTimeout(reset, ms)
}

/** Nothing of this customer stays: not on the page, not in the form, and their language goes with them. */
function reset() {
  digits = ''
  isUnanswered = false
  one('#result')?.remove()
  form().phone.value = ''
  form().idempotency_key.value = newKey()
  one('#refused').querySelector('.refusal')?.remove()
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  // biome-ignore lint/suspicious/noDocumentCookie: what could be used instead is there on https alone
  document.cookie = 'kiosk_language=; Max-Age=0; Path=/'
  enter('typing')
  if (isStale || document.documentElement.lang !== one('#home').dataset.language) lookAgain()
}

function newKey() {
  const octets = crypto.getRandomValues(new Uint8Array(16))
  return [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('')
}

/** For number.browser.js. */
function draw() {
  dispatchEvent(new CustomEvent('kiosk-typed', { detail: { digits, isReadBack: stage === 'read-back' } }))
}

/** @param {string} key */
function press(key) {
  if (isOnItsWay()) return
  if (stage === 'result' || (stage === 'refused' && one('#refused').dataset.way === 'leave')) reset()
  if (key === 'Backspace' && stage !== 'typing') return enter('typing', idleMs)
  if (stage !== 'typing' || (key === '+' && digits !== '')) return
  const next = key === 'Backspace' ? digits.slice(0, -1) : (digits + key).slice(0, lengths().most)
  if (next !== digits && isUnanswered) form().idempotency_key.value = newKey() // another number is another request
  if (next !== digits) isUnanswered = false
  digits = next
  enter('typing', idleMs)
}

/** How many characters a number has, the plus of one from abroad counted. */
function lengths() {
  const { least, most } = typing().dataset
  return digits.startsWith('+') ? { least: 9, most: 16 } : { least: Number(least), most: Number(most) }
}

/** What the red button of the moment does. */
function goOn() {
  if (stage === 'result') return reset()
  if (stage === 'read-back') return form().requestSubmit()
  if (stage === 'refused') return one('#refused button').click()
  if (digits.length >= lengths().least) return enter('read-back', idleMs)
  enter('typing', idleMs)
  const hint = one('.hint', typing())
  hint.textContent = hint.dataset.unfinished
}

function hold() {
  const note = one('#result .hold .note')
  note.textContent = one('#result .hold').dataset.held
  clearTimeout(timer)
  timer = setTimeout(reset, heldMs)
}

function isOnItsWay() {
  return form().ariaBusy === 'true'
}

async function stamp() {
  if (isOnItsWay()) return
  form().ariaBusy = 'true'
  clearTimeout(timer)
  const hint = one('.hint', one('#read-back'))
  hint.textContent = hint.dataset.underWay
  form().phone.value = digits
  const sent = new FormData(form())
  form().phone.value = ''
  const page = await post(form().action, sent)
  form().ariaBusy = null
  if (page === null) {
    isUnanswered = true
    enter('read-back', idleMs)
    hint.textContent = hint.dataset.noAnswer
  } else take(page)
}

/** @param {string} action @param {FormData} fields @returns {Promise<Document | null>} null without an answer of ours */
async function post(action, fields) {
  try {
    const body = new URLSearchParams(/** @type {any} */ (fields))
    const answer = await fetch(action, { method: 'POST', body, signal: AbortSignal.timeout(patienceMs) })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (one('#home', page) === null && answer.status < 500) location.reload() // it is no kiosk any more
    return one('#home', page) === null ? null : page
  } catch {
    return null
  }
}

/** Puts the answer in place of this page, without a step back to it. @param {Document} page */
function take(page) {
  const main = one('main', page)
  const earlier = one('main')
  if (isUnanswered && one('#result', page) === null)
    one('#stamp', page).idempotency_key.value = form().idempotency_key.value
  document.documentElement.lang = page.documentElement.lang
  document.title = page.title
  earlier.replaceWith(document.adoptNode(main))
  begin()
  dispatchEvent(new CustomEvent('looked-again'))
}

/** The page anew, in the café's language and as it is now; what is being typed stays. */
async function lookAgain() {
  isStale = false
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (one('#home', page) === null && answer.status < 500) return location.reload()
    if (one('#home', page) === null || stage !== 'typing' || isOnItsWay()) return
    const typed = digits
    take(page)
    if (typed === '' || stage !== 'typing') return
    digits = typed
    enter('typing', idleMs)
  } catch {
    // no connection: the line at the bottom says so
  }
}

/** The language and how the page looks: what is typed stays. @param {HTMLFormElement} settings @param {HTMLElement | null} button */
async function set(settings, button) {
  const page = await post(settings.action, new FormData(settings, button))
  settings.ariaBusy = null
  if (page === null || stage === 'result' || isOnItsWay()) return
  const before = { digits, stage }
  take(page)
  digits = before.digits
  enter(before.stage === 'read-back' ? 'read-back' : 'typing', idleMs)
}

const actions = {
  stamp: goOn,
  again: () => enter('read-back', idleMs),
  correct: () => enter('typing', idleMs),
  next: reset,
  hold,
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('button') : null
  if (event.detail <= 1) tappedIn = stage
  else if (stage !== tappedIn) return event.preventDefault() // the second of a double tap was not meant for this
  const action = button?.dataset.do
  if (action !== undefined && action in actions) actions[/** @type {keyof typeof actions} */ (action)]()
})

document.addEventListener('submit', (event) => {
  event.preventDefault()
  if (event.target === form()) stamp()
  else if (event.target instanceof HTMLFormElement) set(event.target, event.submitter)
})

addEventListener('kiosk-key', (event) => {
  const { detail: key } = /** @type {CustomEvent<string>} */ (event)
  if (key === 'Enter') goOn()
  else if (key === 'Escape') reset()
  else press(key)
})

addEventListener('kiosk-changed', () => {
  isStale = true
  if (stage === 'typing' && digits === '') lookAgain()
})

// A page that is left, or comes back from the browser's memory, has nothing of anybody on it.
addEventListener('pagehide', reset)
addEventListener('pageshow', ({ persisted }) => persisted && reset())

begin()
