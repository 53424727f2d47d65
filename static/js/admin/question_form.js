/** A question's form shows only what its present settings ask for. */

export function attach(form) {
  closesKept(form)
  const critical = form.querySelector(".critical")
  const effect = form.elements.namedItem("critical_effect")
  if (!critical || !effect) return
  const dress = () => {
    critical.classList.toggle("is-off", effect.value === "")
    critical.classList.toggle("is-uncapped", effect.value !== "caps_total")
    for (const tick of form.querySelectorAll("[name$='-critical']")) {
      tick.closest(".tick").hidden = effect.value === ""
    }
  }
  effect.addEventListener("change", dress)
  dress()
}

/** What is typed is saved as it is typed, so that closing has nothing to throw away. */
export function closesKept(form) {
  const close = form.querySelector("a[data-then]")
  if (!close || form.dataset.clash !== undefined) return
  close.textContent = close.dataset.then
  delete close.dataset.leaves
}
