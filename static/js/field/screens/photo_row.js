/** The photos of one question as square tiles: camera and gallery first, then each photo with its state. */
import { icon, make, setText } from "#js/field/dom.js"
import { isGood, stateWords } from "#js/field/photo_states.js"
import { openPhoto } from "#js/field/screens/photo_sheet.js"
import { t } from "#js/lib/words.js"

const SIGNS = { kept: "clock", acknowledged: "check", attention: "alert-triangle", frozen: "alert-triangle", elsewhere: "cloud-off" }

/** A row of tiles; `most` photos at most. Returns {element, show(photos, isLocked)}. */
export function photoRow({ most = 20, on, pictureOf }) {
  const tiles = new Map()
  const said = make("div", { class: "photos-said", role: "alert" })
  const camera = picker({ name: "camera", words: t("Take a photo"), capture: "environment", on, say })
  const gallery = picker({ name: "photo-plus", words: t("From the gallery"), multiple: true, on, say })
  const row = make("ul", { class: "tiles" }, make("li", {}, camera.element), make("li", {}, gallery.element))
  const troubles = make("div", { class: "troubles" })
  const progress = make("p", { class: "counter", role: "status" })
  const element = make("div", { class: "photos" }, row, progress, said, troubles)

  function show(photos, isLocked) {
    for (const [id, tile] of tiles) {
      if (photos.some((photo) => photo.id === id)) continue
      tile.element.remove()
      tiles.delete(id)
    }
    for (const [place, photo] of photos.entries()) {
      if (!tiles.has(photo.id)) tiles.set(photo.id, photoTile({ on, pictureOf }))
      const tile = tiles.get(photo.id)
      tile.show(photo, place + 1, isLocked)
      if (row.children[place + 2] !== tile.element) row.insertBefore(tile.element, row.children[place + 2] ?? null)
    }
    const isFull = photos.filter(isGood).length >= most
    for (const { element: choice } of [camera, gallery]) choice.parentElement.hidden = isLocked || isFull
    showTroubles(troubles, photos)
  }

  /** Say what became of the files just picked: a sentence each, none to be still. */
  function say(sentences) {
    said.replaceChildren(...sentences.map((words) => make("p", { class: "note note-wait" }, icon("info-circle"), make("span", {}, words))))
    if (sentences.length) said.scrollIntoView({ block: "nearest" })
  }

  /** Say how far taking in several pictures is; null when done. */
  function busy(step) {
    setText(progress, step ? t("Keeping photo %(n)s of %(all)s", step) : "")
  }
  return { element, show, busy }
}

function picker({ name, words, capture, multiple, on, say }) {
  const input = make("input", {
    type: "file", accept: "image/*", capture, multiple, class: "unseen", tabindex: "-1", "aria-hidden": "true",
    onchange: async () => {
      const files = [...input.files]
      say((await on.pick(files, capture ? "camera" : "gallery")) ?? [])
      input.value = ""
    },
    oncancel: () => on.cancelled(),
  })
  const open = async () => {
    say([])
    await on.beforeCamera()
    input.click()
  }
  const button = make("button", { type: "button", class: "tile tile-add", onclick: open }, icon(name), make("span", {}, words))
  return { element: make("div", { class: "picker" }, button, input) }
}

function photoTile({ on, pictureOf }) {
  const image = make("img", { alt: "" })
  const sign = make("span", { class: "tile-sign" })
  const words = make("span", { class: "unseen" })
  let shown = {}
  const button = make("button", { type: "button", class: "tile", onclick: () => openPhoto(shown, { on, pictureOf, source: image.src }) }, image, sign, words)
  image.addEventListener("error", () => button.classList.add("tile-blind"))
  let address = null

  function show(photo, number, isLocked) {
    const isNewPicture = shown.id !== photo.id || shown.bytesId !== photo.bytesId
    const isNewState = shown.state !== photo.state
    shown = { ...photo, number, isLocked }
    if (isNewState) {
      button.dataset.state = photo.state
      sign.replaceChildren(icon(SIGNS[photo.state]))
    }
    setText(words, t("Photo %(n)s: %(state)s", { n: number, state: stateWords(photo) }))
    if (isNewPicture || (isNewState && button.classList.contains("tile-blind"))) load(photo)
  }

  async function load(photo) {
    const next = await pictureOf(photo)
    if (shown.id !== photo.id || shown.bytesId !== photo.bytesId || !next) return
    button.classList.remove("tile-blind")
    image.src = next
    if (address?.startsWith("blob:")) URL.revokeObjectURL(address)
    address = next
  }
  return { element: make("li", {}, button), show }
}

/** A bad photo says so at its question, with the server's reason; everything else goes on. */
function showTroubles(troubles, photos) {
  const bad = photos.map((photo, place) => ({ ...photo, number: place + 1 })).filter((photo) => !isGood(photo))
  const paragraphs = bad.map(({ number, message, state }) =>
    make("p", { class: "note note-bad" }, icon("alert-triangle"), make("span", {}, make("b", {}, t("Photo %(n)s was not accepted.", { n: number })), ` ${message ?? reason(state)} `, t("It is kept on this phone. Take another one, or hand in without it."))),
  )
  const text = paragraphs.map(({ textContent }) => textContent).join()
  if (troubles.dataset.text === text) return
  troubles.dataset.text = text
  troubles.setAttribute("role", "alert")
  troubles.replaceChildren(...paragraphs)
}

function reason(state) {
  return state === "frozen" ? t("The server holds another picture under its number.") : t("The server could not read it.")
}
