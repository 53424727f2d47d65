/** Attaches the module that each `data-module` names, when the page is there. */

export async function attachAll(root, load = fromMap) {
  const elements = [...root.querySelectorAll("[data-module]")]
  await Promise.all(elements.map((element) => attachOne(element, load)))
}

/** Attach the module that `element` itself names; `load(name)` gives it. */
export async function attachOne(element, load = fromMap) {
  const module = await load(element.dataset.module)
  module.attach(element)
  element.dataset.attached = "" // from now on it answers
}

/** The module, by the page's import map. */
function fromMap(name) {
  return import(`#js/${name}.js`)
}
