/** Makes a file, or the names in a folder, outlive a power cut. */
import { closeSync, fsyncSync, openSync } from 'node:fs'

export function syncToDisk(path: string): void {
  if (process.platform === 'win32') return // it has no way to sync a folder, and refuses to sync what is open for reading
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
