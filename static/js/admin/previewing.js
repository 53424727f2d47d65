/** Beside the phone: what the answers given in it would score. */

const CALM_MS = 250

export function attach(page) {
  const phone = page.querySelector("iframe")
  const score = page.querySelector("[data-score]")
  let timer = null
  let newest = 0

  async function ask(answers) {
    const turn = ++newest
    const response = await fetch(page.dataset.scores, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": page.dataset.token },
      body: JSON.stringify(answers),
    }).catch(() => null)
    if (!response?.ok || turn !== newest) return
    const { html } = await response.json()
    const fragment = new DOMParser().parseFromString(html, "text/html")
    if (turn === newest) score.replaceChildren(...fragment.body.children)
  }

  globalThis.addEventListener("message", ({ source, origin, data }) => {
    if (source !== phone.contentWindow || origin !== location.origin) return
    clearTimeout(timer)
    timer = setTimeout(() => ask(data.answers), CALM_MS)
  })
}
