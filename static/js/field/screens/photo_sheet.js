/** One photo, large, with its state in words and the way to remove it. */
import { icon, make } from "#js/field/dom.js"
import { openSheet } from "#js/field/screens/sheet.js"
import { stateWords } from "#js/field/photo_states.js"
import { t } from "#js/lib/words.js"

/** Show `photo`; `source` is the small picture that stands there until the large one is read. */
export function openPhoto(photo, { on, source }) {
  const image = make("img", { class: "sheet-picture", src: source || null, alt: t("Photo %(n)s", { n: photo.number }) })
  const sheet = openSheet(t("Photo %(n)s", { n: photo.number }), [
    source ? image : make("p", { class: "muted" }, t("This picture cannot be shown here.")),
    make("p", { class: "muted" }, stateWords(photo), photo.message ? `. ${photo.message}` : ""),
    photo.isLocked ? null : removal(() => {
      sheet.close()
      on.remove(photo.id)
    }),
  ])
  on.fullPicture?.(photo).then((address) => address && (image.src = address))
}

/** Removing asks once more: a photo taken in a shop cannot be taken again at home. */
function removal(remove) {
  const ask = make("button", { type: "button", class: "wide wide-bad" }, icon("trash"), t("Remove this photo"))
  const area = make("div", { class: "stack" }, ask)
  ask.addEventListener("click", () => {
    const keep = make("button", { type: "button", class: "wide", onclick: () => area.replaceChildren(ask) }, t("Keep it"))
    const sure = make("button", { type: "button", class: "wide wide-bad-filled", onclick: remove }, t("Yes, remove it"))
    area.replaceChildren(make("p", {}, t("Remove this photo for good?")), sure, keep)
    keep.focus()
  })
  return area
}
