/** Asks the server for a page, and tells a page from what stands in its place when something is wrong. */

const TOKEN = "csrf_token"

/**
 * The answer as {page, ok, status, url, redirected}, or as {trouble}: "signed_out" when the sign-in page came back, "broken"
 * when the server failed over what was sent. A forgery token that a new sign-in has made stale is replaced once.
 */
export async function answerOf(address, { method, body, signal }) {
  let response = await fetch(address, { method, body, signal })
  if (response.status === 400 && body?.has(TOKEN)) {
    const token = await freshToken(signal)
    if (!token) return { trouble: "signed_out" }
    body.set(TOKEN, token)
    response = await fetch(address, { method, body, signal })
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  if (response.redirected && page.querySelector("input[type=password]")) return { trouble: "signed_out" }
  if (method === "POST" && (response.status === 400 || response.status >= 500)) return { trouble: "broken" }
  const { ok, status, url, redirected } = response
  return { page, ok, status, url, redirected }
}

async function freshToken(signal) {
  const response = await fetch(location.href, { signal })
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  if (page.querySelector("input[type=password]")) return null
  return page.querySelector(`input[name=${TOKEN}]`)?.value ?? null
}
