// One press, one request: a second press while the first is on its way is swallowed.
// The server would answer it the same anyway; this only spares the wait, so it lets go by itself.
const waitMaxMs = 8000

addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.method !== 'post') return
  if (form.ariaBusy === 'true') {
    event.preventDefault()
    return
  }
  form.ariaBusy = 'true'
  setTimeout(letGo, waitMaxMs)
})

// Coming back with the Back button restores the page as it was left: busy.
addEventListener('pageshow', letGo)

function letGo() {
  for (const form of document.forms) form.ariaBusy = null
}
