/** Where each request came from: a Request cannot say it itself, and it is gone with the request. */

const HERE = '127.0.0.1' // whoever calls the app without a connection is in this process

const addresses = new WeakMap<Request, string>()

export function noteAddress(request: Request, address: string): void {
  addresses.set(request, address)
}

export function addressOf(request: Request): string {
  return addresses.get(request) ?? HERE
}
