/** A sentence to read: there is nothing to answer. */
import { make } from "#js/field/dom.js"

export function render() {
  return { element: make("div"), show() {}, lock() {} }
}

export function inWords() {
  return ""
}
