// At the counter: four digits search by themselves, six let in, seconds count down, and a camera reads the customer's QR.
const FOUR_DIGITS = /^\d{4}$/
const settledMs = 400 // whoever goes on typing means a whole number
const beginsMs = 1500 // 0100 is seldom an end and mostly the beginning of one, said and typed in groups; so are any four where numbers have no 0 first
const lookEveryMs = 200

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing

addEventListener('input', (event) => {
  const field = event.target
  if (!(field instanceof HTMLInputElement)) return
  if (field.id === 'pin' && field.form?.id === 'enter' && /^\d{6}$/.test(field.value))
    field.form.requestSubmit()
  if (field.id !== 'find') return
  clearTimeout(typing)
  if (FOUR_DIGITS.test(field.value))
    typing = setTimeout(
      () => FOUR_DIGITS.test(field.value) && field.form?.requestSubmit(),
      field.dataset.zero === undefined || field.value.startsWith('0') ? beginsMs : settledMs,
    )
})

setInterval(() => {
  for (const shown of document.querySelectorAll('[data-left]')) {
    if (!(shown instanceof HTMLElement)) continue
    const left = Math.max(0, Number(shown.dataset.left) - 1)
    shown.dataset.left = String(left)
    shown.textContent = shown.textContent?.replace(/\d+/, String(left)) ?? ''
  }
}, 1000)

/** @type {MediaStream | null} */
let stream = null

offerScan()
addEventListener('looked-again', offerScan)

function offerScan() {
  const button = document.getElementById('scan')
  if (!(button instanceof HTMLButtonElement)) return
  button.hidden = !('BarcodeDetector' in window) || navigator.mediaDevices === undefined
  button.onclick = () => (stream === null ? scan(button) : stopScan(button))
}

/** @param {HTMLButtonElement} button */
async function scan(button) {
  const video = document.getElementById('camera')
  if (!(video instanceof HTMLVideoElement)) return
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  } catch {
    button.textContent = button.dataset.none ?? ''
    button.disabled = true
    return
  }
  button.dataset.scan = button.textContent ?? ''
  button.textContent = button.dataset.stop ?? ''
  video.srcObject = stream
  video.hidden = false
  video.play().catch(() => {}) // stopped again before the first picture
  // @ts-expect-error: TypeScript does not know it yet
  const detector = new BarcodeDetector({ formats: ['qr_code'] })
  while (stream !== null) {
    /** @type {{ rawValue: string }[]} */
    const found = await detector.detect(video).catch(() => [])
    const code = found.map((one) => one.rawValue).find((text) => /^DOJANG:[A-Z]{6}$/i.test(text))
    if (code !== undefined) return submitCode(button, code)
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}

/** @param {HTMLButtonElement} button @param {string} code */
function submitCode(button, code) {
  stopScan(button)
  const field = document.getElementById('find')
  if (!(field instanceof HTMLInputElement)) return
  field.value = code
  field.form?.requestSubmit()
}

/** @param {HTMLButtonElement} button */
function stopScan(button) {
  for (const track of stream?.getTracks() ?? []) track.stop()
  stream = null
  button.textContent = button.dataset.scan ?? ''
  const video = document.getElementById('camera')
  if (video instanceof HTMLVideoElement) video.hidden = true
}
