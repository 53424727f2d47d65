/** What right looks like: small pictures below a question, each large at a tap. */
import { make } from "#js/field/dom.js"
import { openSheet } from "#js/field/screens/sheet.js"
import { t } from "#js/lib/words.js"

/** The pictures of `question`, or null; `addressOf(picture)` says where one is. */
export function references({ pictures = [] }, { say, addressOf }) {
  if (pictures.length === 0) return null
  return make(
    "div",
    { class: "references", role: "group", "aria-label": t("What right looks like") },
    make("p", { "aria-hidden": "true" }, t("What right looks like")),
    pictures.map((picture, place) => thumbnail({ caption: say(picture.caption), place, address: addressOf(picture) })),
  )
}

function thumbnail({ caption, place, address }) {
  const words = caption || t("Picture %(n)s of what right looks like", { n: place + 1 })
  const image = make("img", { src: address, alt: "", decoding: "async" })
  const button = make("button", { type: "button", class: "reference", "aria-label": words, onclick: () => enlarge(address, words, caption) }, image)
  image.addEventListener("error", () => button.replaceChildren(make("span", {}, words)), { once: true })
  return button
}

function enlarge(address, words, caption) {
  openSheet(t("What right looks like"), [
    make("img", { class: "sheet-picture", src: address, alt: words }),
    caption ? make("p", {}, caption) : null,
  ])
}
