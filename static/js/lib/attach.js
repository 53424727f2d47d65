/** Attaches the module that each `data-module` names, when the page is there. */

export async function attachAll(root) {
  const elements = [...root.querySelectorAll("[data-module]")]
  await Promise.all(elements.map(attachOne))
}

/** Attach the module that `element` itself names. */
export async function attachOne(element) {
  const module = await import(`#js/${element.dataset.module}.js`)
  module.attach(element)
  element.dataset.attached = "" // from now on it answers
}

if (typeof document !== "undefined") attachAll(document)
