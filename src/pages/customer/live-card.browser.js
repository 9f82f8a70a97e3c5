// A stamp that staff press while the customer looks on is pressed before their eyes; a request that nobody answers ends by itself.
let before = cardShown()
/** @type {any} */
let ending
endInTime()

addEventListener('looked-again', () => {
  const now = cardShown()
  const isProved = now.proven !== before.proven
  if (now.proven && isProved) say('proved')
  if (!isProved && now.stamps > before.stamps && now.last !== before.last) {
    press(now.stamps - before.stamps)
    say('stamped')
  }
  before = now
  endInTime()
})

function cardShown() {
  const card = document.querySelector('#card')
  const { stamps, last, proven } = card instanceof HTMLElement ? card.dataset : {}
  return { stamps: Number(stamps), last, proven: proven === 'true' }
}

/** @param {number} stamps */
function press(stamps) {
  for (const seal of [...document.querySelectorAll('.seals > use')].slice(-stamps)) {
    const place = document.createElementNS('http://www.w3.org/2000/svg', 'g')
    place.setAttribute('transform', seal.getAttribute('transform') ?? '')
    seal.removeAttribute('transform') // the motion has one of its own
    seal.classList.add('new')
    seal.replaceWith(place)
    place.append(seal)
  }
}

/** @param {'stamped' | 'proved'} what */
function say(what) {
  const kicker = document.querySelector('#card .kicker')
  if (!(kicker instanceof HTMLElement)) return
  kicker.role = 'status'
  kicker.classList.add('good')
  setTimeout(() => (kicker.textContent = kicker.dataset[what] ?? ''), 100) // a screen reader hears what changes in it
}

function endInTime() {
  clearTimeout(ending)
  const waiting = document.querySelector('#request[data-state=waiting]')
  if (waiting instanceof HTMLElement)
    ending = setTimeout(() => location.reload(), Number(waiting.dataset.leftMs))
}
