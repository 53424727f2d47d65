/** A picture goes up as soon as it is chosen, unless it is too large: the button beside it is for whoever has no script. */

import { t } from "#js/lib/words.js"

const MEGABYTE = 1024 * 1024

export function attach(area) {
  const file = area.querySelector("input[type=file]")
  const most = Number(area.dataset.mostBytes)
  area.querySelector("button").hidden = true
  for (const happening of ["input", "change"]) {
    file.addEventListener(happening, (event) => {
      event.stopPropagation() // nothing of the question itself was typed
      if (happening === "change") goesUp()
    })
  }
  goesUp() // what was chosen before this script was there

  function goesUp() {
    if (file.files.length > 0) sends(area, file, faultOf([...file.files], most))
  }
}

/** Why the chosen files cannot go up as they are, or nothing. */
export function faultOf(files, most) {
  const limit = Math.floor(most / MEGABYTE)
  const large = files.find(({ size }) => size > most)
  if (large) return t("“%(file)s” is larger than %(limit)s MB, so nothing was added. Choose a smaller picture.", { file: large.name, limit })
  const total = files.reduce((sum, { size }) => sum + size, 0)
  if (total > most) return t("Together these pictures are larger than %(limit)s MB, so none was added. Choose fewer at once.", { limit })
  return ""
}

function sends(area, file, fault) {
  area.querySelector("#picture-errors")?.remove()
  if (fault === "") return file.form.requestSubmit()
  const refusal = document.importNode(area.querySelector("template").content.firstElementChild, true)
  refusal.id = "picture-errors"
  refusal.querySelector("span").textContent = fault
  area.append(refusal)
  file.classList.add("is-invalid")
  file.setAttribute("aria-invalid", "true")
  file.setAttribute("aria-describedby", "picture-help picture-errors")
  file.value = ""
}
