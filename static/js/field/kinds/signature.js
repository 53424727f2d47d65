/** A signature, drawn with the finger: dark on white in any light, and kept as a photo. */
import { icon, make, setText } from "#js/field/dom.js"
import { isGood, stateWords } from "#js/field/photo_states.js"
import { Pad } from "#js/field/kinds/signing.js"
import { t } from "#js/lib/words.js"

export function render(_question, { labelledBy, on, pictureOf }) {
  const pad = new Pad({ labelledBy, onInk: () => ((isOffered = false), refresh()) })
  const clear = make("button", { type: "button", class: "quiet", onclick: () => pad.clear() }, icon("trash"), t("Clear"))
  const done = make("button", { type: "button", class: "wide wide-filled", onclick: keep }, icon("check"), t("Done"))
  const signing = make("div", { class: "signing" }, pad.element, make("div", { class: "signing-acts" }, clear, done))
  const kept = make("ul", { class: "signatures" })
  const tiles = new Map()
  let state = { photos: [], isLocked: false }
  let isKeeping = false
  let isOffered = false // once is enough: a view that was left is not told what became of its signature

  async function keep() {
    if (isKeeping || !pad.hasInk) return
    isKeeping = true
    refresh()
    const picture = await pad.picture()
    if (picture) await on.pick([picture], "signature")
    isKeeping = false
    if (state.photos.length) pad.clear()
    refresh()
  }

  function refresh() {
    const isSigned = state.photos.some(isGood)
    signing.hidden = isSigned || state.isLocked
    clear.disabled = !pad.hasInk || isKeeping
    done.disabled = !pad.hasInk || isKeeping
    kept.hidden = state.photos.length === 0
    if (!signing.hidden) pad.fit()
  }

  return {
    element: make("div", { class: "signature" }, signing, kept),
    role: "group",
    show(_answer, photos) {
      state = { ...state, photos }
      showKept(kept, tiles, state, { on, pictureOf })
      refresh()
    },
    lock(isLocked) {
      state = { ...state, isLocked }
      showKept(kept, tiles, state, { on, pictureOf })
      refresh()
    },
    /** Somebody who goes on without pressing Done has signed all the same. */
    async leave() {
      if (isOffered) return
      isOffered = true
      await keep()
    },
  }
}

/** The signatures that are there: one, unless two phones have signed. */
function showKept(list, tiles, { photos, isLocked }, { on, pictureOf }) {
  for (const id of [...tiles.keys()].filter((one) => !photos.some((photo) => photo.id === one))) {
    tiles.get(id).element.remove()
    tiles.delete(id)
  }
  for (const photo of photos) {
    if (!tiles.has(photo.id)) {
      tiles.set(photo.id, signatureTile(photo, { on, pictureOf }))
      list.append(tiles.get(photo.id).element)
    }
    tiles.get(photo.id).show(photo, isLocked)
  }
}

function signatureTile({ id }, { on, pictureOf }) {
  const image = make("img", { alt: t("The signature") })
  const words = make("span", {})
  const again = make("button", { type: "button", class: "quiet", onclick: () => on.remove(id) }, icon("refresh"), t("Sign again"))
  const state = make("p", { class: "signature-state" }, icon("check"), words)
  let shown = null
  return {
    element: make("li", {}, make("div", { class: "signed" }, image), state, again),
    async show(photo, isLocked) {
      again.hidden = isLocked
      state.classList.toggle("limit-broken", !isGood(photo))
      setText(words, photo.message && !isGood(photo) ? `${stateWords(photo)}. ${photo.message}` : stateWords(photo))
      const picture = photo.bytesId ?? photo.state
      if (shown === picture) return
      shown = picture
      const [before, address] = [image.src, await pictureOf(photo)]
      if (!address || shown !== picture) return
      image.src = address
      if (before.startsWith("blob:")) URL.revokeObjectURL(before)
    },
  }
}

export function inWords() {
  return t("Signed")
}
