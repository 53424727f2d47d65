/** Elements, made plainly: `make("button", { class: "quiet", onclick: act }, "Words")`. */

const icons = globalThis.document?.querySelector("[data-icons]")?.dataset.icons ?? "/static/vendor/icons.svg"
const SVG = "http://www.w3.org/2000/svg"

/** An element with attributes (functions named on… are listeners; false, null and undefined are left out). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, "")
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value)
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

/** A decorative icon of the sprite. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("class", "icon")
  svg.setAttribute("aria-hidden", "true")
  const use = document.createElementNS(SVG, "use")
  use.setAttribute("href", `${icons}#${name}`)
  svg.append(use)
  return svg
}

/** Set the text of an element only where it differs, so that nothing is announced twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text
}

let names = 0
/** An id or name that no other element has. */
export function uniqueName(stem) {
  names += 1
  return `${stem}-${names}`
}
