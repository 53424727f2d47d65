/** Touchpoints of the journey are dragged to their place, in their phase or another one. */

import Sortable from "#vendor/sortable.js"

const NARROW = "(max-width: 61.99rem)"

export function attach(journey) {
  showHere(journey)
  if (matchMedia(NARROW).matches && journey.dataset.folds !== undefined) {
    journey.querySelector(".journey-fold").open = false
  }
  journey.classList.add("is-sortable")
  for (const phase of journey.querySelectorAll(".phase")) {
    Sortable.create(phase, {
      group: "journey",
      draggable: ".stop",
      handle: ".grip",
      animation: 150,
      ghostClass: "is-dragged",
      forceFallback: true, // alike by mouse and by touch
      fallbackOnBody: true,
      fallbackTolerance: 3,
      onEnd: drop => moved(journey, drop),
    })
  }
}

/** Bring the touchpoint that is worked on into view, without moving the page. */
function showHere(journey) {
  const here = journey.querySelector(".is-here")
  if (!here) return
  const below = here.offsetTop + here.offsetHeight * 2 - journey.scrollTop - journey.clientHeight
  if (below > 0) journey.scrollTop += below
}

function moved(journey, { item, to, newDraggableIndex, from, oldDraggableIndex }) {
  if (to === from && newDraggableIndex === oldDraggableIndex) return
  const form = journey.querySelector("#drop")
  form.action = item.dataset.move
  form.elements.phase.value = to.dataset.phase
  form.elements.place.value = newDraggableIndex
  form.elements.touchpoint.disabled = true
  form.requestSubmit()
}
