/** Whether a text box has something of its own to undo or redo, which comes before the steps of the draft. */

const TYPED = "textarea, input:not([type]), input[type=text], input[type=search], input[type=number], input[type=date], input[type=time]"

export class OwnUndo {
  #first = new WeakMap()
  #last = new WeakMap()

  /** A box is entered: what it says now is as far back as it can go. */
  entered(box) {
    if (!this.#first.has(box)) this.#first.set(box, box.value)
  }

  /** Something was put into a box, in the way that the browser names. */
  changed(box, way) {
    if (way === "historyUndo") {
      if (!this.#last.has(box)) this.#last.set(box, true)
    } else if (way !== "historyRedo") this.#last.delete(box)
  }

  canUndo(box) {
    return isTyped(box) && this.#first.has(box) && box.value !== this.#first.get(box)
  }

  canRedo(box) {
    return isTyped(box) && this.#last.has(box)
  }
}

export function isTyped(box) {
  return Boolean(box?.matches?.(TYPED))
}
