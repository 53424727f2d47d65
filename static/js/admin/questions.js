/** Questions are dragged to their place in the touchpoint, or onto another touchpoint of the journey. */

import Sortable from "#vendor/sortable.js"

export function attach(list) {
  if (list.querySelectorAll(".question[data-key]").length === 0) return
  list.classList.add("is-sortable")
  const target = new Target()
  Sortable.create(list, {
    draggable: ".question",
    handle: ".grip",
    animation: 150,
    ghostClass: "is-dragged",
    forceFallback: true, // alike by mouse and by touch
    fallbackOnBody: true,
    fallbackTolerance: 3,
    onStart: () => target.begin(),
    onEnd: (drop) => moved(list, drop, target.end()),
  })
}

function moved(list, { item, newDraggableIndex, oldDraggableIndex }, touchpoint) {
  if (!touchpoint && newDraggableIndex === oldDraggableIndex) return
  const form = document.getElementById("drop")
  form.action = item.dataset.move
  form.elements.phase.disabled = true
  form.elements.place.value = newDraggableIndex
  form.elements.touchpoint.value = touchpoint ?? list.dataset.touchpoint
  form.requestSubmit()
}

/** The touchpoint of the journey that a dragged question is held over. */
class Target {
  #stop = null
  #follow = (event) => this.#mark(stopAt(event.touches?.[0] ?? event))

  begin() {
    for (const kind of ["pointermove", "touchmove"]) document.addEventListener(kind, this.#follow, { passive: true })
  }

  /** Answers its key, if it is another one than the one that is shown. */
  end() {
    for (const kind of ["pointermove", "touchmove"]) document.removeEventListener(kind, this.#follow)
    const stop = this.#stop
    this.#mark(null)
    return stop?.dataset.key ?? null
  }

  #mark(stop) {
    if (stop === this.#stop) return
    this.#stop?.classList.remove("is-target")
    stop?.classList.add("is-target")
    this.#stop = stop
  }
}

function stopAt({ clientX, clientY }) {
  return document.elementFromPoint(clientX, clientY)?.closest(".journey .stop:not(.is-here)") ?? null
}
