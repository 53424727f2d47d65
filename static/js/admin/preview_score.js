/** What the answers given in a preview would score: asked of the server, shown as its words. */

const CALM_MS = 250

/** Shows in `element` what answers score; returns a function that takes the answers. */
export function scorer({ address, token, element, said = null }) {
  let timer = null
  let newest = 0

  async function ask(answers) {
    const turn = ++newest
    const told = await scoreOf(answers, { address, token })
    if (!told || turn !== newest) return
    put(element, new DOMParser().parseFromString(told.html, "text/html").body)
    if (said) said.textContent = wordsOf(element)
  }

  return (answers) => {
    clearTimeout(timer)
    timer = setTimeout(() => ask(answers), CALM_MS)
  }
}

/** What the server says of `answers`: {html, left}, where `left` are the keys of those that no longer fit; null without it. */
export async function scoreOf(answers, { address, token }) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token }
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(answers) }).catch(() => null)
  return response?.ok ? response.json() : null
}

/** Put `fresh` in place of what `element` shows; what was unfolded stays so, and the focus where it was. */
function put(element, fresh) {
  const open = [...element.querySelectorAll("details[open]")].map(({ dataset }) => dataset.part)
  const focused = nameOf(element.contains(document.activeElement) ? document.activeElement : null)
  for (const part of fresh.querySelectorAll("details")) part.open = open.includes(part.dataset.part)
  element.replaceChildren(...fresh.children)
  if (focused) element.querySelector(focused)?.focus({ preventScroll: true })
}

function nameOf(focused) {
  if (!focused) return null
  if (focused.dataset.show) return `[data-show="${focused.dataset.show}"]`
  return focused.matches("summary") ? `[data-part="${focused.parentElement.dataset.part}"] > summary` : null
}

function wordsOf(element) {
  return (element.querySelector(".score-total")?.textContent ?? "").replaceAll(/\s+/g, " ").trim()
}
