/** What the answers given in a preview would score: asked of the server, shown as its words. */

const CALM_MS = 250

/** Shows in `element` what answers score; returns a function that takes the answers. */
export function scorer({ address, token, element }) {
  let timer = null
  let newest = 0

  async function ask(answers) {
    const turn = ++newest
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(answers),
    }).catch(() => null)
    if (!response?.ok || turn !== newest) return
    const { html } = await response.json()
    const fragment = new DOMParser().parseFromString(html, "text/html")
    if (turn === newest) element.replaceChildren(...fragment.body.children)
  }

  return (answers) => {
    clearTimeout(timer)
    timer = setTimeout(() => ask(answers), CALM_MS)
  }
}
