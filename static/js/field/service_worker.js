/**
 * Opens the shopper's pages when there is no network. It reads what the pages themselves put away (offline/shelter.js)
 * and sends nothing: answers and photos never pass through it. It takes over only when no page is open any more, as
 * browsers do unless told otherwise.
 */
const PAGES = "shopper-pages"
const FILES = "shopper-files"
const BUILD = "Shopper-Build"
const PATIENCE_MS = 3_000
const PICTURE = /^\/field\/visits\/[0-9a-f-]{36}\/pictures\/[0-9a-f]{64}$/
const NO_SIGNAL = "/field/no-signal"
const KEPT = /^\/field(\/on-this-phone|\/visits\/[0-9a-f-]{36})?$/
const NEVER_KEPT = /^\/field\/visits\/[0-9a-f-]{36}\/receipts$/

self.addEventListener("fetch", (event) => {
  const { request } = event
  const { origin, pathname, searchParams } = new URL(request.url)
  if (request.method !== "GET" || origin !== self.location.origin) return
  if (request.mode === "navigate" && KEPT.test(pathname)) event.respondWith(page(request, pathname, event))
  else if (request.mode === "navigate" && NEVER_KEPT.test(pathname)) event.respondWith(fromServer(request))
  else if ((pathname.startsWith("/static/") && searchParams.has("v")) || PICTURE.test(pathname)) event.respondWith(file(request))
})

/** A file whose address names its content: as it was put away, else from the server. */
async function file(request) {
  const kept = await (await caches.open(FILES)).match(request, { ignoreVary: true })
  return kept ?? fetch(request)
}

/** The page as the server has it now; as it was put away where the server does not answer soon, or not as ours. */
async function page(request, pathname, event) {
  const pages = await caches.open(PAGES)
  const kept = await pages.match(pathname, { ignoreVary: true })
  if (!kept || isFromSignIn(request)) return fromServer(request)
  const asked = ask(request)
  event.waitUntil(asked.then((answer) => renew(pages, pathname, kept, answer)).catch(() => {})) // without network nothing is to be renewed
  return Promise.race([asked.then(forBrowser).catch(() => kept.clone()), later().then(() => kept.clone())])
}

/** The page as the server has it; where it cannot be reached, the page that says so, if that was put away. */
async function fromServer(request) {
  try {
    return await fetch(request)
  } catch (failure) {
    const kept = await (await caches.open(PAGES)).match(NO_SIGNAL, { ignoreVary: true })
    if (kept) return kept
    throw failure
  }
}

/** Whoever just signed in may be another person: what is kept may not be theirs. A reload names the same page as its referrer. */
function isFromSignIn({ referrer, cache }) {
  return referrer !== "" && new URL(referrer).pathname.startsWith("/sign-in") && cache === "default"
}

async function ask(request) {
  const answer = await fetch(request.url, { credentials: "same-origin", cache: "no-store", headers: { Accept: "text/html" } })
  const isOurs = answer.redirected || answer.status === 404 || answer.headers.has(BUILD)
  if (!isOurs || answer.status >= 500) throw new TypeError("no answer of ours")
  return answer
}

/** A browser takes no page that was redirected on its way; it goes there itself (to sign in). */
function forBrowser(answer) {
  return answer.redirected ? Response.redirect(answer.url, 302) : answer.clone()
}

/** A newer page that goes with the same files takes the place of the kept one. */
async function renew(pages, pathname, kept, answer) {
  const isSame = !answer.redirected && answer.ok && answer.headers.get(BUILD) === kept.headers.get(BUILD)
  if (isSame) await pages.put(pathname, answer.clone())
}

function later() {
  return new Promise((done) => setTimeout(done, PATIENCE_MS))
}
