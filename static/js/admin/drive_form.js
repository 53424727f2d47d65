/** Says that the PDF of a test drive is being made: it takes a few seconds, in which the browser shows nothing. */
import { t } from "#js/lib/words.js"

export function attach(form) {
  const said = form.querySelector("[data-making]")
  form.addEventListener("submit", ({ submitter }) => {
    const isPdf = submitter?.dataset.download !== undefined
    said.textContent = isPdf ? t("The PDF is being made; it takes a few seconds.") : ""
  })
}
