/** A picture goes up as soon as it is chosen: the button beside it is for whoever has no script. */

export function attach(area) {
  const file = area.querySelector("input[type=file]")
  area.querySelector("button").hidden = true
  for (const happening of ["input", "change"]) {
    file.addEventListener(happening, (event) => {
      event.stopPropagation() // nothing of the question itself was typed
      if (happening === "change" && file.files.length > 0) file.form.requestSubmit()
    })
  }
}
