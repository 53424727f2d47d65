/** The page on which photos and times are given to questions. It draws what it is told, and says what is chosen through `on`. */
import { icon, make, setText } from "#js/field/dom.js"
import { durationWords } from "#js/field/kinds/duration.js"
import { stateWords } from "#js/field/photo_states.js"
import { openPhoto } from "#js/field/screens/photo_sheet.js"
import { timeOfDay } from "#js/field/times.js"
import { t } from "#js/lib/words.js"

/**
 * `on`: {place(photo, key), give(watch, key), remove(id), fullPicture(photo)}, key null for no question. Returns {element,
 * show({photos, watches, isLocked})}; each of them has `question` and its `choices` ({name, questions} by touchpoint).
 */
export function sortingPage({ clock, on, pictureOf }) {
  const photos = list(t("Photos"), (item) => photoCard(item, { clock, on, pictureOf }))
  const watches = list(t("Times"), (item) => watchCard(item, { clock, on }))
  const empty = make("p", { class: "note note-good" }, icon("circle-check"), t("Nothing is left to sort."))
  return {
    element: make(
      "section", { class: "page sorting" },
      make("h2", { tabindex: "-1" }, t("Sort what you took")),
      make("p", { class: "muted" }, t("Give each its question, or leave it. What is left holds nothing up, and the editor sees it.")),
      watches.element, photos.element, empty,
    ),
    show(state) {
      watches.show(state.watches, state.isLocked)
      photos.show(state.photos, state.isLocked)
      empty.hidden = state.photos.length + state.watches.length > 0
    },
  }
}

function list(title, makeCard) {
  const cards = new Map()
  const row = make("ul", { class: "sort-list" })
  const element = make("div", { class: "stack" }, make("h3", {}, title), row)
  return {
    element,
    show(items, isLocked) {
      element.hidden = items.length === 0
      for (const [id, card] of cards) {
        if (items.some((item) => item.id === id)) continue
        card.element.remove()
        cards.delete(id)
      }
      for (const [place, item] of items.entries()) {
        if (!cards.has(item.id)) cards.set(item.id, makeCard(item))
        const card = cards.get(item.id)
        if (row.children[place] !== card.element) row.insertBefore(card.element, row.children[place] ?? null)
        card.show(item, place + 1, isLocked)
      }
    },
  }
}

function watchCard(watch, { clock, on }) {
  const name = make("b", { class: "figures" })
  const when = make("span", { class: "muted" })
  const chooser = questionChooser((key) => on.give(watch, key))
  return {
    element: make("li", { class: "sort-card" }, make("div", { class: "sort-head" }, icon("stopwatch"), name, when), chooser.element),
    show(item, number, isLocked) {
      setText(name, durationWords(item.seconds))
      const half = item.half === "upper" ? t("first timer") : t("second timer")
      setText(when, item.doubtful ? t("%(half)s, the phone's clock was changed", { half }) : t("%(half)s, from %(time)s", { half, time: timeOfDay(item.started_ms, clock) }))
      chooser.show(item, t("Question for time %(n)s", { n: number }), isLocked)
    },
  }
}

function photoCard(photo, { clock, on, pictureOf }) {
  const image = make("img", { alt: "" })
  const words = make("span", { class: "unseen" })
  const when = make("span", { class: "muted" })
  let shown = { ...photo, number: 1 }
  const open = () => openPhoto(shown, { on, source: image.src })
  const tile = make("button", { type: "button", class: "tile", onclick: open }, image, words)
  const chooser = questionChooser((key) => on.place(photo, key))
  pictureOf(photo).then((address) => address && (image.src = address))
  return {
    element: make("li", { class: "sort-card sort-photo" }, tile, when, chooser.element),
    show(item, number, isLocked) {
      shown = { ...item, number, isLocked }
      setText(words, t("Photo %(n)s: %(state)s", { n: number, state: stateWords(item) }))
      setText(when, t("Photo %(n)s, %(time)s", { n: number, time: timeOfDay(item.taken_ms, clock) }))
      chooser.show(item, t("Question for photo %(n)s", { n: number }), isLocked)
    },
  }
}

/** The browser's own list of questions: large under the thumb, read out, and closed when it is not needed. */
function questionChooser(choose) {
  const field = make("select", { class: "sort-choice", onchange: () => choose(field.value || null) })
  const none = make("p", { class: "muted" }, t("No question of this visit takes it."))
  return {
    element: make("div", {}, field, none),
    show({ question, choices }, label, isLocked) {
      const groups = choices.map(({ name, questions }) => make("optgroup", { label: name }, questions.map(({ key, text }) => make("option", { value: key }, text))))
      const made = JSON.stringify(choices)
      if (field.dataset.made !== made) {
        field.dataset.made = made
        field.replaceChildren(make("option", { value: "" }, t("Belongs to no question")), ...groups)
      }
      field.value = question ?? ""
      field.hidden = choices.length === 0
      none.hidden = choices.length > 0
      field.setAttribute("aria-label", label)
      field.disabled = isLocked
    },
  }
}
