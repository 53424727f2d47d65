/** What a form holds, and what was typed in it after it was sent, or after it was brought. */

/** The form's fields as they would be sent now. */
export function snapshot(form) {
  return [...new FormData(form)].filter(([, value]) => typeof value === "string")
}

/** The fields of `form` that hold something else than when `sent` was taken: [name, values]. */
export function changedSince(form, sent) {
  const before = grouped(sent)
  const now = grouped(snapshot(form))
  const names = new Set([...before.keys(), ...now.keys()])
  return [...names].map((name) => [name, now.get(name) ?? []]).filter(([name, values]) => !isSame(values, before.get(name) ?? []))
}

/** The form's fields as its page brought them. */
export function asBrought(form) {
  const boxes = [...form.elements].filter(({ name, disabled }) => name && !disabled)
  return boxes.flatMap((box) => brought(box).map((value) => [box.name, value]))
}

function brought(box) {
  if (box.type === "checkbox" || box.type === "radio") return box.defaultChecked ? [box.value] : []
  if (box.type.startsWith("select")) {
    const chosen = [...box.options].filter((option) => option.defaultSelected)
    return (chosen.length > 0 || box.multiple ? chosen : [...box.options].slice(0, 1)).map(({ value }) => value)
  }
  return ["submit", "button", "reset", "file"].includes(box.type) ? [] : [box.defaultValue]
}

/** Put fields that were changed later into `form`, which was made from what was sent before. */
export function carryOver(form, later) {
  if (!form || later.length === 0) return
  for (const [name, values] of later) {
    for (const box of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (box.type === "checkbox" || box.type === "radio") box.checked = values.includes(box.value)
      else if (box.type !== "hidden") box.value = values[0] ?? ""
    }
  }
  form.dataset.typed = ""
}

function grouped(fields) {
  const groups = new Map()
  for (const [name, value] of fields) groups.set(name, [...(groups.get(name) ?? []), value])
  return groups
}

function isSame(some, others) {
  return some.length === others.length && some.every((value, place) => value === others[place])
}
