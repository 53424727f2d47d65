/** Beside the phone: what the answers given in it would score. */
import { scorer } from "#js/admin/preview_score.js"

export function attach(page) {
  const phone = page.querySelector("iframe")
  const tell = scorer({ address: page.dataset.scores, token: page.dataset.token, element: page.querySelector("[data-score]") })
  globalThis.addEventListener("message", ({ source, origin, data }) => {
    if (source === phone.contentWindow && origin === location.origin && data.answers) tell(data.answers)
  })
}
