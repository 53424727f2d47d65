/** What right looks like: small pictures with their captions below a question, all of them large at a tap. */
import { make } from "#js/field/dom.js"
import { openSheet } from "#js/field/screens/sheet.js"
import { t } from "#js/lib/words.js"

/** The pictures of `question`, or null; `addressOf(picture)` says where one is. */
export function references({ pictures = [] }, { say, addressOf }) {
  if (pictures.length === 0) return null
  const views = pictures.map((picture, place) => viewOf(say(picture.caption), place, addressOf(picture)))
  return make(
    "div",
    { class: "references", role: "group", "aria-label": t("What right looks like") },
    make("p", { "aria-hidden": "true" }, t("What right looks like")),
    views.map((view) => thumbnail(view, () => enlarge(views, view))),
  )
}

/** A picture as it is shown: its address, its caption, and the words for who does not see it. */
function viewOf(caption, place, address) {
  return { address, caption, words: caption || t("Picture %(n)s of what right looks like", { n: place + 1 }) }
}

function thumbnail({ address, caption, words }, onclick) {
  const image = make("img", { src: address, alt: "", decoding: "async" })
  const frame = make("span", { class: "reference-frame" }, image)
  const button = make("button", { type: "button", class: "reference", "aria-label": words, onclick }, frame, caption ? make("span", { class: "reference-words" }, caption) : null)
  image.addEventListener("error", () => frame.replaceChildren(caption ? t("No picture") : words), { once: true })
  return button
}

/** All pictures, one below the other, from the one that was tapped. */
function enlarge(views, tapped) {
  const figures = views.map(({ address, caption, words }) =>
    make("figure", { class: "sheet-figure" }, make("img", { class: "sheet-picture", src: address, alt: caption ? "" : words }), caption ? make("figcaption", {}, caption) : null))
  openSheet(t("What right looks like"), figures)
  figures[views.indexOf(tapped)].scrollIntoView()
}
