/** A question's form shows only what its present settings ask for. */

export function attach(form) {
  closesKept(form)
  landsOn(form)
  asksForLength(form)
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

/** Who comes from a finding lands in its very box, though it stands in what is folded. */
function landsOn(form) {
  const box = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!box || !form.contains(box) || box === form) return
  for (let fold = box.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true
  box.scrollIntoView({ block: "center" })
  if (box.matches("input, select, textarea, button, summary")) box.focus({ preventScroll: true })
}

/** How long an explanation is at least is asked only where one is demanded. */
function asksForLength(form) {
  const box = form.querySelector(".explain-min")
  if (!box) return
  const ways = form.querySelectorAll("[name^='explain_'][type='checkbox'], [name='explain_edge'], [name$='-explain']")
  const dress = () => { box.hidden = ![...ways].some((way) => (way.type === "checkbox" ? way.checked : way.value !== "")) }
  for (const way of ways) way.addEventListener("change", dress)
  dress()
}

/** What is typed is saved as it is typed: one button, which throws nothing away, says that one is done. */
export function closesKept(form) {
  const close = form.querySelector("a[data-then]")
  if (!close || form.dataset.clash !== undefined) return
  close.textContent = close.dataset.then
  close.classList.replace("btn-link", "btn-primary")
  delete close.dataset.leaves
  form.querySelector("[data-saves]").hidden = true
}
