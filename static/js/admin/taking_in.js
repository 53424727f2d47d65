/** Takes a page that came back after a save into the present one, around the form that somebody is typing in. */

import { closesKept } from "#js/admin/question_form.js"
import { tellTime } from "#js/admin/saved_clock.js"
import { attachAll, attachOne } from "#js/lib/attach.js"

/** `form` was saved, and `page` with its form `next` came back. */
export function takeIn(form, next, page) {
  clearRefusals(form)
  for (const hidden of next.querySelectorAll("input[type=hidden]")) {
    const own = form.querySelector(`input[type=hidden][name="${CSS.escape(hidden.name)}"]`)
    if (own) own.value = hidden.value
  }
  const says = form.querySelector("[data-says]")
  if (says) says.textContent = next.querySelector("[data-says]")?.textContent ?? ""
  if (form.dataset.new !== undefined) bear(form, next)
  takeInRows(form, page)
  takeInAround(page)
  const edition = page.querySelector("input[name=edition]")?.value
  if (edition) for (const box of document.querySelectorAll("input[name=edition]")) box.value = edition
  document.dispatchEvent(new CustomEvent("designer:shown"))
}

/**
 * Show what was refused at the boxes that were typed in; nothing that is typed changes. What was only chosen may still wait for
 * what belongs to it, so that is told when the form is saved by its button. Answers whether anything is shown.
 */
export function showRefusals(form, next) {
  clearRefusals(form)
  for (const refusal of next.querySelectorAll(".refusal")) {
    const box = refusal.parentElement.querySelector("[id]:not(p)")
    const own = box && form.querySelector(`#${CSS.escape(box.id)}`)
    const place = own?.closest(".band-border, fieldset, .mb-3, .tick")
    if (!place || !wasTypedIn(own)) continue
    place.append(document.importNode(refusal, true))
    own.setAttribute("aria-invalid", "true")
    own.classList.add("is-invalid")
    own.setAttribute("aria-describedby", `${own.getAttribute("aria-describedby") ?? ""} ${refusal.id}`.trim())
  }
  const whole = next.querySelector(".refusals")
  if (whole) form.prepend(document.importNode(whole, true))
  return form.querySelector(".refusal, .refusals") !== null
}

function wasTypedIn(box) {
  return box.matches("textarea, input:not([type=checkbox], [type=radio])") && box.value !== box.defaultValue
}

function clearRefusals(form) {
  for (const refusal of form.querySelectorAll(".refusal, .refusals")) refusal.remove()
  for (const box of form.querySelectorAll("[aria-invalid]")) {
    box.removeAttribute("aria-invalid")
    box.classList.remove("is-invalid")
  }
}

/** A new question has been added by its first save: from now on its form changes it. */
function bear(form, next) {
  const row = form.closest(".question")
  const born = next.closest(".question")
  delete form.dataset.new
  form.action = next.action
  row.id = born.id
  history.replaceState({}, "", next.getAttribute("action"))
  for (const part of [".question-form-kind", ".pictures", ".question-form-foot"]) {
    form.querySelector(part).replaceWith(document.importNode(next.querySelector(part), true))
  }
  closesKept(form)
  attachAll(form.querySelector(".pictures"))
  form.after(document.importNode(born.querySelector(".question-more"), true))
  attachAll(row.querySelector(".question-more"))
}

/** The other questions of the touchpoint as they stand now; the open one is not touched. */
function takeInRows(form, page) {
  const open = form.closest(".question")
  const list = page.querySelector("#questions")
  if (!open || !list) return
  const rows = [...list.children].map((row) => document.importNode(row, true))
  const place = rows.findIndex((row) => row.classList.contains("is-open"))
  for (const row of [...open.parentElement.children]) if (row !== open) row.remove()
  open.before(...rows.slice(0, place))
  open.after(...rows.slice(place + 1))
  for (const row of rows) if (row.isConnected) attachAll(row)
}

/** The journey, the figures and the head of the page, as far as nobody is just using them. */
function takeInAround(page) {
  tellTime(page)
  for (const part of [".journey", ".figures", ".draft-state", ".desk-actions", ".touchpoint-facts", ".touchpoint-when", "#touchpoint"]) {
    const here = document.querySelector(part)
    const there = page.querySelector(part)
    if (!here || !there || here.contains(document.activeElement) || here.matches(":active")) continue
    if (here.querySelector("form[data-typed]")) continue // it waits to be saved itself
    if (part === ".journey") exchangeJourney(here, document.importNode(there, true))
    else if (here.innerHTML !== there.innerHTML) {
      here.replaceChildren(...document.importNode(there, true).childNodes)
      attachAll(here)
    }
  }
}

function exchangeJourney(here, there) {
  const isOpen = here.querySelector(".journey-fold").open
  const scrolled = here.scrollTop
  here.replaceWith(there)
  attachOne(there).then(() => {
    there.querySelector(".journey-fold").open = isOpen
    there.scrollTop = scrolled
  })
}
