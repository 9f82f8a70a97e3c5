// Counts the ticket down and ends it by itself; how long it has left comes from the server's clock.
const ticket = document.querySelector('#ticket[data-state=live]')
const digits = document.querySelector('#left')

if (ticket instanceof HTMLElement && digits instanceof HTMLElement) countDown(ticket, digits)

/**
 * @param {HTMLElement} ticket
 * @param {HTMLElement} digits
 */
function countDown(ticket, digits) {
  const endsAtMs = Date.now() + Number(ticket.dataset.leftMs)
  digits.hidden = false

  const show = () => {
    const seconds = Math.ceil((endsAtMs - Date.now()) / 1000)
    digits.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    if (seconds > 0) return
    clearInterval(timer)
    end(ticket)
  }
  const timer = setInterval(show, 250)
  show()
}

/** @param {HTMLElement} ticket */
function end(ticket) {
  ticket.dataset.state = 'used'
  ticket.querySelector('.clock')?.remove()
  const kicker = ticket.querySelector('.kicker')
  if (kicker instanceof HTMLElement) kicker.textContent = kicker.dataset.over ?? ''
  ticket.querySelector('.used')?.removeAttribute('hidden')
}
