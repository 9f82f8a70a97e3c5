/** For services that come from Django: cookie values as Python's http.cookies wrote them. */

/**
 * Undoes the quoting of Python's `http.cookies`, which Django uses: outer quotes, `\"`, `\\` and octal `\NNN`. Text
 * without outer quotes is returned as it came. Use it inside a cookie's `parse`, and only as long as browsers still
 * hold cookies that Django set: by RFC 6265bis the quotes belong to the value.
 *
 * Linear time: the pattern looks at each character once (Python's own was quadratic, CVE-2024-7592).
 *
 * @example unquotePython('"a\\073b"') // 'a;b'
 */
export function unquotePython(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text
  return text
    .slice(1, -1)
    .replace(/\\(?:([0-3][0-7][0-7])|([\s\S]))/g, (_, octal: string | undefined, other: string) =>
      octal === undefined ? other : String.fromCharCode(Number.parseInt(octal, 8)),
    )
}
