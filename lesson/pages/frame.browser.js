// In a frame: what scripts may see of the cookies, and a word to the lesson when something has changed.
const { lesson = '', pressed } = document.body.dataset

for (const place of document.querySelectorAll('[data-document-cookie]')) {
  place.textContent = document.cookie === '' ? (place.getAttribute('data-empty') ?? '') : document.cookie
}

if (parent !== window) {
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height)
    parent.postMessage({ height, pressed: pressed === 'true' }, lesson)
  }
  new ResizeObserver(tell).observe(document.body)
}
