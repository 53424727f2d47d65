/** Questions are dragged to their place in the touchpoint. */

import Sortable from "#vendor/sortable.js"

export function attach(list) {
  if (list.querySelector(".is-open") || list.querySelectorAll(".question").length < 2) return
  list.classList.add("is-sortable")
  Sortable.create(list, {
    draggable: ".question",
    handle: ".grip",
    animation: 150,
    ghostClass: "is-dragged",
    onEnd: drop => moved(list, drop),
  })
}

function moved(list, { item, newDraggableIndex, oldDraggableIndex }) {
  if (newDraggableIndex === oldDraggableIndex) return
  const form = document.getElementById("drop")
  form.action = item.dataset.move
  form.elements.phase.disabled = true
  form.elements.place.value = newDraggableIndex
  form.elements.touchpoint.value = list.dataset.touchpoint
  form.requestSubmit()
}
