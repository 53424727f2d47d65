/** Words that are selected in a text are kept from the client with one press: the button comes to the selection. */

const BELOW = 10
const REST = 8

export function attach(form) {
  let frame = 0
  const look = () => { frame ||= requestAnimationFrame(() => { frame = 0; offer(form) }) }
  document.addEventListener("selectionchange", look)
  addEventListener("scroll", look, { passive: true })
  addEventListener("resize", look)
  form.addEventListener("pointerdown", event => event.preventDefault()) // or the selection would be gone
}

function offer(form) {
  const chosen = selected()
  form.hidden = !chosen
  if (!chosen) return
  const { range, text, start, words } = chosen
  form.elements.register.value = text.dataset.text
  form.elements.start.value = start
  form.elements.words.value = words
  form.elements.question.value = text.closest("[data-question]")?.dataset.question ?? ""
  const seen = range.getBoundingClientRect()
  const most = innerWidth - form.offsetWidth - REST
  form.style.setProperty("left", `${Math.max(REST, Math.min(seen.left, most))}px`)
  const under = seen.bottom + BELOW
  const lowest = (document.getElementById("decide")?.getBoundingClientRect().top ?? innerHeight) - form.offsetHeight - REST
  form.style.setProperty("top", `${Math.max(REST, Math.min(under, lowest))}px`)
}

/** What is selected inside one text: the words, and where in it they begin, in characters. */
export function selected(selection = getSelection()) {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null
  const range = selection.getRangeAt(0)
  const around = range.commonAncestorContainer
  const text = (around.nodeType === Node.ELEMENT_NODE ? around : around.parentElement)?.closest("[data-text]")
  const raw = range.toString()
  const words = raw.trim()
  if (!text || !words) return null
  const before = document.createRange()
  before.selectNodeContents(text)
  before.setEnd(range.startContainer, range.startOffset)
  const lead = before.toString() + raw.slice(0, raw.length - raw.trimStart().length)
  return { range, text, words, start: [...lead].length }
}
