// The number as it is typed: in the groups in which it is written here, for the eye and for a screen reader.

addEventListener('kiosk-typed', (event) => {
  const { digits, isReadBack } = /** @type {CustomEvent<{ digits: string, isReadBack: boolean }>} */ (event)
    .detail
  const groups = grouped(digits)
  const drawn = groups.flatMap(({ typed, missing }) => [typed, dots(missing), ' '])
  typing()
    ?.querySelector('.number')
    ?.replaceChildren(...drawn)
  /** @type {HTMLElement | null | undefined} */
  const spoken = typing()?.querySelector('[aria-live]')
  if (spoken)
    spoken.textContent = `${spoken.dataset.typed}: ${[...digits].join(' ') || spoken.dataset.nothing}`
  const said = document.querySelector('.said')
  const written = groups.map(({ typed }) => typed).filter((typed) => typed !== '')
  if (said) said.textContent = isReadBack ? written.join('-') : ''
})

/** @returns {HTMLElement | null} */
function typing() {
  return document.querySelector('#typing')
}

/** What is typed of each group and what is missing; a number from abroad as it comes. @param {string} digits */
function grouped(digits) {
  if (digits.startsWith('+')) return [{ typed: digits, missing: 0 }]
  const lengths = (typing()?.dataset.groups ?? '').split(' ').map(Number)
  let from = 0
  return lengths.map((length, at) => {
    const typed = digits.slice(from, at === lengths.length - 1 ? undefined : from + length)
    from += length
    return { typed, missing: Math.max(0, length - typed.length) }
  })
}

/** @param {number} count */
function dots(count) {
  const missing = document.createElement('i')
  missing.textContent = '•'.repeat(count)
  return missing
}
