/** The key "/" leads to the search box of the header, unless somebody is typing. */

export function attach(search) {
  const box = search.querySelector("input")
  document.addEventListener("keydown", event => {
    if (!isMeant(event)) return
    event.preventDefault()
    if (box.offsetParent) box.select()
    else location.assign(search.action)
  })
}

/** Whether a key press asks for the search: "/" alone, and not in a box where it is a sign like any other. */
export function isMeant({ key, ctrlKey, altKey, metaKey, isComposing, defaultPrevented, target }) {
  if (key !== "/" || ctrlKey || altKey || metaKey || isComposing || defaultPrevented) return false
  return !target?.closest?.("input, textarea, select, [contenteditable], dialog")
}
