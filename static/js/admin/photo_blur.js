/** Drawing on a photo what the client is not to see, with mouse, pen or finger; the blur is seen while it is drawn. */

import { Areas, boxBetween, boxOfPercent, percentOf, Stroke, WHOLE } from "#js/admin/photo_areas.js"
import { t } from "#js/lib/words.js"

const CELLS = 24
const MEASURES = ["left", "top", "width", "height"]

export function attach(form) {
  const image = form.querySelector(".blur-stage img")
  const begin = () => new Drawing(form, image).begin()
  if (image.complete && image.naturalWidth) begin()
  else image.addEventListener("load", begin, { once: true })
}

class Drawing {
  #areas
  #tool = "box"
  #begun = null // where the pointer went down, and the stroke or box that follows it
  #frame = 0

  constructor(form, image) {
    this.form = form
    this.image = image
    this.canvas = form.querySelector("canvas")
    this.range = form.querySelector("[data-width] input")
    this.#areas = new Areas(JSON.parse(form.dataset.areas || "[]"))
  }

  begin() {
    this.canvas.width = this.image.naturalWidth
    this.canvas.height = this.image.naturalHeight
    this.layer = Object.assign(document.createElement("canvas"), { width: this.canvas.width, height: this.canvas.height })
    this.smeared = this.#smear()
    this.image.hidden = true
    this.canvas.hidden = false
    for (const part of this.form.querySelectorAll("[data-tools], [data-add]")) part.hidden = false
    this.#listen()
    this.#settle()
  }

  #listen() {
    this.canvas.addEventListener("pointerdown", event => this.#down(event))
    this.canvas.addEventListener("pointermove", event => this.#move(event))
    this.canvas.addEventListener("pointerup", event => this.#up(event))
    this.canvas.addEventListener("pointercancel", () => this.#forget())
    this.form.addEventListener("click", event => this.#click(event))
    this.form.addEventListener("change", event => this.#typed(event))
    this.form.addEventListener("submit", () => { this.form.elements.areas.value = JSON.stringify(this.#areas.list) })
    document.addEventListener("keydown", event => this.#key(event))
  }

  #down(event) {
    if (this.#begun) return this.#forget() // a second finger means to zoom
    if (event.button !== 0) return
    event.preventDefault()
    this.canvas.setPointerCapture(event.pointerId)
    const at = this.#place(event)
    this.#begun = { at, now: at, pointer: event.pointerId, stroke: this.#tool === "brush" ? new Stroke(Number(this.range.value)) : null }
    this.#begun.stroke?.reach(at)
    this.#draw()
  }

  #move(event) {
    if (this.#begun?.pointer !== event.pointerId) return
    const seen = event.getCoalescedEvents?.() ?? []
    for (const one of seen.length ? seen : [event]) this.#begun.stroke?.reach(this.#place(one))
    this.#begun.now = this.#place(event)
    this.#draw()
  }

  #up(event) {
    if (this.#begun?.pointer !== event.pointerId) return
    const { at, stroke } = this.#begun
    this.#begun = null
    this.#areas.add(stroke ? stroke.area : boxBetween(at, this.#place(event)))
    this.#settle()
  }

  #forget() {
    this.#begun = null
    this.#draw()
  }

  #place(event) {
    const seen = this.canvas.getBoundingClientRect()
    return { x: (event.clientX - seen.left) / seen.width, y: (event.clientY - seen.top) / seen.height }
  }

  #key(event) {
    if (event.key === "Escape" && this.#begun) this.#forget()
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.target.matches("input")) return
    event.preventDefault()
    this.#areas.undo()
    this.#settle()
  }

  #click(event) {
    const button = event.target.closest("button")
    if (!button || button.type === "submit") return
    if (button.dataset.tool) return this.#take(button.dataset.tool)
    if ("undo" in button.dataset) this.#areas.undo()
    if ("clear" in button.dataset) this.#areas.clear()
    if ("add" in button.dataset) this.#areas.add({ kind: "box", left: 4000, top: 4000, width: 2000, height: 2000 })
    if ("remove" in button.dataset) this.#areas.remove(this.#rowOf(button))
    this.#settle()
    if ("add" in button.dataset) this.form.querySelector("[data-boxes] fieldset:last-child input").focus()
  }

  #take(tool) {
    this.#tool = tool
    for (const button of this.form.querySelectorAll("[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset.tool === tool))
    this.form.querySelector("[data-width]").hidden = tool !== "brush"
  }

  #typed(event) {
    if (!event.target.dataset.measure) return
    const row = event.target.closest("fieldset")
    const typed = Object.fromEntries(MEASURES.map(name => [name, row.querySelector(`[data-measure=${name}]`).value]))
    const box = boxOfPercent(typed)
    if (!box) return
    this.#areas.change(this.#rowOf(row), box)
    this.#settle({ rows: false })
  }

  #rowOf(element) {
    return [...this.form.querySelectorAll("[data-boxes] fieldset")].indexOf(element.closest("fieldset"))
  }

  /** After a step: buttons, words, rows and the picture say how it stands. */
  #settle({ rows = true } = {}) {
    const count = this.#areas.list.length
    this.form.querySelector("[data-undo]").disabled = !this.#areas.canUndo
    this.form.querySelector("[data-clear]").disabled = !count
    this.form.querySelector("[data-count]").textContent = count
      ? t("Areas that are blurred: %(count)s", { count })
      : t("Nothing is blurred. Draw with a finger or the mouse.")
    if (rows) this.#writeRows()
    this.#draw()
  }

  #writeRows() {
    const template = this.form.querySelector("template[data-box]")
    const rows = this.#areas.boxes.map((box, place) => {
      const row = template.content.cloneNode(true)
      row.querySelector("legend").textContent = t("Box %(n)s", { n: place + 1 })
      for (const [name, percent] of Object.entries(percentOf(box))) row.querySelector(`[data-measure=${name}]`).value = percent
      return row
    })
    this.form.querySelector("[data-boxes]").replaceChildren(...rows)
  }

  #draw() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      this.#paint()
    })
  }

  #paint() {
    const { width, height } = this.canvas
    const above = this.layer.getContext("2d")
    above.globalCompositeOperation = "source-over"
    above.clearRect(0, 0, width, height)
    for (const area of this.#shown()) this.#fill(above, area)
    above.globalCompositeOperation = "source-in"
    above.drawImage(this.smeared, 0, 0)
    const context = this.canvas.getContext("2d")
    context.drawImage(this.image, 0, 0, width, height)
    context.drawImage(this.layer, 0, 0)
    this.#outline(context)
  }

  #shown() {
    if (!this.#begun) return this.#areas.list
    const { at, now, stroke } = this.#begun
    const drawn = stroke ? stroke.area : boxBetween(at, now)
    return drawn ? [...this.#areas.list, drawn] : this.#areas.list
  }

  #fill(context, area) {
    const { width, height } = this.canvas
    if (area.kind === "box") return context.fillRect(...this.#inPixels(area))
    const [first, ...rest] = area.points.map(([x, y]) => [(x * width) / WHOLE, (y * height) / WHOLE])
    context.lineWidth = (area.width * Math.max(width, height)) / WHOLE
    context.lineCap = context.lineJoin = "round"
    context.beginPath()
    context.moveTo(...first)
    for (const point of rest.length ? rest : [first]) context.lineTo(...point)
    context.stroke()
  }

  /** The box that is being drawn has an edge to follow. */
  #outline(context) {
    const box = this.#begun && !this.#begun.stroke && boxBetween(this.#begun.at, this.#begun.now)
    if (!box) return
    const thick = this.canvas.width / this.canvas.clientWidth
    for (const [colour, wide] of [["#ffffff", 4], ["#16212c", 2]]) {
      Object.assign(context, { strokeStyle: colour, lineWidth: wide * thick })
      context.strokeRect(...this.#inPixels(box))
    }
  }

  #inPixels(box) {
    const { width, height } = this.canvas
    return [(box.left * width) / WHOLE, (box.top * height) / WHOLE, (box.width * width) / WHOLE, (box.height * height) / WHOLE]
  }

  /** The whole photo in large cells, as near as a canvas comes to what the server will make. */
  #smear() {
    const { width, height } = this.canvas
    const cell = Math.max(width, height) / CELLS
    const small = Object.assign(document.createElement("canvas"), { width: Math.ceil(width / cell), height: Math.ceil(height / cell) })
    const scaled = small.getContext("2d")
    scaled.imageSmoothingQuality = "high"
    scaled.drawImage(this.image, 0, 0, small.width, small.height)
    const large = Object.assign(document.createElement("canvas"), { width, height })
    const context = large.getContext("2d")
    context.imageSmoothingEnabled = false
    context.drawImage(small, 0, 0, small.width * cell, small.height * cell)
    return large
  }
}
