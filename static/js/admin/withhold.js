/** Words that are selected in a text are kept from the client with one press: the button comes to the selection. */

const BELOW = 10
const REST = 8
const OF_A_WORD = /[\p{L}\p{N}\p{M}\uD800-\uDFFF_]/u

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

/** What is selected inside one text: its words, and where in it they begin, in characters. */
export function selected(selection = getSelection()) {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null
  const range = selection.getRangeAt(0)
  const around = range.commonAncestorContainer
  const text = (around.nodeType === Node.ELEMENT_NODE ? around : around.parentElement)?.closest("[data-text]")
  if (!text || !range.toString().trim()) return null
  const before = document.createRange()
  before.selectNodeContents(text)
  before.setEnd(range.startContainer, range.startOffset)
  const first = before.toString().length
  const { start, words } = wholeWords(text.textContent, first, first + range.toString().length)
  return { range, text, words, start: [...text.textContent.slice(0, start)].length }
}

/** The words that `text` has from `first` to `last`: a word that is touched is meant whole, blanks around are not. */
export function wholeWords(text, first, last) {
  let [start, end] = [first, last]
  while (start < end && /\s/u.test(text[start])) start += 1
  while (end > start && /\s/u.test(text[end - 1])) end -= 1
  while (start > 0 && OF_A_WORD.test(text[start - 1]) && OF_A_WORD.test(text[start])) start -= 1
  while (end < text.length && OF_A_WORD.test(text[end]) && OF_A_WORD.test(text[end - 1])) end += 1
  return { start, words: text.slice(start, end) }
}
