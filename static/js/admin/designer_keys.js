/** The designer by keys: everything that the mouse can do, and the list of the keys under "?". */

import { isTyped, OwnUndo } from "#js/admin/own_undo.js"

const FOCUS = "designer:focus"
const own = new OwnUndo()
let listening = false

export function attach() {
  offerKeys()
  if (listening) return
  listening = true
  document.addEventListener("focusin", event => own.entered(event.target))
  document.addEventListener("input", event => own.changed(event.target, event.inputType))
  document.addEventListener("keydown", onKey, true) // before the search of the office takes "/"
  document.addEventListener("click", event => event.target.closest("[data-keys]") && tellKeys())
  document.addEventListener("designer:shown", offerKeys)
  globalThis.addEventListener("pagehide", keepFocus)
  bringFocusBack()
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || event.altKey || !document.querySelector(".designer")) return
  if (event.ctrlKey || event.metaKey) return withControl(event)
  if (document.querySelector("dialog[open], details.asks[open], details.menu[open]")) return
  const act = event.key === "Escape" ? close : meant(event)
  if (act?.(event) !== true) return
  event.preventDefault()
  event.stopPropagation()
}

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y): first what the text box itself can take back, then the steps of the draft. */
function withControl(event) {
  const way = wayOf(event)
  if (!way || (way === "undo" ? own.canUndo(event.target) : own.canRedo(event.target))) return
  event.preventDefault()
  const button = document.getElementById(way)
  if (document.querySelector("form[data-keeps][data-typed]")) button.disabled = false // what is typed is saved first
  button.click()
}

function wayOf({ key, shiftKey }) {
  const letter = key.toLowerCase()
  if (letter === "z") return shiftKey ? "redo" : "undo"
  return letter === "y" && !shiftKey ? "redo" : null
}

/** What a key asks for; each act answers true where there was something to do. */
function meant({ key, target }) {
  if (isTyped(target) || target.matches?.("select, input[type=radio], [contenteditable]")) return null
  if (target.closest?.(".add-question ul")) return alongKinds[key] ?? ACTS[key]
  if (key.startsWith("Arrow") && target.closest?.("a, button, summary") && !rowOf(target)) return null
  return ACTS[key]
}

const ACTS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  J: () => travel(1),
  K: () => travel(-1),
  n: () => focus(document.querySelector(".add-question li a")),
  d: ({ target }) => duplicate(rowOf(target)),
  x: ({ target }) => tick(rowOf(target)),
  c: ({ target }) => copy(rowOf(target)),
  v: () => press("paste"),
  e: () => change(),
  m: () => anyTicked() && focus(document.getElementById("many-touchpoint")),
  Delete: () => anyTicked() && press("many-remove"),
  "/": () => follow(document.querySelector(".journey-add a")),
  "?": () => tellKeys(),
}

const alongKinds = {
  ArrowRight: ({ target }) => focus(target.closest("li").nextElementSibling?.querySelector("a")),
  ArrowLeft: ({ target }) => focus(target.closest("li").previousElementSibling?.querySelector("a")),
}

function rows() {
  return [...document.querySelectorAll("#questions > .question, .lines > .line")].filter(linkOf)
}

function linkOf(row) {
  return row.querySelector(".question-link")
}

function rowOf(element) {
  return element?.closest?.(".question[data-key], .line") ?? null
}

/** The next question below, or above, of where the focus is; the first one when it is on none. */
function step(by) {
  const all = rows()
  const here = document.activeElement.closest(".question, .line")
  if (!here) return focus(linkOf(all.at(by > 0 ? 0 : -1) ?? document.body))
  const place = all.indexOf(here)
  if (place >= 0) return focus(linkOf(all[Math.max(0, Math.min(place + by, all.length - 1))]))
  const beyond = all.filter(row => here.compareDocumentPosition(row) & (by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING))
  return focus(linkOf(beyond.at(by > 0 ? 0 : -1) ?? document.body))
}

/** The next or the previous touchpoint of the journey. */
function travel(by) {
  const stops = [...document.querySelectorAll(".journey .stop-link")]
  const here = stops.findIndex(stop => stop.hasAttribute("aria-current"))
  return follow(stops[here < 0 ? 0 : here + by])
}

function duplicate(row) {
  const form = document.getElementById("drop")
  if (!row?.dataset.move || !form) return false
  form.action = row.dataset.move.replace(/moves$/, "copies")
  form.requestSubmit()
  return true
}

function tick(row) {
  const box = row?.querySelector(".row-tick")
  if (!box) return false
  box.checked = !box.checked
  box.dispatchEvent(new Event("change", { bubbles: true }))
  return true
}

/** What is ticked, else the question that has the focus. */
function copy(row) {
  if (!anyTicked() && !tick(row)) return false
  return press("many-copy")
}

function change() {
  const fold = document.querySelector(".many-change")
  if (!fold || !anyTicked()) return false
  fold.open = true
  return focus(fold.querySelector("input"))
}

function close({ target }) {
  const row = target.closest?.(".question.is-open") ?? (isTyped(target) ? null : document.querySelector(".question.is-open"))
  return follow(row?.querySelector(".question-form-foot a"))
}

function anyTicked() {
  return document.querySelector(".row-tick:checked") !== null
}

function press(id) {
  const button = document.getElementById(id)
  button?.click()
  return Boolean(button)
}

function follow(link) {
  if (!link) return false
  if (link.id) link.focus({ preventScroll: true })
  link.click()
  return true
}

function focus(element) {
  if (!element) return false
  element.focus()
  element.scrollIntoView({ block: "nearest" })
  return true
}

/** The button that lists the keys: it is of use only where they are heard. */
function offerKeys() {
  const open = document.querySelector("[data-keys]")
  if (open) open.hidden = false
}

function tellKeys() {
  document.getElementById("keys")?.showModal()
  return true
}

/** Where the focus is when the page is left by a reload, so that it is there again. */
function keepFocus() {
  const id = document.activeElement?.id
  sessionStorage.setItem(FOCUS, JSON.stringify({ path: location.pathname, id }))
}

/** After a reload the focus is where it was; a page that is opened at a question has it there. */
function bringFocusBack() {
  const kept = JSON.parse(sessionStorage.getItem(FOCUS) ?? "null")
  sessionStorage.removeItem(FOCUS)
  if (document.activeElement !== document.body) return
  const goal = document.getElementById(location.hash.slice(1))
  const before = kept?.path === location.pathname && kept.id ? document.getElementById(kept.id) : null
  const there = before && !before.disabled ? before : goal?.querySelector("textarea, .question-link")
  there?.focus({ preventScroll: true })
}
