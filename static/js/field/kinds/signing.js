/** A white sheet that a finger writes on. Its strokes stay when the phone is turned. */
import { make } from "#js/field/dom.js"
import { t } from "#js/lib/words.js"

const INK = "#16212c"
const PAPER = "#ffffff"
const LEAST_INK = 0.15 // in widths of the sheet: less is a slip of the thumb, no signature
const PICTURE = { width: 1200, height: 480 }
const PEN = 1 / 130

export class Pad {
  #strokes = []
  #onInk

  constructor({ labelledBy, onInk }) {
    this.#onInk = onInk
    this.canvas = make("canvas", { class: "pad", role: "img", "aria-labelledby": labelledBy })
    this.element = make("div", { class: "pad-sheet" }, this.canvas, make("span", { class: "pad-line", "aria-hidden": "true" }, t("Sign here with the finger")))
    this.#listen()
  }

  #listen() {
    const { canvas } = this
    let writing = null
    canvas.addEventListener("pointerdown", (event) => {
      if (writing !== null || !event.isPrimary) return
      event.preventDefault()
      canvas.setPointerCapture(event.pointerId)
      writing = event.pointerId
      this.#strokes.push([this.#pointOf(event)])
      this.#drawAll()
    })
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerId !== writing) return
      const passed = event.getCoalescedEvents?.() ?? []
      this.#strokes.at(-1).push(...(passed.length ? passed : [event]).map((one) => this.#pointOf(one)))
      this.#drawAll()
    })
    const end = (event) => {
      if (event.pointerId !== writing) return
      writing = null
      this.#onInk()
    }
    canvas.addEventListener("pointerup", end)
    canvas.addEventListener("pointercancel", end)
  }

  /** A point in widths of the sheet, so that it stays where it was whatever the sheet's size. */
  #pointOf({ clientX, clientY }) {
    const { left, top, width } = this.canvas.getBoundingClientRect()
    return [(clientX - left) / width, (clientY - top) / width]
  }

  /** Whether enough was written to be a signature. */
  get hasInk() {
    return lengthOf(this.#strokes) >= LEAST_INK
  }

  clear() {
    this.#strokes = []
    this.#drawAll()
    this.#onInk()
  }

  /** Draw again where the sheet has another size than before. */
  fit() {
    const { width, height } = this.canvas.getBoundingClientRect()
    if (width && this.canvas.width !== Math.round(width * devicePixelRatio)) this.#drawAll(width, height)
  }

  #drawAll(width = this.canvas.clientWidth, height = this.canvas.clientHeight) {
    this.element.classList.toggle("pad-written", this.#strokes.length > 0)
    Object.assign(this.canvas, { width: Math.round(width * devicePixelRatio), height: Math.round(height * devicePixelRatio) })
    draw(this.canvas, this.#strokes)
  }

  /** The signature as a file, dark on white; null where the browser cannot make one. */
  async picture() {
    const canvas = Object.assign(document.createElement("canvas"), PICTURE)
    draw(canvas, this.#strokes)
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"))
    return blob && new File([blob], "signature.png", { type: "image/png", lastModified: Date.now() })
  }
}

/** How long all strokes are together. */
export function lengthOf(strokes) {
  const between = ([x, y], [left, top]) => Math.hypot(x - left, y - top)
  return strokes.flatMap((stroke) => stroke.slice(1).map((point, n) => between(point, stroke[n]))).reduce((all, one) => all + one, 0)
}

function draw(canvas, strokes) {
  const context = canvas.getContext("2d")
  context.fillStyle = PAPER
  context.fillRect(0, 0, canvas.width, canvas.height)
  Object.assign(context, { strokeStyle: INK, lineWidth: Math.max(2, canvas.width * PEN), lineCap: "round", lineJoin: "round" })
  for (const stroke of strokes) trace(context, stroke.map(([x, y]) => [x * canvas.width, y * canvas.width]))
}

/** One stroke, smoothed by curves through the middles between its points. */
function trace(context, points) {
  const [first, ...rest] = points
  context.beginPath()
  context.moveTo(...first)
  for (const [n, point] of rest.entries()) {
    const next = rest[n + 1]
    if (next) context.quadraticCurveTo(...point, (point[0] + next[0]) / 2, (point[1] + next[1]) / 2)
    else context.lineTo(...point)
  }
  if (!rest.length) context.lineTo(first[0] + 0.1, first[1])
  context.stroke()
}
