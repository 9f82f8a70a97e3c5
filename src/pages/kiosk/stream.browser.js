// Whether the server is there, and what it tells: that the café has changed, or that this tablet is no kiosk any more.
const backMs = 5000 // a proxy that said no is asked again

/** @type {EventSource | undefined} */
let source

function listen() {
  /** @type {HTMLElement | null} */
  const home = document.querySelector('#home')
  const { stream } = home?.dataset ?? {}
  if (stream === undefined) return
  source = new EventSource(stream)
  source.addEventListener('open', show)
  source.addEventListener('changed', tell)
  source.addEventListener('over', () => {
    source?.close()
    location.reload()
  })
  source.addEventListener('error', () => {
    show()
    if (source?.readyState !== EventSource.CLOSED) return // it comes back by itself
    tell()
    setTimeout(listen, backMs)
  })
}

function tell() {
  dispatchEvent(new CustomEvent('kiosk-changed'))
}

function show() {
  /** @type {HTMLElement | null} */
  const line = document.querySelector('.line')
  if (line === null) return
  const isOnline = navigator.onLine && source?.readyState === EventSource.OPEN
  line.classList.toggle('off', !isOnline)
  line.textContent = (isOnline ? line.dataset.online : line.dataset.offline) ?? ''
}

for (const event of ['online', 'offline', 'looked-again']) addEventListener(event, show)

listen()
