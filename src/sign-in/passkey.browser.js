// Asks the browser for a passkey, and puts its answer into the form before it is sent.
// <form data-passkey="create|get" data-options='…JSON…'><input type="hidden" name="passkey">…<p data-passkey-failed hidden>…</p>
for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (form instanceof HTMLFormElement) askAtSubmit(form)
}

/** @param {HTMLFormElement} form */
function askAtSubmit(form) {
  const field = form.elements.namedItem('passkey')
  const failed = form.querySelector('[data-passkey-failed]')
  if (!(field instanceof HTMLInputElement)) return
  if (typeof PublicKeyCredential === 'undefined') {
    if (failed instanceof HTMLElement) failed.hidden = false
    return
  }

  form.addEventListener('submit', async (event) => {
    if (field.value !== '') return
    event.preventDefault()
    event.stopPropagation() // nothing is on its way yet
    try {
      field.value = JSON.stringify(await ask(form.dataset.passkey, JSON.parse(form.dataset.options ?? '{}')))
      form.requestSubmit()
    } catch {
      if (failed instanceof HTMLElement) failed.hidden = false
    }
  })
}

/**
 * @param {string | undefined} what
 * @param {any} options
 */
function ask(what, options) {
  return what === 'create'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
}
