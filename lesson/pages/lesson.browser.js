// On a page of the lesson: frames as high as what they show, the neighbour's frame looked at again, arrow keys.
const frames = [...document.querySelectorAll('iframe')]
const told = new WeakSet()

addEventListener('message', ({ source, data }) => {
  const frame = frames.find((one) => one.contentWindow === source)
  if (frame === undefined || typeof data?.height !== 'number') return
  frame.style.height = `${Math.min(data.height + 2, 6000)}px`
  if (!data.pressed || told.has(frame)) return
  told.add(frame)
  for (const other of frames) if (other !== frame && other.dataset.customer) other.src = String(other.src)
})

for (const frame of frames) frame.addEventListener('load', () => told.delete(frame))

addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (event.target instanceof HTMLElement && event.target.closest('input, select, textarea, pre')) return
  const rel = event.key === 'ArrowRight' ? 'next' : event.key === 'ArrowLeft' ? 'prev' : null
  if (rel === null) return
  const link = document.querySelector(`footer a[rel=${rel}]`)
  if (link instanceof HTMLAnchorElement) link.click()
})
