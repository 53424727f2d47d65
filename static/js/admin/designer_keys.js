/** The designer by keys. */

import { OwnUndo } from "#js/admin/own_undo.js"

const own = new OwnUndo()
let listening = false

export function attach() {
  if (listening) return
  listening = true
  document.addEventListener("focusin", event => own.entered(event.target))
  document.addEventListener("input", event => own.changed(event.target, event.inputType))
  document.addEventListener("keydown", onKey)
}

function onKey(event) {
  if (event.defaultPrevented || !document.querySelector(".designer")) return
  if (event.ctrlKey || event.metaKey) withControl(event)
}

/** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y): first what the text box itself can take back, then the steps of the draft. */
function withControl(event) {
  const way = wayOf(event)
  if (!way || (way === "undo" ? own.canUndo(event.target) : own.canRedo(event.target))) return
  event.preventDefault()
  const button = document.getElementById(way)
  if (document.querySelector("form[data-keeps][data-typed]")) button.disabled = false // it becomes a step by being saved first
  button.click()
}

function wayOf({ key, shiftKey, altKey }) {
  if (altKey) return null
  const letter = key.toLowerCase()
  if (letter === "z") return shiftKey ? "redo" : "undo"
  return letter === "y" && !shiftKey ? "redo" : null
}
