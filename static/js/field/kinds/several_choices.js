/** Several of the options, a row each with a tick; an option that means "not applicable" stands alone. */
import { chosenOf, offered, rows } from "#js/field/kinds/choosing.js"
import { limitNote } from "#js/field/kinds/limits.js"
import { make } from "#js/field/dom.js"
import { t } from "#js/lib/words.js"

export function render(question, { say, on }) {
  let chosen = []
  const options = offered(question).map(({ key, text }) => ({ value: key, text: say(text) }))
  const group = rows(options, {
    layout: "list", type: "checkbox",
    onChoose: (key, { isChosen }) => {
      const next = chosenWith(question, chosen, key, isChosen)
      on.say(next.length ? { state: "answered", value: next } : null, { byTouch: false })
    },
  })
  const note = limitNote(question, { hint: wantedWords(question), say })
  group.element.classList.add("rows-ticks")
  return {
    element: make("div", { class: "ticking" }, note.element, group.element),
    role: "group",
    show(answer) {
      chosen = chosenOf(answer) ?? []
      group.choose(Array.isArray(chosen) ? chosen : [])
      note.show(answer)
    },
    lock: group.lock,
  }
}

/** What is chosen after `key` was ticked or unticked, in the order of the options. */
export function chosenWith({ options }, chosen, key, isTicked) {
  const isAlone = (one) => options.some((option) => option.key === one && option.na)
  const kept = isTicked ? chosen.filter((one) => isAlone(one) === isAlone(key) && !isAlone(key)) : chosen
  const next = new Set(kept)
  if (isTicked) next.add(key)
  else next.delete(key)
  return options.map((option) => option.key).filter((one) => next.has(one))
}

/** How many are wanted, in words. */
export function wantedWords({ min_choices: least, max_choices: most }) {
  if (most === 1) return t("Choose one.")
  if (least > 0 && least === most) return t("Choose exactly %(n)s.", { n: least })
  if (least > 1 && most !== null) return t("Choose %(n)s to %(all)s.", { n: least, all: most })
  if (least > 1) return t("Choose at least %(n)s.", { n: least })
  if (most !== null) return t("Choose all that apply, at most %(n)s.", { n: most })
  return t("Choose all that apply.")
}

export function inWords({ options }, value, say) {
  return options.filter(({ key }) => value.includes(key)).map(({ text }) => say(text)).join(", ")
}
