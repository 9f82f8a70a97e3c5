// The counter's code changes with the server's clock: this tablet's may be wrong, so it only counts what is left.
const lateMs = 200 // so that the server has turned to the next one when it is asked
const afterFailureMs = 2000
const busyMs = 500

let untilMs = 0
let timer = setTimeout(() => {})

function begin() {
  const { leftMs } = panel()?.dataset ?? {}
  if (leftMs === undefined) return
  untilMs = performance.now() + Number(leftMs)
  wait(Number(leftMs) + lateMs)
}

/** @returns {HTMLElement | null} */
function panel() {
  return document.querySelector('#counter-code')
}

/** @param {number} ms */
function wait(ms) {
  clearTimeout(timer)
  timer = setTimeout(renew, ms)
}

async function renew() {
  if (document.querySelector('form[aria-busy=true]') !== null) return wait(busyMs) // its answer's page is said once
  try {
    const answer = await fetch(panel()?.dataset.page ?? '', { headers: { accept: 'text/html' } })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.querySelector('#counter-code')
    if (fresh === null) return wait(afterFailureMs)
    panel()?.replaceWith(fresh)
    begin()
  } catch {
    wait(afterFailureMs)
  }
}

setInterval(() => {
  const bar = panel()?.querySelector('progress')
  if (bar) bar.value = Math.max(0, untilMs - performance.now())
}, 1000)

// After a swap of the page's main part, and after the tablet has slept.
addEventListener('looked-again', begin)
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && panel()?.dataset.leftMs !== undefined && performance.now() > untilMs) renew()
})

begin()
