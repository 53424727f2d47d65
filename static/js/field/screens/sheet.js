/** A sheet that slides up from below, over everything else. */
import { icon, make, uniqueName } from "#js/field/dom.js"
import { t } from "#js/lib/words.js"

/** Open a sheet called `title` with `children`; it closes by its button, Escape or a tap beside it. */
export function openSheet(title, children) {
  const id = uniqueName("sheet")
  const dialog = make("dialog", { class: "sheet", "aria-labelledby": id })
  const close = make("button", { type: "button", class: "round", "aria-label": t("Close"), onclick: () => dialog.close() }, icon("x"))
  dialog.append(make("div", { class: "sheet-in" }, make("div", { class: "sheet-head" }, make("h2", { id }, title), close), ...children.filter(Boolean)))
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close())
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}
